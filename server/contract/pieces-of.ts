/** Rows in pieces of so many, in their order, for statements that take only so much at once. */
export function* piecesOf<T>(rows: Iterable<T>, most: number): Generator<T[]> {
  let piece: T[] = []
  for (const row of rows) {
    if (piece.push(row) < most) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}
