import { Resend } from 'resend'
import { DeliveryError, type BatchOutcome, type Mail, type Mailer, type MailOutcome } from '../ports.ts'
import { readRetryAfter } from '../contract/read-retry-after.ts'
import { fieldOf } from '../contract/field-of.ts'
import { FilledText, type SharedText } from '../contract/filled-text.ts'

export interface ResendSettings {
  readonly apiKey: string
  /** Another place that speaks the same, a stand-in for example. */
  readonly baseUrl?: string
  readonly requestsPerSecond: number
  /** Default 10 s. */
  readonly timeoutMs?: number
}

const dayMs = 24 * 3_600_000

/**
 * Mail through Resend's batches, up to 100 a request. A mail that it finds wrong is named and keeps no other back. Batches take
 * no files: a mail with some goes by itself.
 */
export function createResendMailer({ apiKey, baseUrl, requestsPerSecond, timeoutMs = 10_000 }: ResendSettings): Mailer {
  const closing = new AbortController()
  const resend = new ResendInBytes(apiKey, baseUrl === undefined ? {} : { baseUrl })
  return {
    paceName: 'mail',
    batchLimit: 100,
    remembersForMs: dayMs,
    requestsPerSecond,
    // Enough that answers which take two seconds leave no slot empty; a batch under way may take a megabyte or two.
    concurrency: Math.min(20, Math.max(2, Math.ceil(2 * requestsPerSecond))),
    async send(batchKey, mails) {
      const options = { idempotencyKey: batchKey, signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing.signal]) }
      const alone = mails.find(({ attachments = [] }) => attachments.length > 0)
      if (alone && mails.length > 1) throw new Error('A mail with files is sent by itself.')
      if (alone) {
        const { data, error, headers } = await resend.emails.send({ ...payload(alone), attachments: filesOf(alone) }, options)
        return error ? refusal(error, headers) : answer({ data: [data] }, 1)
      }
      const { data, error, headers } = await resend.batch.send(mails.map(payload), { ...options, batchValidation: 'permissive' })
      return error ? refusal(error, headers) : answer(data, mails.length)
    },
    // Whoever closes has let go of what is under way: it would keep the process until its time is over.
    close: async () => closing.abort(),
  }
}

/**
 * The vendor's client, which writes out once what many mails of a batch share, and hands it over as bytes: `fetch` would go
 * through its characters three times to measure, check and encode them.
 */
class ResendInBytes extends Resend {
  override post<T>(path: string, entity?: unknown, options: Parameters<Resend['post']>[2] = {}) {
    if (!Array.isArray(entity)) return super.post<T>(path, entity, options)
    const withBody = { ...options, body: jsonBytes(entity) }
    return super.post<T>(path, undefined, withBody)
  }
}

const payload = (mail: Mail) => ({
  from: mail.from,
  to: [mail.to],
  subject: mail.subject,
  // A text for a carrier's gateway has none.
  ...(mail.html === '' ? {} : { html: asWords(mail.html) }),
  text: asWords(mail.text),
  headers: { ...mail.headers },
  // By which its webhooks find the message, even when the answer that holds its id was lost.
  tags: [{ name: 'message', value: mail.messageKey }],
})

/** The vendor's client leaves words as they are until they are written out, which is done here. */
const asWords = (words: Mail['text']): string => words as string

const filesOf = ({ attachments = [] }: Mail) =>
  attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content: Buffer.from(content).toString('base64') }))

const unanswered = (reason: string, retryAfterMs: number | null = null): DeliveryError =>
  new DeliveryError(reason, { isFinal: false, isUnanswered: true, retryAfterMs })

/** What it takes is listed in order without its place, what it refuses with its place. */
function answer(body: unknown, count: number): BatchOutcome {
  const taken = listIn(body, 'data')
  const refused = new Map((listIn(body, 'errors') ?? []).map((one) => [fieldOf(one, 'index'), textIn(one, 'message') || 'Refused.']))
  if (!taken || taken.length + refused.size !== count) throw unanswered('The provider answered something that cannot be read.')
  const ids = taken.values()
  const mails = Array.from({ length: count }, (_, index): MailOutcome => {
    const reason = refused.get(index)
    if (reason !== undefined) return { kind: 'refused', reason, isFinal: true }
    const id = fieldOf(ids.next().value, 'id')
    return { kind: 'sent', providerId: typeof id === 'string' ? id : null }
  })
  return { kind: 'answered', mails }
}

// What is wrong with how we are set up, whatever the mail: waiting for a person, not for another mail.
const isOurSetUp = (status: number, name: string): boolean =>
  [401, 403, 404, 405].includes(status) || ['invalid_from_address', 'invalid_idempotency_key', 'missing_api_key'].includes(name)

const setUpWaitMs = 60_000

/** The SDK hands on the body of the answer as it came, and a name of its own where there was none. */
function refusal(error: unknown, headers: Readonly<Record<string, string>> | null): BatchOutcome {
  const name = textIn(error, 'name')
  const status = statusOf(error, name)
  const reason = [status ?? 'No answer', name, textIn(error, 'message')].join(' ').trim()
  if (status === null) throw unanswered(reason)
  if (name === 'invalid_idempotent_request') return { kind: 'replayed' }
  if (name === 'concurrent_idempotent_requests') throw unanswered(reason, 1000 + Math.random() * 4000)
  const retryAfterMs = readRetryAfter(headers?.['retry-after'])
  if (status === 429) {
    const waitMs = retryAfterMs ?? (name.includes('quota') ? 600_000 : 1000)
    throw new DeliveryError(reason, { isFinal: false, isUnanswered: false, retryAfterMs: waitMs })
  }
  if (isOurSetUp(status, name)) throw new DeliveryError(reason, { isFinal: false, isUnanswered: false, retryAfterMs: setUpWaitMs })
  if (status >= 500 || status === 408 || status === 409) throw unanswered(reason, retryAfterMs)
  throw new DeliveryError(reason, { isFinal: true, isUnanswered: false })
}

const statuses: Readonly<Record<string, number>> = {
  invalid_idempotent_request: 409,
  concurrent_idempotent_requests: 409,
  rate_limit_exceeded: 429,
  daily_quota_exceeded: 429,
  monthly_quota_exceeded: 429,
  validation_error: 422,
  missing_required_field: 422,
}

function statusOf(error: unknown, name: string): number | null {
  const told = fieldOf(error, 'statusCode')
  return typeof told === 'number' ? told : statuses[name] ?? null
}

function textIn(value: unknown, name: string): string {
  const text = fieldOf(value, name)
  return typeof text === 'string' ? text : ''
}

function listIn(value: unknown, name: string): unknown[] | undefined {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : undefined
}

// --- what is handed over, as bytes

/** As `JSON.stringify`, in UTF-8, of a list of objects. Texts that share words may be among their own fields: these come last. */
export function jsonBytes(list: readonly unknown[]): Buffer {
  const bytes = new GrowingBytes()
  bytes.putText('[')
  for (const [at, one] of list.entries()) {
    if (at > 0) bytes.putText(',')
    putObject(bytes, one)
  }
  bytes.putText(']')
  return bytes.taken()
}

function putObject(bytes: GrowingBytes, value: unknown): void {
  const others: Record<string, unknown> = {}
  const filled: [string, FilledText][] = []
  for (const [name, field] of Object.entries(value ?? {})) {
    if (field instanceof FilledText) filled.push([name, field])
    else others[name] = field
  }
  if (filled.length === 0) {
    bytes.putText(JSON.stringify(value))
    return
  }
  const json = JSON.stringify(others)
  bytes.putText(json.slice(0, -1))
  let comma = json === '{}' ? '' : ','
  for (const [name, { shared, words }] of filled) {
    const before = `${comma}${JSON.stringify(name)}:"`
    for (const [at, piece] of piecesOf(shared).entries()) {
      bytes.putText(at === 0 ? before : inString(words[shared.places[at - 1] ?? -1] ?? ''))
      bytes.putBytes(piece)
    }
    bytes.putText('"')
    comma = ','
  }
  bytes.putText('}')
}

const inString = (text: string): string => JSON.stringify(text).slice(1, -1)

// What many share is written out once, and goes when nobody has it any more.
const written = new WeakMap<SharedText, readonly Buffer[]>()

function piecesOf(shared: SharedText): readonly Buffer[] {
  let pieces = written.get(shared)
  if (!pieces) written.set(shared, (pieces = shared.pieces.map((piece) => Buffer.from(inString(piece)))))
  return pieces
}

/** A megabyte is what a hundred mails take; more doubles it. */
class GrowingBytes {
  #buffer = Buffer.allocUnsafe(2 ** 20)
  #length = 0

  putText(text: string): void {
    // The most that a letter takes.
    this.#makeRoomFor(3 * text.length)
    this.#length += this.#buffer.write(text, this.#length)
  }

  putBytes(bytes: Buffer): void {
    this.#makeRoomFor(bytes.length)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
  }

  taken(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  #makeRoomFor(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(2 * Math.max(this.#buffer.length, this.#length + bytes))
    larger.set(this.taken())
    this.#buffer = larger
  }
}
