import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { engineOf, sqliteFileOf } from '../engine.ts'

/**
 * After a backup took the place of a database, numbers that were given since it was made would be given again, and a link, a key
 * of the provider or a report of it that names an old row would act on a new one. So all numbers go on from far beyond. More rows
 * than anybody writes between a backup and its use.
 */
const leap = 100_000_000

export function leapIdsOfSqlite(connection: Sqlite.Database): void {
  connection.prepare('update sqlite_sequence set seq = seq + ?').run(leap)
  connection.prepare(`insert into sqlite_sequence (name, seq) select name, ? from sqlite_master
    where type = 'table' and sql like '%autoincrement%' and name not in (select name from sqlite_sequence)`).run(leap)
}

export async function leapIdsOfPostgres(client: pg.Client): Promise<void> {
  await client.query(`select setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + ${leap})
    from pg_sequences where schemaname = 'public'`)
}

/** The same for a migrated database of either engine, while nothing else is at work on it. */
export async function leapIds(url: string): Promise<void> {
  if (engineOf(url) === 'sqlite') {
    const connection = new Sqlite(sqliteFileOf(url), { timeout: 10_000 })
    try {
      connection.exec('begin immediate')
      leapIdsOfSqlite(connection)
      connection.exec('commit')
    } finally {
      connection.close()
    }
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await leapIdsOfPostgres(client)
  } finally {
    await client.end()
  }
}
