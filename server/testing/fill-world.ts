import Sqlite from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { engineOf, sqliteFileOf } from '../../db/engine.ts'
import { migrateSqlite } from '../../db/migrate.ts'
import { fillPostgres } from './fill-postgres.ts'
import type { World } from './world.ts'

/**
 * Lets `put` write many rows at once into a SQLite file that has the courts of the world and nothing else, and makes them
 * the rows of the world, whatever its engine. The world must be new.
 */
export async function fillWorld<T>(world: World, put: (file: string) => T): Promise<T> {
  if (engineOf(world.url) === 'sqlite') return put(sqliteFileOf(world.url))
  const folder = mkdtempSync(join(tmpdir(), 'ttc-fill-'))
  try {
    const file = join(folder, 'rows.db')
    migrateSqlite(file)
    for (const table of ['courts', 'court_counties']) putRows(file, table, await world.rows(`select * from ${table}`))
    const answer = put(file)
    await fillPostgres(file, world.url)
    await analyze(world.url)
    return answer
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function putRows(file: string, table: string, rows: readonly Record<string, unknown>[]): void {
  const connection = new Sqlite(file)
  const names = Object.keys(rows[0] ?? {})
  const insert = connection.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`)
  for (const row of rows) {
    insert.run(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value])))
  }
  connection.close()
}

/** What the server would get to know by itself a minute later. */
async function analyze(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('analyze')
  await client.end()
}
