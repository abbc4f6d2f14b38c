import { generateDrizzleJson, generateMigration, generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { postgres, sqlite } from './columns.ts'
import { chosenEngine, type Engine } from './engine.ts'
import { tablesFor } from './schema/tables-for.ts'
import * as ofPostgres from './schema/postgres.ts'
import * as ofSqlite from './schema/sqlite.ts'

/** What drizzle-kit noted of the schema after the last migration. */
function lastSnapshot(engine: Engine): unknown {
  const folder = join(import.meta.dirname, 'migrations', engine, 'meta')
  const last = readdirSync(folder).filter((name) => name.endsWith('_snapshot.json')).sort().at(-1) ?? ''
  return JSON.parse(readFileSync(join(folder, last), 'utf8'))
}

// The same for both projects.
describe.runIf(chosenEngine() === 'sqlite')('the migrations', () => {
  it('lead to the tables of the schema on Postgres: "npm run migrations" has nothing to write', async () => {
    const now: unknown = generateDrizzleJson(ofPostgres, undefined, undefined, 'snake_case')
    expect(await generateMigration(lastSnapshot('postgres'), now)).toEqual([])
  })

  it('lead to the tables of the schema on SQLite', async () => {
    const now: unknown = await generateSQLiteDrizzleJson(ofSqlite, undefined, 'snake_case')
    expect(await generateSQLiteMigration(lastSnapshot('sqlite'), now)).toEqual([])
  })

  it('are made from every table', () => {
    expect(Object.keys(ofPostgres).sort()).toEqual(Object.keys(tablesFor(postgres)).sort())
    expect(Object.keys(ofSqlite).sort()).toEqual(Object.keys(tablesFor(sqlite)).sort())
  })
})
