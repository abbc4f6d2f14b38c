import { cookies } from 'next/headers'
import { randomBytes } from 'node:crypto'
import type { FieldErrors, TrackingForm } from '../../server/contract/tracking-form.ts'
import { getRuntime } from '../../server/runtime-handle.ts'
import { answerCookieName } from './cookie-names.ts'

// A form without JavaScript is answered with 303 and a page. What that page shows travels in a cookie that only we read,
// for five minutes, under a nonce that the address names: nothing typed stands in an address or a log.

export type FormAnswer =
  | { readonly kind: 'result'; readonly message: string; readonly textMessage: string | null; readonly email: string | null; readonly values: TrackingForm | null }
  | { readonly kind: 'errors'; readonly fields: FieldErrors; readonly values: TrackingForm }
  | { readonly kind: 'refused'; readonly message: string; readonly values: TrackingForm | null }
  /** A form of an account was not taken: why, at its fields or as a whole, and what was typed but for passwords. */
  | { readonly kind: 'untaken'; readonly message: string | null; readonly fields: Readonly<Record<string, string>>; readonly typed: Readonly<Record<string, string>> }
  /** The service is closed (I4): what was typed, for when it is open. */
  | { readonly kind: 'closed'; readonly message: string; readonly number: string; readonly court: string; readonly values: TrackingForm }

const livesSeconds = 300

/** A 303 to a page of ours that will show the answer. */
export function answerWith(path: string, answer: FormAnswer, isSecure: boolean): Response {
  const nonce = randomBytes(9).toString('base64url')
  const value = Buffer.from(JSON.stringify({ nonce, answer })).toString('base64url')
  const separator = path.includes('?') ? '&' : '?'
  return new Response(null, {
    status: 303,
    headers: {
      location: `${path}${separator}answer=${nonce}`,
      'set-cookie': `${answerCookieName(isSecure)}=${value}; Path=/; Max-Age=${livesSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`,
      'cache-control': 'no-store',
    },
  })
}

/** The answer that the address's nonce names; null when it is gone, old or another's. */
export async function readFormAnswer(nonce: string | string[] | undefined): Promise<FormAnswer | null> {
  const value = (await cookies()).get(answerCookieName(getRuntime().isSecure))?.value
  if (typeof nonce !== 'string' || value === undefined) return null
  try {
    const kept: unknown = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
    return isKept(kept) && kept.nonce === nonce ? kept.answer : null
  } catch {
    return null
  }
}

interface Kept {
  readonly nonce: string
  readonly answer: FormAnswer
}

// Only the reader's own browser can have written it, and every part is shown as text.
const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'nonce' in value && 'answer' in value
  && typeof value.answer === 'object' && value.answer !== null && 'kind' in value.answer
