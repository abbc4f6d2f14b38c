import { chooseEngine, engineOf, sqliteFileOf } from './engine.ts'
import { migratePostgres, migrateSqlite } from './migrate.ts'
import { openPostgres } from './open-postgres.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Database } from './tx.ts'

export interface OpenOptions {
  /** How long a transaction waits for another. */
  readonly waitMs?: number
  /** For tests: see `SqliteOptions`. */
  readonly isStrict?: boolean
  /** See `SqliteOptions`. */
  readonly forgetsAfterMs?: number
}

/** Opens a migrated database, `file:…` or `postgres://…`; refuses one that is not of the engine of this process. */
export function openDatabase(url: string, options: OpenOptions = {}): Database {
  chooseEngine(engineOf(url))
  return engineOf(url) === 'postgres' ? openPostgres(url, options) : openSqlite(sqliteFileOf(url), options)
}

/** Brings a database to the newest schema, making the file where there is none. Safe to repeat, and for several processes at once. */
export async function migrateDatabase(url: string): Promise<void> {
  if (engineOf(url) === 'postgres') await migratePostgres(url)
  else migrateSqlite(sqliteFileOf(url))
}
