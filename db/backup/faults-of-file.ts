import type Sqlite from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrationsOf } from '../migrate.ts'

const mostSaid = 20

/** What is wrong with the pages, indexes and references of a database, in sentences; empty when all is well. Reads it all. */
export function faultsOfFile(connection: Sqlite.Database): string[] {
  const pages = connection.pragma(`integrity_check(${mostSaid})`, { simple: false })
  const spoilt = textsIn(pages, 'integrity_check').filter((line) => line !== 'ok').map((line) => `The file is damaged: ${line}`)
  const orphans = textsIn(connection.pragma('foreign_key_check'), 'table')
  const byTable = [...Map.groupBy(orphans, (table) => table)]
  return [...spoilt, ...byTable.map(([table, rows]) => `${rows.length} rows of ${table} belong to rows that are not there.`)]
}

/** Why a database is not one of ours that this version can take over; undefined when it is. */
export function whyNotOurs(connection: Sqlite.Database): string | undefined {
  const tables = new Set(textsIn(connection.prepare(`select name from sqlite_master where type = 'table'`).all(), 'name'))
  if (!tables.has('__drizzle_migrations') || !tables.has('outbox_messages')) return 'It is not a database of this service.'
  const known = new Set(readMigrationFiles({ migrationsFolder: migrationsOf('sqlite') }).map(({ hash }) => hash))
  const applied = textsIn(connection.prepare('select hash from __drizzle_migrations').all(), 'hash')
  return applied.every((hash) => known.has(hash)) ? undefined : 'It was made by a newer version of this service, or by another one: install that version first.'
}

const textsIn = (rows: unknown, column: string): string[] => (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
  const value: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined
  return typeof value === 'string' ? [value] : []
})
