const maxBytes = 134_217_728

/** All bytes of a source that is one document; null where that is more than 128 MB. */
export async function readWhole(source: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of source) {
    bytes += piece.length
    if (bytes > maxBytes) return null
    pieces.push(new Uint8Array(piece))
  }
  return Buffer.concat(pieces)
}

export const tooLargeDocument = 'This file is larger than 128 MB and was not read.'
