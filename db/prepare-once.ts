import { sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Reads } from './tx.ts'

/**
 * A query that is built once for each connection and each shape, since building one takes many times as long as running
 * it. `build` may use nothing but its two arguments and constants; values travel as placeholders.
 */
export function prepareOnce<Shape, Prepared, On extends Reads = Reads>(build: (tx: On, shape: Shape) => Prepared): (tx: On, shape: Shape) => Prepared {
  const built = new WeakMap<On, Map<string, Prepared>>()
  return (tx, shape) => {
    let ofConnection = built.get(tx)
    if (!ofConnection) built.set(tx, (ofConnection = new Map<string, Prepared>()))
    const key = JSON.stringify(shape)
    let prepared = ofConnection.get(key)
    if (!prepared) ofConnection.set(key, (prepared = build(tx, shape)))
    return prepared
  }
}

/** The place of a value in a prepared query, encoded by its column. */
export const given = <C extends SQLiteColumn>(name: string, column: C): SQL<C['_']['data']> => sql`${sql.param(sql.placeholder(name), column)}`
