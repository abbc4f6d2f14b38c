const atOnce = 500

/** Reads rows by their ids, each once, so many at a time: a query binds only so many values. */
export async function readInPieces<Row>(ids: readonly number[], read: (some: number[]) => PromiseLike<readonly Row[]>): Promise<Row[]> {
  const each = [...new Set(ids)]
  const rows: Row[] = []
  for (let at = 0; at < each.length; at += atOnce) rows.push(...await read(each.slice(at, at + atOnce)))
  return rows
}
