import { createServer, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { FilledText, SharedText } from '../contract/filled-text.ts'
import { DeliveryError, writeOut, type Mail } from '../ports.ts'
import { startResendStandIn, type ResendStandIn } from '../testing/resend-stand-in.ts'
import { createResendMailer, jsonBytes } from './resend-mailer.ts'

const mail = (nth: number, facts: Partial<Mail> = {}): Mail => ({
  messageKey: `m${nth}`, from: 'Court <ttc@courts.example.org>', to: `one-${nth}@mail.example.com`, subject: 'Case 1', html: '<p>Hello</p>', text: 'Hello',
  headers: { 'List-Unsubscribe': '<https://track.example.org/api/stop/x>' }, ...facts,
})

describe('mail through Resend', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  async function standIn(rules: Parameters<typeof startResendStandIn>[0] = {}): Promise<ResendStandIn> {
    const started = await startResendStandIn(rules)
    closing.push(() => started.close())
    return started
  }
  const mailerOf = (at: { url: string; apiKey?: string }, timeoutMs = 2000) =>
    createResendMailer({ apiKey: at.apiKey ?? 'key', baseUrl: at.url, requestsPerSecond: 2, timeoutMs })
  /** A server that gives one answer to everything. */
  async function answering(answer: (response: ServerResponse) => void): Promise<{ url: string }> {
    const server = createServer((request, response) => {
      request.resume().on('end', () => answer(response))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(async () => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` }
  }
  const refusing = (status: number, name: string, headers: Record<string, string> = {}) => answering((response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ statusCode: status, name, message: 'Because.' }))
  })
  async function failureOf(sending: Promise<unknown>): Promise<Pick<DeliveryError, 'isFinal' | 'isUnanswered' | 'retryAfterMs' | 'message'>> {
    try {
      await sending
    } catch (error) {
      if (error instanceof DeliveryError) return error
      throw error
    }
    throw new Error('It did not fail.')
  }

  it('hands over every part of a mail, with the number of its message as a tag', async () => {
    const provider = await standIn()
    const outcome = await mailerOf(provider).send('key-1', [mail(1), mail(2)])
    expect(provider.accepted).toMatchObject([{ ...mail(1), batchKey: 'key-1' }, mail(2)])
    expect(outcome).toEqual({ kind: 'answered', mails: provider.accepted.map(({ id }) => ({ kind: 'sent', providerId: id })) })
  })

  it('fills what many share with the words of each, alone and in a batch', async () => {
    const provider = await standIn()
    const mailer = mailerOf(provider)
    const shared = new SharedText('“Hello” <0>', /<(\d)>/)
    const mails = [1, 2, 3].map((nth) => mail(nth, { html: new FilledText(shared, [`<b>${nth}</b>`]), text: new FilledText(shared, [String(nth)]) }))
    await mailer.send('key-1', mails.slice(0, 2))
    const attachments = [{ filename: 'hearing.ics', contentType: 'text/calendar', content: 'X' }]
    await mailer.send('key-2', mails.slice(2).map((one) => ({ ...one, attachments })))
    expect(provider.accepted.map(({ html, text }) => ({ html, text }))).toEqual(mails.map(writeOut).map(({ html, text }) => ({ html, text })))
    expect(provider.accepted[1]).toMatchObject({ html: '“Hello” <b>2</b>', text: '“Hello” 2' })
  })

  it('sends a mail with files by itself, which batches do not take', async () => {
    const provider = await standIn()
    const attachments = [{ filename: 'hearing.ics', contentType: 'text/calendar; charset=utf-8; method=PUBLISH', content: 'BEGIN:VCALENDAR\r\nSUMMARY:Ünï' }]
    const outcome = await mailerOf(provider).send('key-1', [mail(1, { attachments })])
    expect(provider.accepted).toMatchObject([{ ...mail(1, { attachments }), batchKey: 'key-1' }])
    expect(outcome).toEqual({ kind: 'answered', mails: [{ kind: 'sent', providerId: provider.accepted[0]?.id }] })
    expect(await mailerOf(provider).send('key-1', [mail(1, { attachments })])).toEqual(outcome)
    expect(provider.accepted).toHaveLength(1)
    expect(await mailerOf(provider).send('key-1', [mail(1, { attachments, subject: 'Other' })])).toEqual({ kind: 'replayed' })
    await expect(mailerOf(provider).send('key-2', [mail(1, { attachments }), mail(2)])).rejects.toThrow('by itself')
  })

  it('gives up a mail with files that is refused', async () => {
    const provider = await standIn({ isWrong: () => 'Not an address.' })
    const attachments = [{ filename: 'hearing.ics', contentType: 'text/calendar', content: 'BEGIN:VCALENDAR' }]
    expect(await failureOf(mailerOf(provider).send('key', [mail(1, { attachments })]))).toMatchObject({ isFinal: true, isUnanswered: false })
  })

  it('sends a text for a gateway without an HTML part', async () => {
    const provider = await standIn()
    await mailerOf(provider).send('key', [mail(1, { html: '' })])
    expect(provider.accepted).toMatchObject([{ html: '', text: 'Hello' }])
  })

  it('tells which mail was refused and which id belongs to which of the others', async () => {
    const provider = await standIn({ isWrong: (to) => (to.startsWith('one-1') ? 'Not an address.' : null) })
    const outcome = await mailerOf(provider).send('key', [mail(0), mail(1), mail(2)])
    expect(outcome).toEqual({ kind: 'answered', mails: [
      { kind: 'sent', providerId: provider.accepted[0]?.id },
      { kind: 'refused', reason: 'Not an address.', isFinal: true },
      { kind: 'sent', providerId: provider.accepted[1]?.id },
    ] })
  })

  it('gives the same answer to the same batch and takes it once; another body under its key was replayed', async () => {
    const provider = await standIn()
    const mailer = mailerOf(provider)
    const first = await mailer.send('key', [mail(1)])
    expect(await mailer.send('key', [mail(1)])).toEqual(first)
    expect(await mailer.send('key', [mail(1, { text: 'Other' })])).toEqual({ kind: 'replayed' })
    expect(provider.accepted).toHaveLength(1)
  })

  it('comes again soon to what is still under way', async () => {
    const provider = await standIn({ latencyMs: 300 })
    const mailer = mailerOf(provider)
    const first = mailer.send('key', [mail(1)])
    await new Promise((resolve) => setTimeout(resolve, 100))
    const failure = await failureOf(mailer.send('key', [mail(1)]))
    expect(failure).toMatchObject({ isFinal: false, isUnanswered: true })
    expect(failure.retryAfterMs).toBeGreaterThanOrEqual(1000)
    expect(failure.retryAfterMs).toBeLessThanOrEqual(5000)
    await first
  })

  it('waits as long as it is told to', async () => {
    expect(await failureOf(mailerOf(await refusing(429, 'rate_limit_exceeded', { 'retry-after': '7' })).send('key', [mail(1)])))
      .toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 7000 })
    const date = new Date(Date.now() + 60_000).toUTCString()
    const failure = await failureOf(mailerOf(await refusing(429, 'daily_quota_exceeded', { 'retry-after': date })).send('key', [mail(1)]))
    expect(failure.retryAfterMs).toBeGreaterThan(57_000)
    expect(failure.retryAfterMs).toBeLessThanOrEqual(60_000)
    expect(await failureOf(mailerOf(await refusing(429, 'rate_limit_exceeded')).send('key', [mail(1)]))).toMatchObject({ retryAfterMs: 1000 })
    expect(await failureOf(mailerOf(await refusing(429, 'daily_quota_exceeded')).send('key', [mail(1)]))).toMatchObject({ retryAfterMs: 600_000 })
    expect(await failureOf(mailerOf(await refusing(503, 'application_error', { 'retry-after': '3' })).send('key', [mail(1)])))
      .toMatchObject({ isUnanswered: true, retryAfterMs: 3000 })
  })

  it('does not blame the mail for how we are set up', async () => {
    for (const [status, name] of [[401, 'missing_api_key'], [403, 'invalid_api_key'], [403, 'validation_error'], [404, 'not_found'], [422, 'invalid_from_address']] as const) {
      expect(await failureOf(mailerOf(await refusing(status, name)).send('key', [mail(1)])), name)
        .toMatchObject({ isFinal: false, isUnanswered: false, retryAfterMs: 60_000, message: `${status} ${name} Because.` })
    }
  })

  it('gives up for good only what it can never take', async () => {
    for (const [status, name] of [[400, 'validation_error'], [413, 'application_error'], [422, 'missing_required_field']] as const) {
      expect(await failureOf(mailerOf(await refusing(status, name)).send('key', [mail(1)])), name).toMatchObject({ isFinal: true, isUnanswered: false })
    }
    expect(await failureOf(mailerOf(await refusing(500, 'internal_server_error')).send('key', [mail(1)])))
      .toMatchObject({ isFinal: false, isUnanswered: true, retryAfterMs: null })
  })

  it('knows that it does not know when no answer can be read', async () => {
    const unreadable: readonly ((response: ServerResponse) => void)[] = [
      (response) => response.destroy(),
      () => {},
      (response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"data":[{"id":', () => response.destroy())
      },
      (response) => response.writeHead(200).end('<html>'),
      (response) => response.writeHead(200).end('null'),
      (response) => response.writeHead(200).end('{"data":[]}'),
      (response) => response.writeHead(502).end('<html>'),
      (response) => response.writeHead(400).end('{}'),
      (response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(drip))
      },
    ]
    for (const [index, answer] of unreadable.entries()) {
      const began = performance.now()
      expect(await failureOf(mailerOf(await answering(answer), 300).send('key', [mail(1)])), String(index)).toMatchObject({ isFinal: false, isUnanswered: true })
      expect(performance.now() - began).toBeLessThan(2000)
    }
    expect(await failureOf(mailerOf({ url: 'http://127.0.0.1:9' }).send('key', [mail(1)]))).toMatchObject({ isFinal: false, isUnanswered: true })
  })
})

const hostile = '“Ünï” \u2028 \ud83d\ude00 \ud800 "quoted" \\ </script> \u0000\n\ttabs'

describe('JSON as bytes', () => {
  const shared = new SharedText(`${hostile} <0> between <1><0>`, /<(\d)>/)
  const filled = new FilledText(shared, ['https://track.example.org/?a=1', hostile])

  it('fills every place with the words of its number', () => {
    expect(String(filled)).toBe(`${hostile} https://track.example.org/?a=1 between ${hostile}https://track.example.org/?a=1`)
    expect(String(new FilledText(new SharedText('no place', /<(\d)>/), ['x']))).toBe('no place')
  })

  it.each([
    ['several', [{ subject: hostile, html: filled, none: undefined, headers: { a: '1' }, text: filled, tags: [{ name: 'a' }] }, { html: filled }, { html: 'plain' }]],
    ['one with nothing else', [{ html: filled }]],
    ['some without such words', [{ html: hostile, none: undefined }, {}]],
    ['none', []],
  ])('says of %s what JSON.stringify would', (_, value) => {
    const bytes = jsonBytes(value)
    expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(JSON.stringify(value)))
  })

  it('holds more than it began with', () => {
    const long = { text: 'ü'.repeat(3_000_000), html: filled }
    expect(JSON.parse(jsonBytes([long, long]).toString())).toEqual(JSON.parse(JSON.stringify([long, long])))
  })

  it('writes again for others what they share', () => {
    const other = new FilledText(shared, ['other', 'words'])
    expect(JSON.parse(jsonBytes([{ text: filled }, { text: other }, { text: filled }]).toString())).toEqual([{ text: String(filled) }, { text: String(other) }, { text: String(filled) }])
  })
})
