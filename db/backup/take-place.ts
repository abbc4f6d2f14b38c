import { existsSync, linkSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFile } from './back-up.ts'

/**
 * Puts a finished file in the place of the database: at every moment, however this ends, the one or the other is there, whole. The old
 * one is kept under the name that is answered; null where there was none.
 */
export function takePlace(file: string, database: string, now: Date): string | null {
  const aside = existsSync(database) ? `${database}.before-restore-${now.toISOString().replaceAll(':', '-').slice(0, 19)}Z` : null
  if (aside !== null) {
    linkSync(database, aside)
    // Only of a database that could not be read: a log that is not its own would be read into the new one.
    for (const suffix of ['-journal', '-wal', '-shm']) if (existsSync(database + suffix)) renameSync(database + suffix, aside + suffix)
  }
  renameSync(file, database)
  syncFile(dirname(database))
  return aside
}
