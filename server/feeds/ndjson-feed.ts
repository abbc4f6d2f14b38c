import type { Reading } from '../contract/records.ts'
import { splitLines } from './byte-lines.ts'
import { checkRecord } from './check-record.ts'

/**
 * Reads the feed (I1, contract.md section 4): one JSON record a line, UTF-8, blank lines passed over but counted. Each
 * bad line is one reading with its reason and stops no other. Memory stays flat, and a line over 1 MB is refused.
 */
export async function* readNdjson(source: AsyncIterable<Uint8Array>): AsyncGenerator<Reading> {
  for await (const lines of splitLines(source)) {
    for (const one of lines) {
      const { line } = one
      if ('fault' in one) {
        yield { line, reason: one.fault }
        continue
      }
      if (one.text.trim() === '') continue
      const value = parseJson(one.text)
      if (value === undefined) {
        yield { line, reason: 'This line is not valid JSON.' }
        continue
      }
      const checked = checkRecord(value)
      yield 'record' in checked ? { line, record: checked.record, counts: true } : { line, reason: checked.reason }
    }
  }
}

/** Undefined where the text is not JSON; no JSON text means undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
