import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/** The verbs that both engines share. `run`, `all`, `get`, `transaction` and `query` are left out on purpose. */
export type Tx = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$count' | '$with' | 'with'
>
export type Reads = Pick<Tx, 'select' | 'selectDistinct' | '$count' | '$with' | 'with'>

export interface Database {
  /** Sees what is committed; never waits for a writer. */
  readonly read: Reads
  /**
   * Runs `todo` as one transaction, one at a time in the whole installation. Resolves only when every query of it was
   * awaited, none failed (a swallowed failure still undoes all) and the commit is durable; otherwise nothing is left.
   */
  inOneTransaction<T>(todo: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}
