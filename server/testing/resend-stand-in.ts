import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A mail that was taken, once. */
export interface AcceptedMail {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: string }[]
  /** The value of the tag `message`. */
  readonly messageKey: string
  readonly batchKey: string | null
  /** On the clock of `performance.now()`. */
  readonly acceptedAtMs: number
}

/**
 * How one request goes wrong. The first five take the mail in all the same, as a provider does whose answer is lost on
 * the way; the others do not.
 */
export type StandInFailure =
  | 'dropAnswer' | 'halfAnswer' | 'drip' | 'notJson' | 'errorAfterTaking'
  | 'error' | 'silence'
  /** Null: it does not say for how long. */
  | { readonly tooManyForSeconds: number | null; readonly isQuota?: boolean }

export interface StandInRules {
  readonly apiKey?: string
  /** Null: as many as come. */
  readonly requestsPerSecond?: number | null
  /** How long it works on a request. */
  readonly latencyMs?: number
  /** Says what is wrong with an address; null when nothing is. */
  readonly isWrong?: (to: string) => string | null
  /** Asked at each request that would otherwise be served; counts from 0. */
  readonly fail?: (request: number) => StandInFailure | null
  /** How long keys are remembered. */
  readonly remembersForMs?: number
  /** For the age of keys; default the machine's. */
  readonly now?: () => number
  /** Told when a request has been read, before anything is decided. */
  readonly arrived?: () => void
}

export interface ResendStandIn {
  readonly url: string
  readonly apiKey: string
  readonly accepted: readonly AcceptedMail[]
  /** Every request, with its answer's status; 0 where none was given. */
  readonly requests: readonly { readonly atMs: number; readonly key: string | null; readonly mails: number; readonly status: number }[]
  /** Requests that came before the moment that a 429 had named. */
  readonly earlyRequests: number
  /** The most requests, turned away or not, that came within any one second, wherever it began. */
  mostInASecond(): number
  /** Changes the rules from now on. */
  change(rules: Partial<StandInRules>): void
  close(): Promise<void>
}

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

interface Remembered {
  readonly bodyHash: string
  readonly atMs: number
  answer: Answer | undefined
}

/** A Resend on loopback that keeps the real one's rules about batches, keys and rates, and fails on demand. */
export async function startResendStandIn(given: StandInRules = {}): Promise<ResendStandIn> {
  let rules: StandInRules = given
  const apiKey = given.apiKey ?? 're_stand_in'
  const accepted: AcceptedMail[] = []
  const requests: { atMs: number; key: string | null; mails: number; status: number }[] = []
  const remembered = new Map<string, Remembered>()
  const recent: number[] = []
  const silent = new Set<ServerResponse>()
  let served = 0
  let closedUntilMs = 0
  let earlyRequests = 0

  function turnAway(seconds: number | null, isQuota: boolean): Answer {
    const answer = isQuota ? problem(429, 'daily_quota_exceeded', 'You have reached your daily email sending quota.') : problem(429, 'rate_limit_exceeded', 'Too many requests.')
    if (seconds === null) return answer
    closedUntilMs = performance.now() + seconds * 1000
    return { ...answer, headers: { 'retry-after': String(seconds) } }
  }

  /** Sliding: no second, wherever it begins, holds more requests than allowed. */
  function rateProblem(): Answer | undefined {
    const now = performance.now()
    if (now < closedUntilMs) {
      earlyRequests++
      return { ...problem(429, 'rate_limit_exceeded', 'Too many requests.'), headers: { 'retry-after': String(Math.ceil((closedUntilMs - now) / 1000)) } }
    }
    const limit = rules.requestsPerSecond ?? null
    if (limit === null) return undefined
    while (recent[0] !== undefined && recent[0] <= now - 1000) recent.shift()
    if (recent.length >= limit) return { ...problem(429, 'rate_limit_exceeded', 'Too many requests.'), headers: { 'retry-after': '1' } }
    recent.push(now)
    return undefined
  }

  function take(mails: readonly unknown[], key: string | null, isPermissive: boolean): Answer {
    const problems = mails.flatMap((mail, index) => {
      const message = wrongIn(mail, rules.isWrong)
      return message === null ? [] : [{ index, message }]
    })
    const [first] = problems
    if (first && !isPermissive) return problem(422, 'validation_error', first.message)
    const wrong = new Set(problems.map((one) => one.index))
    const data = mails.flatMap((mail, index) => {
      if (wrong.has(index)) return []
      const id = randomUUID()
      accepted.push(acceptedMail(mail, id, key))
      return [{ id }]
    })
    return { status: 200, body: isPermissive ? { data, errors: problems } : { data } }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = headerOf(request, 'idempotency-key')
    const line = { atMs: performance.now(), key, mails: 0, status: 0 }
    requests.push(line)
    const text = await readText(request)
    rules.arrived?.()
    const reply = (answer: Answer): void => {
      line.status = answer.status
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body))
    }
    const isAlone = request.url === '/emails'
    if (request.method !== 'POST' || (!isAlone && request.url !== '/emails/batch')) return reply(problem(404, 'not_found', 'No such endpoint.'))
    if (headerOf(request, 'authorization') !== `Bearer ${apiKey}`) return reply(problem(403, 'invalid_api_key', 'API key is invalid.'))
    const tooMany = rateProblem()
    if (tooMany) return reply(tooMany)
    if (key !== null && (key === '' || key.length > 256)) return reply(problem(400, 'invalid_idempotency_key', 'The key must be 1 to 256 characters.'))

    const body: unknown = parsed(text)
    const mails: unknown = isAlone ? [body] : body
    if (!Array.isArray(mails) || mails.length === 0 || mails.length > 100) return reply(problem(422, 'validation_error', 'A batch is a list of 1 to 100 mails.'))
    if (!isAlone && mails.some((mail) => listIn(mail, 'attachments').length > 0)) return reply(problem(422, 'validation_error', 'Attachments are not supported in a batch.'))
    line.mails = mails.length
    const failure = rules.fail?.(served++) ?? null
    if (typeof failure === 'object' && failure) return reply(turnAway(failure.tooManyForSeconds, failure.isQuota ?? false))
    if (failure === 'error') return reply(problem(500, 'internal_server_error', 'Something went wrong.'))
    if (failure === 'silence') return void silent.add(response)

    const now = rules.now ?? Date.now
    const bodyHash = createHash('sha256').update(text).digest('hex')
    const known = key === null ? undefined : remembered.get(key)
    if (known && now() - known.atMs < (rules.remembersForMs ?? 24 * 3_600_000)) {
      if (known.bodyHash !== bodyHash) return reply(problem(409, 'invalid_idempotent_request', 'This key was used with another payload.'))
      if (!known.answer) return reply(problem(409, 'concurrent_idempotent_requests', 'The first request with this key is still in progress.'))
      return reply(known.answer)
    }
    const memory: Remembered = { bodyHash, atMs: now(), answer: undefined }
    if (key !== null) remembered.set(key, memory)
    if (rules.latencyMs) await pause(rules.latencyMs)
    const batchAnswer = take(mails, key, !isAlone && headerOf(request, 'x-batch-validation') === 'permissive')
    const answer = isAlone && batchAnswer.status === 200 ? { ...batchAnswer, body: listIn(batchAnswer.body, 'data')[0] } : batchAnswer
    memory.answer = answer
    // What was refused as a whole may be sent again, mended, under the same key.
    if (answer.status !== 200 && key !== null) remembered.delete(key)

    switch (failure) {
      case 'dropAnswer':
        response.destroy()
        return
      case 'halfAnswer': {
        const whole = JSON.stringify(answer.body)
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(whole)) })
        response.write(whole.slice(0, whole.length / 2), () => response.destroy())
        return
      }
      case 'drip': {
        response.writeHead(200, { 'content-type': 'application/json' })
        const dripping = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(dripping))
        return void silent.add(response)
      }
      case 'notJson':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Gateway</body></html>')
        return
      case 'errorAfterTaking':
        return reply(problem(500, 'internal_server_error', 'Something went wrong.'))
      default:
        return reply(answer)
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = addressOf(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    apiKey,
    accepted,
    requests,
    get earlyRequests() {
      return earlyRequests
    },
    mostInASecond() {
      const cameWithin = (fromMs: number): number => requests.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 1000).length
      return Math.max(0, ...requests.map(({ atMs }) => cameWithin(atMs)))
    },
    change(changed) {
      rules = { ...rules, ...changed }
    },
    async close() {
      for (const response of silent) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const problem = (status: number, name: string, message: string): Answer => ({ status, body: { statusCode: status, name, message } })

const addressForm = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/
const tagForm = /^[A-Za-z0-9_-]{1,256}$/

function wrongIn(mail: unknown, isWrong: StandInRules['isWrong']): string | null {
  const to = stringsIn(mail, 'to')
  if (to.length !== 1) return 'The `to` field is missing.'
  for (const address of to) {
    if (!addressForm.test(address)) return `Invalid \`to\` field: ${address} is not an address.`
    const wrong = isWrong?.(address)
    if (wrong) return wrong
  }
  for (const name of ['from', 'subject']) {
    if (textIn(mail, name) === '') return `The \`${name}\` field is missing.`
  }
  if (textIn(mail, 'html') === '' && textIn(mail, 'text') === '') return 'Missing `html` or `text` field.'
  if (/[\r\n]/.test(textIn(mail, 'subject'))) return 'The `subject` field holds a line end.'
  for (const [name, value] of Object.entries(recordIn(mail, 'headers'))) {
    if (/[\r\n]/.test(name + value)) return 'A header holds a line end.'
  }
  const tags = fieldOf(mail, 'tags')
  if (Array.isArray(tags) && !tags.every((tag) => tagForm.test(textIn(tag, 'name')) && tagForm.test(textIn(tag, 'value')))) {
    return 'Tags may hold ASCII letters, numbers, underscores and dashes.'
  }
  return null
}

function acceptedMail(mail: unknown, id: string, batchKey: string | null): AcceptedMail {
  const tags = fieldOf(mail, 'tags')
  const own: unknown = Array.isArray(tags) ? tags.find((tag) => textIn(tag, 'name') === 'message') : undefined
  return {
    id,
    from: textIn(mail, 'from'),
    to: stringsIn(mail, 'to').join(', '),
    subject: textIn(mail, 'subject'),
    html: textIn(mail, 'html'),
    text: textIn(mail, 'text'),
    headers: recordIn(mail, 'headers'),
    attachments: listIn(mail, 'attachments').map((file) => ({
      filename: textIn(file, 'filename'), contentType: textIn(file, 'content_type'), content: Buffer.from(textIn(file, 'content'), 'base64').toString(),
    })),
    messageKey: textIn(own, 'value'),
    batchKey,
    acceptedAtMs: performance.now(),
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

function listIn(value: unknown, name: string): unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, name: string): string {
  const field = fieldOf(value, name)
  return typeof field === 'string' ? field : ''
}

function stringsIn(value: unknown, name: string): string[] {
  const field = fieldOf(value, name)
  return (Array.isArray(field) ? field : [field]).filter((one) => typeof one === 'string')
}

function recordIn(value: unknown, name: string): Record<string, string> {
  const field = fieldOf(value, name)
  if (typeof field !== 'object' || field === null) return {}
  return Object.fromEntries(Object.entries(field).map(([key, one]) => [key, String(one)]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The stand-in listens on a port.')
  return address
}
