import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { copyRows, type ComparedTable } from '../../db/move/copy-rows.ts'

/** Makes a migrated Postgres database hold what a SQLite file holds, and nothing else: the copy of a move, without its marks and locks. */
export async function fillPostgres(file: string, url: string): Promise<ComparedTable[]> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true })
  const target = new pg.Client({ connectionString: url })
  try {
    await target.connect()
    await target.query('set synchronous_commit = off')
    return await copyRows(source, target)
  } finally {
    await target.end()
    source.close()
  }
}
