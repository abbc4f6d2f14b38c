import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inPieces, readAll } from './in-pieces.ts'
import { readNdjson } from './ndjson-feed.ts'

const entry = (id: string, description = 'Order'): string =>
  JSON.stringify({ type: 'docketEntry', case: '26XX-CR00001', court: 'A', id, filedAt: '2026-11-20', description })
const read = (content: string | Uint8Array, size?: number) => readAll(readNdjson(inPieces(content, size)))
const outline = async (content: string | Uint8Array): Promise<unknown[]> =>
  (await read(content)).map((one) => ('reason' in one ? [one.line, one.reason] : [one.line]))

describe('readNdjson', () => {
  it('reads a record a line, in order, and counts each', async () => {
    expect(await read(`${entry('e-1')}\n${entry('e-2')}\n`)).toEqual(['e-1', 'e-2'].map((id, at) => ({
      line: at + 1, counts: true, record: { type: 'docketEntry', case: '26XX-CR00001', court: 'A', id, filedAt: '2026-11-20',
        description: 'Order' },
    })))
  })
  it('passes over blank lines but counts them', async () => {
    expect(await outline(`\n${entry('e-1')}\n  \r\n\n${entry('e-2')}`)).toEqual([[2], [5]])
  })
  it('takes CRLF, a byte order mark and a last line without its end', async () => {
    expect(await outline(`\uFEFF${entry('e-1')}\r\n${entry('e-2')}`)).toEqual([[1], [2]])
  })
  it('reads nothing from nothing', async () => {
    expect(await read('')).toEqual([])
  })
  it('names a bad line and goes on', async () => {
    expect(await outline(`${entry('e-1')}\n{"type":\n[1]\n{"type":"case"}\n${entry('e-2')}\n`)).toEqual([
      [1], [2, 'This line is not valid JSON.'], [3, 'This is not a record: a JSON object is needed.'],
      [4, '"number" is missing. "caption" is missing.'], [5],
    ])
  })
  it('refuses a line that is not UTF-8, and only that', async () => {
    const latin1 = Buffer.from(entry('e-2', 'Señor'), 'latin1')
    expect(await outline(Buffer.concat([Buffer.from(`${entry('e-1', 'Señor')}\n`), latin1, Buffer.from(`\n${entry('e-3')}`)])))
      .toEqual([[1], [2, 'This line is not valid UTF-8 text.'], [3]])
  })
  it('takes a line of 1 MB and refuses a longer one', async () => {
    const padded = (bytes: number): string => {
      const record = entry('e-1')
      return `${record.slice(0, -1)},"extra":"${'x'.repeat(bytes - record.length - 11)}"}`
    }
    expect(padded(1_048_576)).toHaveLength(1_048_576)
    expect(await outline(`${padded(1_048_576)}\n${padded(1_048_577)}\n${entry('e-2')}`))
      .toEqual([[1], [2, 'This line is longer than 1 MB.'], [3]])
  })
  it('keeps no memory of an endless line', async () => {
    let sent = 0
    const piece = new Uint8Array(1_048_576).fill(0x20)
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; sent < 300; sent += 1) yield piece
      yield Buffer.from(`\n${entry('e-1')}\n`)
    }
    const before = process.memoryUsage().arrayBuffers
    const readings = await readAll(readNdjson(endless()))
    expect(readings.map((one) => one.line)).toEqual([1, 2])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1_048_576)
  })
  it('gives each line before the source has ended', async () => {
    let hasEnded = false
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${entry('e-1')}\n`)
      hasEnded = true
      yield Buffer.from(entry('e-2'))
    }
    const first = await readNdjson(slow()).next()
    expect(first.value).toMatchObject({ line: 1 })
    expect(hasEnded).toBe(false)
  })
  it('keeps what a source does to its memory after handing it over out of its lines', async () => {
    async function* reusing(): AsyncGenerator<Uint8Array> {
      const memory = Buffer.alloc(8)
      const bytes = Buffer.from(`${entry('e-1')}\n${entry('e-2')}`)
      for (let at = 0; at < bytes.length; at += 8) yield memory.subarray(0, bytes.copy(memory, 0, at, at + 8))
    }
    expect((await readAll(readNdjson(reusing()))).map((one) => 'record' in one)).toEqual([true, true])
  })
  it('gives the same readings however the bytes are cut', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => entry('e-1', `x${text}`)), fc.string({ unit: 'binary' }),
      fc.constantFrom('', ' ', '\r', '{}', '\uFEFF{}', 'null'),
    )
    await fc.assert(fc.asyncProperty(
      fc.array(fc.oneof(line.map((text) => Buffer.from(text)), fc.uint8Array({ maxLength: 12 })), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }),
      async (lines, end, size) => {
        const content = Buffer.concat(lines.flatMap((one) => [one, Buffer.from(end)]))
        expect(await read(content, size)).toEqual(await read(content))
      },
    ))
  })
  it('gives no more than one reading a line, and each in order', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (content) => {
      const lines = (await read(content, 7)).map((one) => one.line)
      expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b))
    }))
  })
})
