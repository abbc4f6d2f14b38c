import type { Reads } from '../../../db/tx.ts'

/**
 * A query that is built once for each database and each shape, since building one takes many times as long as running
 * it. `build` may use nothing but its two arguments and constants; values travel as placeholders. A transaction's `tx`
 * has queries of its own, which go with it.
 */
export function prepareOnce<Shape, Prepared>(build: (tx: Reads, shape: Shape) => Prepared): (tx: Reads, shape: Shape) => Prepared {
  const built = new WeakMap<Reads, Map<string, Prepared>>()
  return (tx, shape) => {
    let ofDatabase = built.get(tx)
    if (!ofDatabase) built.set(tx, (ofDatabase = new Map<string, Prepared>()))
    const key = JSON.stringify(shape)
    let prepared = ofDatabase.get(key)
    if (!prepared) ofDatabase.set(key, (prepared = build(tx, shape)))
    return prepared
  }
}
