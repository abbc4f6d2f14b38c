import Sqlite from 'better-sqlite3'
import { existsSync } from 'node:fs'

/** The database whose place a backup takes, kept from everybody else until it is let go. */
export interface HeldDatabase {
  /** Null where it cannot be read, or there is none. */
  readonly connection: Sqlite.Database | null
  letGo(): void
}

const isInUse = 'The database is in use: stop the web process and every worker first. Nothing was changed.'
const mayBeInUse = 'The present database cannot be read, so that nobody can tell whether a web process or a worker still has it open. '
  + 'Stop them, then say so with --stopped. Nothing was changed.'

/**
 * Keeps a database from every other process, also from one that starts meanwhile, and empties its log into it, so that it is one
 * file. Refuses one that anybody has open; and one that cannot be read, unless `isStopped` says that nobody has.
 */
export function holdOld(file: string, isStopped: boolean): HeldDatabase {
  if (!existsSync(file)) return { connection: null, letGo: () => undefined }
  const connection = new Sqlite(file, { timeout: 0 })
  try {
    connection.pragma('locking_mode = EXCLUSIVE')
    // Nobody gets a log out of the way that somebody else has open, if only for reading.
    if (connection.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw new Error(isInUse)
    connection.exec('begin exclusive')
    connection.prepare('select count(*) from sqlite_master').get()
    return { connection, letGo: () => connection.close() }
  } catch (error) {
    connection.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) throw new Error(isInUse, { cause: error })
    if (!/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) throw error
    if (!isStopped) throw new Error(mayBeInUse, { cause: error })
    return { connection: null, letGo: () => undefined }
  }
}
