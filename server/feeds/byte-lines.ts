/** One line of a source: its text without the line feed, or why it cannot be read. `line` counts from 1. */
export type ByteLine = { readonly line: number; readonly text: string } | { readonly line: number; readonly fault: string }

const maxLineBytes = 1_048_576
const lineFeed = 0x0a

const tooLong = 'This line is longer than 1 MB.'
const notUtf8 = 'This line is not valid UTF-8 text.'

/**
 * The lines of a UTF-8 source, in order, a batch for each piece of it that ended any. Memory stays flat: of a line over
 * 1 MB nothing is kept. A carriage return stays at the end of its line's text; a byte order mark does not.
 */
export async function* splitLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<ByteLine[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 0
  let kept: Uint8Array[] = []
  let keptBytes = 0

  const keep = (piece: Uint8Array): void => {
    keptBytes += piece.length
    if (keptBytes > maxLineBytes) kept = []
    // A copy, because whoever fills the source may use the same memory again.
    else if (piece.length > 0) kept.push(new Uint8Array(piece))
  }
  const take = (end: Uint8Array): ByteLine => {
    line += 1
    const bytes = kept.length === 0 ? end : Buffer.concat([...kept, end])
    const isTooLong = keptBytes + end.length > maxLineBytes
    kept = []
    keptBytes = 0
    if (isTooLong) return { line, fault: tooLong }
    try {
      return { line, text: decoder.decode(bytes) }
    } catch {
      return { line, fault: notUtf8 }
    }
  }

  for await (const chunk of source) {
    const lines: ByteLine[] = []
    let from = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, from)) {
      lines.push(take(chunk.subarray(from, end)))
      from = end + 1
    }
    keep(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (keptBytes > 0) yield [take(new Uint8Array())]
}
