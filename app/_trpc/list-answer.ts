import { cookies } from 'next/headers'
import { randomBytes } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { LineOutcome } from '../../server/contract/several-view.ts'
import type { NoticeOptions } from '../../server/contract/vocabulary.ts'
import { listCookieNames } from './cookie-names.ts'
import { getRuntime } from '../../server/runtime-handle.ts'

// What came of a list of cases (G6) is too long for the cookie of `form-answer.ts`: it is compressed and has two of its own, which go
// to its page only. What finds no room in them is left out from what went well first, then from the end; the counts are always there.

/** A line as it was read, with the court that it names, and what became of it; null where the list was not taken. */
export type AnsweredLine = readonly [number: string, court: string | null, outcome: LineOutcome | null]

export interface ListAnswer {
  /** Why the list was not taken; null where it was. */
  readonly error: string | null
  readonly options: NoticeOptions
  readonly counts: Readonly<Record<LineOutcome, number>>
  readonly lines: readonly AnsweredLine[]
  /** How many lines that must be mended, or were not taken, found no room. */
  readonly leftOut: number
}

export const severalPath = '/my-cases/several'
const livesSeconds = 1_800
const charactersEach = 3_600
const longestAnswer = 500_000

/** A 303 to the page of the list, which will show the answer. */
export function answerWithList(answer: Omit<ListAnswer, 'leftOut'>, isSecure: boolean): Response {
  const nonce = randomBytes(9).toString('base64url')
  const value = written(answer)
  const headers = new Headers({ location: `${severalPath}?answer=${nonce}`, 'cache-control': 'no-store' })
  for (const [at, name] of listCookieNames(isSecure).entries()) {
    const piece = value.slice(at * charactersEach, (at + 1) * charactersEach)
    headers.append('set-cookie', `${name}=${nonce}.${piece}; Path=${severalPath}; Max-Age=${livesSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`)
  }
  return new Response(null, { status: 303, headers })
}

/** The answer that the address's nonce names; null when it is gone, old or another's. */
export async function readListAnswer(nonce: string): Promise<ListAnswer | null> {
  const jar = await cookies()
  const pieces = listCookieNames(getRuntime().isSecure).map((name) => jar.get(name)?.value.split('.') ?? [])
  if (nonce === '' || pieces.some(([of]) => of !== nonce)) return null
  try {
    const packed = Buffer.from(pieces.map(([, piece = '']) => piece).join(''), 'base64url')
    const kept: unknown = JSON.parse(brotliDecompressSync(packed, { maxOutputLength: longestAnswer }).toString('utf8'))
    return isListAnswer(kept) ? kept : null
  } catch {
    return null
  }
}

function written(answer: Omit<ListAnswer, 'leftOut'>): string {
  const room = charactersEach * listCookieNames(true).length
  const whole = packed({ ...answer, leftOut: 0 })
  if (whole.length <= room) return whole
  const toMend = answer.lines.filter(([, , outcome]) => outcome === 'wrong' || outcome === null)
  for (let count = toMend.length; count > 0; count = Math.floor(count * 0.8)) {
    const value = packed({ ...answer, lines: toMend.slice(0, count), leftOut: toMend.length - count })
    if (value.length <= room) return value
  }
  return packed({ ...answer, lines: [], leftOut: toMend.length })
}

// Its best takes seconds where this takes milliseconds.
const packed = (answer: ListAnswer): string =>
  brotliCompressSync(JSON.stringify(answer), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).toString('base64url')

// Only the reader's own browser can have written it, and every part is shown as text.
const isListAnswer = (value: unknown): value is ListAnswer =>
  typeof value === 'object' && value !== null && 'lines' in value && Array.isArray(value.lines) && 'counts' in value && 'options' in value
