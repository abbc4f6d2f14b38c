import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as applyMigrations } from 'drizzle-orm/better-sqlite3/migrator'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Brings a database file to the newest schema, making it where there is none. Safe to repeat. */
export function migrate(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const connection = new Sqlite(file, { timeout: 10_000 })
  try {
    connection.pragma('journal_mode = WAL')
    // A table rebuild inside a migration would cascade-delete children while these are on.
    connection.pragma('foreign_keys = OFF')
    applyMigrations(drizzle(connection), { migrationsFolder: migrationsFolder() })
    const orphans = connection.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new Error('A migration left rows without their parents.')
  } finally {
    connection.close()
  }
}

function migrationsFolder(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'migrations', 'sqlite')
  if (!existsSync(beside)) throw new Error('The migrations are missing: they should stand in db/migrations/sqlite.')
  return beside
}
