import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Reads, Tx } from './tx.ts'

interface Prepared<R> {
  execute(values: Readonly<Record<string, unknown>>): Promise<R>
}

/** The place of a value in a prepared query, encoded by its column. */
export const given = <C extends SQLiteColumn>(name: string, column: C): SQL<C['_']['data']> => sql`${sql.param(sql.placeholder(name), column)}`

/** Where one that was built with `chosen` keeps its query, and those that were built with more. */
class Kept<R> {
  query: Prepared<R> | undefined
  readonly further = new Map<unknown, Kept<R>>()

  at(chosen: readonly unknown[]): Kept<R> {
    const [first, ...rest] = chosen
    if (chosen.length === 0) return this
    let next = this.further.get(first)
    if (!next) this.further.set(first, next = new Kept())
    return next.at(rest)
  }
}

/**
 * A query whose text is made once for each connection and not at each call, for what an evening asks thousands of times: building one
 * takes Drizzle longer than running it. What differs from call to call stands in it as `given`. What it is `chosen` by besides is
 * compared as it is: constants, or what lives as long as the process.
 */
export function preparedQuery<On extends Reads | Tx, Chosen extends readonly unknown[], R>(
  build: (tx: On, ...chosen: Chosen) => { prepare(): Prepared<R> },
): (tx: On, values: Readonly<Record<string, unknown>>, ...chosen: Chosen) => Promise<R> {
  const ofConnections = new WeakMap<On, Kept<R>>()
  return (tx, values, ...chosen) => {
    let ofConnection = ofConnections.get(tx)
    if (!ofConnection) ofConnections.set(tx, ofConnection = new Kept())
    const kept = ofConnection.at(chosen)
    kept.query ??= build(tx, ...chosen).prepare()
    return kept.query.execute(values)
  }
}
