import type { Reading } from '../contract/records.ts'

/** A source for tests: the bytes in pieces of that size. */
export async function* inPieces(content: string | Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

/** All readings of a reader, for tests. */
export async function readAll(readings: AsyncIterable<Reading>): Promise<Reading[]> {
  const all: Reading[] = []
  for await (const reading of readings) all.push(reading)
  return all
}
