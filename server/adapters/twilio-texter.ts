import { DeliveryError, type BatchOutcome, type Texter } from '../ports.ts'
import { readRetryAfter } from '../contract/read-retry-after.ts'
import { fieldOf } from '../contract/field-of.ts'

export interface TwilioSettings {
  readonly accountSid: string
  readonly authToken: string
  /** A number or short code, or the SID of a messaging service. */
  readonly from: string
  /** `https://api.twilio.com`, or another place that speaks the same. */
  readonly baseUrl: string
  /** Where it tells what became of a message. */
  readonly statusUrl: (messageKey: string) => string
  /** Default 10 s. */
  readonly timeoutMs?: number
}

// Twilio takes more and keeps what its number cannot send at once; this keeps a burst within what it lets in.
const requestsPerSecond = 10
const setUpWaitMs = 60_000
/** It remembers nothing, so that every try against a provider in trouble may cost a message: few are tried. */
const troubleWaitMs = 30_000

/** Texts through Twilio's REST interface, one a request. What it refuses says why in words of ours: its own quote the number. */
export function createTwilioTexter({ accountSid, authToken, from, baseUrl, statusUrl, timeoutMs = 10_000 }: TwilioSettings): Texter {
  const address = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const closing = new AbortController()
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }
  return {
    paceName: 'text',
    batchLimit: 1,
    remembersForMs: 0,
    requestsPerSecond,
    concurrency: requestsPerSecond,
    async send(_batchKey, texts) {
      const [text, ...others] = texts
      if (!text || others.length > 0) throw new Error('Twilio takes one text at a time.')
      const { status, retryAfterMs, body } = await post(address, {
        method: 'POST',
        headers: { authorization, accept: 'application/json' },
        body: new URLSearchParams({ To: text.to, Body: text.body, StatusCallback: statusUrl(text.messageKey), ...sender }),
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing.signal]),
      })
      return answerOf(status, retryAfterMs, body)
    },
    // Whoever closes has let go of what is under way: it would keep the process until its time is over.
    close: async () => closing.abort(),
  }
}

interface Answer {
  readonly status: number
  readonly retryAfterMs: number | null
  /** Undefined where it is not JSON. */
  readonly body: unknown
}

async function post(address: string, request: RequestInit): Promise<Answer> {
  let response: Response | undefined
  try {
    response = await fetch(address, request)
    const text = await response.text()
    return { status: response.status, retryAfterMs: readRetryAfter(response.headers.get('retry-after')), body: parsed(text) }
  } catch (error) {
    const code = codeOf(error)
    // No connection was made, so nothing can have left.
    const isOutside = response === undefined && outside.has(code)
    throw new DeliveryError(`No answer${code === '' ? '' : ` (${code})`}.`, { isFinal: false, isUnanswered: !isOutside, retryAfterMs: troubleWaitMs })
  }
}

const outside = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = fieldOf(cause, 'code')
  return typeof code === 'string' ? code : error instanceof Error && error.name === 'TimeoutError' ? 'time-out' : ''
}

// What is wrong with how we are set up, whatever the text: waiting for a person, not for another text.
const ourSetUp = new Set([20003, 20404, 20005, 21212, 21603, 21606, 21607, 21609, 21659, 21660, 21661, 21701, 21703, 30018, 30034])
/** The sender's queue is full. */
const busy = new Set([20429, 14107, 21611])
const reasons: Readonly<Record<number, string>> = {
  21211: 'It is no number that texts can go to.',
  21214: 'It is no number that texts can go to.',
  21217: 'It is no number that texts can go to.',
  21265: 'It is a short code.',
  21408: 'Texts to its region are switched off at the provider.',
  21608: 'The account at the provider is on trial and this number is not verified there.',
  21610: 'Its holder answered STOP at the provider.',
  21612: 'The sender cannot reach this number.',
  21614: 'It is no mobile number.',
  21617: 'It is too long.',
}

function answerOf(status: number, retryAfterMs: number | null, body: unknown): BatchOutcome {
  if (status === 200 || status === 201) {
    const sid = fieldOf(body, 'sid')
    if (typeof sid !== 'string' || sid === '') throw new DeliveryError('The provider answered something that cannot be read.', { isFinal: false, isUnanswered: true })
    return { kind: 'answered', mails: [{ kind: 'sent', providerId: sid }] }
  }
  const told = fieldOf(body, 'code')
  const code = typeof told === 'number' ? told : 0
  const name = code === 0 ? String(status) : `${status} ${code}`
  if (status === 429 || busy.has(code)) {
    throw new DeliveryError(`${name} The provider takes no more just now.`, { isFinal: false, isUnanswered: false, retryAfterMs: retryAfterMs ?? 2000 })
  }
  if ([401, 403, 404, 405].includes(status) || ourSetUp.has(code)) {
    throw new DeliveryError(`${name} The provider does not accept how we are set up.`, { isFinal: false, isUnanswered: false, retryAfterMs: retryAfterMs ?? setUpWaitMs })
  }
  if (status >= 500 || status === 408 || status < 400) {
    // 503 is said at the door.
    throw new DeliveryError(`${name} The provider failed.`, { isFinal: false, isUnanswered: status !== 503, retryAfterMs: retryAfterMs ?? troubleWaitMs })
  }
  return { kind: 'answered', mails: [{ kind: 'refused', reason: `${name} ${reasons[code] ?? 'The provider refuses it.'}`, isFinal: true }] }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
