import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A text that was taken. */
export interface AcceptedText {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly body: string
  readonly statusCallback: string
}

/** How one request goes wrong. The first four take the text all the same. */
export type TextFailure =
  | 'dropAnswer' | 'halfAnswer' | 'notJson' | 'errorAfterTaking'
  | 'error' | 'closed' | 'silence'
  | { readonly tooManyForSeconds: number }
  | { readonly status: number; readonly code: number }

export interface TwilioRules {
  readonly accountSid?: string
  readonly authToken?: string
  /** Null: as many as come. */
  readonly requestsPerSecond?: number | null
  /** The code by which a number is refused; null when nothing is wrong with it. */
  readonly refusedBy?: (to: string) => number | null
  /** Asked at each request that would otherwise be served; counts from 0. */
  readonly fail?: (request: number) => TextFailure | null
}

export interface TwilioStandIn {
  readonly url: string
  readonly accountSid: string
  readonly authToken: string
  readonly accepted: readonly AcceptedText[]
  /** The status of each answer, in order; 0 where none was given. */
  readonly statuses: readonly number[]
  change(rules: Partial<TwilioRules>): void
  /** Calls an address of ours as the provider does: a form with its signature. Gives the answer. */
  call(url: string, form: Readonly<Record<string, string>>): Promise<Response>
  /** Tells what became of a text, at the address that came with it. */
  tellStatus(text: AcceptedText, status: string, errorCode?: number): Promise<Response>
  close(): Promise<void>
}

/** The signature that Twilio gives with a call: its documented rule, written here a second time. */
export const signatureOf = (authToken: string, url: string, form: Readonly<Record<string, string>>): string =>
  createHmac('sha1', authToken)
    .update(url + Object.keys(form).sort().map((name) => name + (form[name] ?? '')).join(''))
    .digest('base64')

/** A Twilio on loopback that keeps the real one's rules of one account's messages, remembers no key, and fails on demand. */
export async function startTwilioStandIn(given: TwilioRules = {}): Promise<TwilioStandIn> {
  let rules: TwilioRules = given
  const accountSid = given.accountSid ?? `AC${'5'.repeat(32)}`
  const authToken = given.authToken ?? 'twilio-stand-in-token'
  const accepted: AcceptedText[] = []
  const statuses: number[] = []
  const silent = new Set<ServerResponse>()
  const recent: number[] = []
  let closedUntilMs = 0
  let served = 0

  const isTooMany = (): boolean => {
    const now = performance.now()
    if (now < closedUntilMs) return true
    const limit = rules.requestsPerSecond ?? null
    if (limit === null) return false
    while (recent[0] !== undefined && recent[0] <= now - 1000) recent.shift()
    if (recent.length >= limit) return true
    recent.push(now)
    return false
  }

  function wrongIn(form: URLSearchParams): number | null {
    const to = form.get('To') ?? ''
    if (!/^\+[1-9]\d{7,14}$/.test(to)) return 21211
    if (!form.get('From') && !form.get('MessagingServiceSid')) return 21603
    const body = form.get('Body') ?? ''
    if (body === '') return 21602
    if (body.length > 1600) return 21617
    return rules.refusedBy?.(to) ?? null
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const nth = statuses.push(0) - 1
    const text = await readText(request)
    const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      statuses[nth] = status
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    }
    const refuse = (status: number, code: number, headers: Readonly<Record<string, string>> = {}): void =>
      reply(status, { code, message: `The number in question is quoted here: ${text.length}`, more_info: 'https://errors.example.org', status }, headers)

    if (request.method !== 'POST' || request.url !== `/2010-04-01/Accounts/${accountSid}/Messages.json`) return refuse(404, 20404)
    const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
    if (request.headers.authorization !== `Basic ${credentials}`) return refuse(401, 20003)
    if (isTooMany()) return refuse(429, 20429)
    if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return refuse(400, 21602)
    const failure = rules.fail?.(served++) ?? null
    if (typeof failure === 'object' && failure) {
      if ('code' in failure) return refuse(failure.status, failure.code)
      closedUntilMs = performance.now() + failure.tooManyForSeconds * 1000
      return refuse(429, 20429, { 'retry-after': String(failure.tooManyForSeconds) })
    }
    if (failure === 'error') return refuse(500, 20500)
    if (failure === 'closed') return refuse(503, 20503)
    if (failure === 'silence') return void silent.add(response)
    const form = new URLSearchParams(text)
    const wrong = wrongIn(form)
    if (wrong !== null) return refuse(400, wrong)

    const sid = `SM${randomUUID().replaceAll('-', '')}`
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? ''
    accepted.push({ sid, from, to: form.get('To') ?? '', body: form.get('Body') ?? '', statusCallback: form.get('StatusCallback') ?? '' })
    const answer = { sid, account_sid: accountSid, status: 'queued', to: form.get('To'), from, error_code: null }
    switch (failure) {
      case 'dropAnswer': return void response.destroy()
      case 'halfAnswer': {
        const whole = JSON.stringify(answer)
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': String(whole.length) })
        return void response.write(whole.slice(0, 20), () => response.destroy())
      }
      case 'notJson': return void response.writeHead(201, { 'content-type': 'text/html' }).end('<html>Gateway</html>')
      case 'errorAfterTaking': return refuse(500, 20500)
      default: return reply(201, answer)
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const call = (url: string, form: Readonly<Record<string, string>>): Promise<Response> => fetch(url, {
    method: 'POST', body: new URLSearchParams(form), headers: { 'x-twilio-signature': signatureOf(authToken, url, form) },
  })
  return {
    url: `http://127.0.0.1:${addressOf(server.address()).port}`,
    accountSid, authToken, accepted, statuses, call,
    change(changed) {
      rules = { ...rules, ...changed }
    },
    tellStatus: ({ sid, to, from, statusCallback }, status, errorCode) => call(statusCallback, {
      AccountSid: accountSid, ApiVersion: '2010-04-01', From: from, To: to, MessageSid: sid, SmsSid: sid, MessageStatus: status, SmsStatus: status,
      ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
    }),
    async close() {
      for (const response of silent) response.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('The stand-in does not listen.')
  return address
}
