import Sqlite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { faultsOfFile, whyNotOurs } from './faults-of-file.ts'

/** What is wrong with a database file that may be at work, in sentences; empty when all is well. Reads it all, changes nothing. */
export function checkFile(file: string): string[] {
  if (!existsSync(file)) return ['There is no database yet.']
  const connection = new Sqlite(file, { readonly: true, timeout: 10_000 })
  try {
    const why = whyNotOurs(connection)
    return [...(why === undefined ? [] : [why]), ...faultsOfFile(connection)]
  } catch (error) {
    return [`The database cannot be read: ${error instanceof Error ? error.message : String(error)}.`]
  } finally {
    connection.close()
  }
}
