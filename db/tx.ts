import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** The verbs that both engines share. `run`, `all`, `get`, `transaction` and `query` are left out on purpose. */
export type Tx = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count' | '$with' | 'with'
>
export type Reads = Pick<Tx, 'select' | 'selectDistinct' | '$count' | '$with' | 'with'>

/** SQL as text inside the open transaction, for a library that joins it. */
export type ExecuteSql = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>

/**
 * The database could not do it just now: another process kept it, the disk is full, or it cannot be reached. Trying again
 * later is safe. Nothing was written, save where a connection broke in the very commit and nobody could say afterwards what
 * became of it: then all of it or nothing.
 */
export class DatabaseUnavailable extends Error {
  /** The engine's own word for it. */
  readonly code: string
  /** Whether waiting a moment may be enough: it was kept by another or was not reached. */
  readonly mayPassSoon: boolean
  constructor(code: string, mayPassSoon: boolean, cause: unknown) {
    super(`The database does not serve just now (${code}).`, { cause })
    this.name = 'DatabaseUnavailable'
    this.code = code
    this.mayPassSoon = mayPassSoon
  }
}

/** The unavailability that an error is or was caused by; undefined for any other error. */
export function unavailabilityOf(error: unknown): DatabaseUnavailable | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseUnavailable) return cause
  }
  return undefined
}

export interface Database {
  /** Sees what is committed; never waits for a writer. */
  readonly read: Reads
  /**
   * Runs `todo` as one transaction, one at a time in the whole installation. Resolves only when every query of it was
   * awaited, none failed (a swallowed failure still undoes all) and the commit is durable; otherwise nothing is left.
   * Fails with `DatabaseUnavailable` where waiting may help. `executeSql` is null on SQLite, where nothing joins.
   */
  inOneTransaction<T>(todo: (tx: Tx, executeSql: ExecuteSql | null) => Promise<T>): Promise<T>
  /**
   * Runs `todo` while nobody else in the whole installation runs anything under this name; undefined, at once, when
   * somebody does. The hold ends with `todo` or with the process, however it dies. It is beside any transaction.
   */
  holdAlone<T>(name: string, todo: () => Promise<T>): Promise<T | undefined>
  close(): Promise<void>
}
