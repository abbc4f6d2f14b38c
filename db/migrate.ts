import Sqlite from 'better-sqlite3'
import { drizzle as overSqlite } from 'drizzle-orm/better-sqlite3'
import { migrate as applyToSqlite } from 'drizzle-orm/better-sqlite3/migrator'
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres'
import { migrate as applyToPostgres } from 'drizzle-orm/node-postgres/migrator'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Engine } from './engine.ts'
import { findIncoming, findOutgoing, hasMoved, isMovingIn } from './move/marks.ts'

/** `mayBeMoving`: for a move itself; everybody else is refused a database that has moved away or is being moved into. */
export interface MigrateOptions {
  readonly mayBeMoving?: boolean
}

/** Brings a database file to the newest schema, making it where there is none. Safe to repeat. */
export function migrateSqlite(file: string, { mayBeMoving = false }: MigrateOptions = {}): void {
  mkdirSync(dirname(file), { recursive: true })
  const connection = new Sqlite(file, { timeout: 10_000 })
  try {
    if (!mayBeMoving && findOutgoing(connection)?.isClosed) throw new Error(hasMoved)
    connection.pragma('journal_mode = WAL')
    // A table rebuild inside a migration would cascade-delete children while these are on.
    connection.pragma('foreign_keys = OFF')
    // What a rebuild leaves in free pages could be read there after it was deleted (S20).
    connection.pragma('secure_delete = ON')
    applyToSqlite(overSqlite(connection), { migrationsFolder: migrationsOf('sqlite') })
    const orphans = connection.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new Error('A migration left rows without their parents.')
  } finally {
    connection.close()
  }
}

// Several processes may start at once: one migrates, the others find it done.
const migrationLock = 20_261_123
const longestMigrationMs = 600_000

/** Brings a Postgres database to the newest schema. Safe to repeat. The database itself must exist. */
export async function migratePostgres(url: string, { mayBeMoving = false }: MigrateOptions = {}): Promise<void> {
  const [holder, client] = [1, 2].map(() => new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true }))
  if (!holder || !client) throw new Error('Two connections are needed.')
  for (const one of [holder, client]) one.on('error', () => undefined)
  try {
    await Promise.all([holder.connect(), client.connect()])
    // In a transaction of its own, so that a pooler between us does not keep it when we are gone.
    await holder.query(`begin; set local lock_timeout = ${longestMigrationMs}; select pg_advisory_xact_lock(${migrationLock})`)
    if (!mayBeMoving && await findIncoming(client) !== undefined) throw new Error(isMovingIn)
    await applyToPostgres(overPostgres(client), { migrationsFolder: migrationsOf('postgres') })
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error
    throw new Error('Another process has been bringing the Postgres database to its newest schema for ten minutes: see what it waits for.', { cause: error })
  } finally {
    await Promise.all([client.end().catch(() => undefined), holder.end().catch(() => undefined)])
  }
}

/** Where the migrations of an engine stand. */
export function migrationsOf(engine: Engine): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'migrations', engine)
  if (!existsSync(beside)) throw new Error(`The migrations are missing: they should stand in db/migrations/${engine}.`)
  return beside
}
