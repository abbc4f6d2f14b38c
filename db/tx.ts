import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** The verbs that both engines share. `run`, `all`, `get`, `transaction` and `query` are left out on purpose. */
export type Tx = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count' | '$with' | 'with'
>
export type Reads = Pick<Tx, 'select' | 'selectDistinct' | '$count' | '$with' | 'with'>

/**
 * The database could not be written just now: another process kept it, or the disk is full. Nothing was written, and
 * trying again later is safe.
 */
export class DatabaseUnavailable extends Error {
  /** SQLite's own word for it. */
  readonly code: string
  constructor(code: string, cause: unknown) {
    super(`The database cannot be written just now (${code}).`, { cause })
    this.name = 'DatabaseUnavailable'
    this.code = code
  }
}

export interface Database {
  /** Sees what is committed; never waits for a writer. */
  readonly read: Reads
  /**
   * Runs `todo` as one transaction, one at a time in the whole installation. Resolves only when every query of it was
   * awaited, none failed (a swallowed failure still undoes all) and the commit is durable; otherwise nothing is left.
   * Fails with `DatabaseUnavailable` where waiting may help.
   */
  inOneTransaction<T>(todo: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
