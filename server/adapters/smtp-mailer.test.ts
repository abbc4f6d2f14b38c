import { createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { DeliveryError, type Mail, type Mailer } from '../ports.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

const mail = (nth: number, facts: Partial<Mail> = {}): Mail => ({
  messageKey: `m${nth}`, from: 'Court Notices <ttc@courts.example.org>', to: `one-${nth}@mail.example.com`, subject: 'Case 1: 1 new entry',
  html: '<p>Hello</p>', text: 'Hello', headers: { 'List-Unsubscribe': '<https://track.example.org/api/stop/x>' }, ...facts,
})

describe('mail through a relay', () => {
  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  interface Taken { readonly to: readonly string[]; readonly from: string; readonly raw: string }
  async function relay(options: SMTPServerOptions = {}): Promise<{ port: number; taken: Taken[]; connections: () => number }> {
    const taken: Taken[] = []
    let connections = 0
    const server = new SMTPServer({
      authOptional: true, disableReverseLookup: true, disabledCommands: ['STARTTLS'], logger: false,
      onConnect(_session, done) {
        connections++
        done()
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          taken.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((one) => one.address), raw: Buffer.concat(chunks).toString() })
          done(null, 'OK queued as A1B2C3')
        })
      },
      ...options,
    })
    server.on('error', () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
    return { port: portOf(server.server), taken, connections: () => connections }
  }
  function mailerOf(port: number, timeoutMs = 2000): Mailer {
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, requestsPerSecond: null, timeoutMs })
    closing.push(() => mailer.close())
    return mailer
  }
  /** A relay that speaks only as far as told: each answer belongs to one line it reads, or to the mail; null breaks off. */
  async function scripted(answers: Readonly<Record<string, string | null>>): Promise<number> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      let isBody = false
      let text = ''
      const say = (step: string, usual: string): void => {
        const answer = step in answers ? answers[step] : usual
        if (answer === null || answer === undefined) socket.destroy()
        else if (answer !== '') socket.write(`${answer}\r\n`)
      }
      say('greeting', '220 ready')
      socket.on('data', (chunk) => {
        text += chunk.toString()
        if (isBody) {
          if (!text.endsWith('\r\n.\r\n')) return
          isBody = false
          text = ''
          return say('body', '250 taken')
        }
        for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
          const command = text.slice(0, 4).toUpperCase()
          text = text.slice(end + 2)
          if (command === 'DATA') isBody = true
          say(command, command === 'DATA' ? '354 go on' : '250 well')
        }
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    return portOf(server)
  }
  async function failureOf(sending: Promise<unknown>): Promise<DeliveryError> {
    try {
      await sending
    } catch (error) {
      if (error instanceof DeliveryError) return error
      throw error
    }
    throw new Error('It did not fail.')
  }
  const passing = { isFinal: false, isUnanswered: false }

  it('carries files beside the mail, and no HTML where there is none', async () => {
    const { port, taken } = await relay()
    const attachments = [{ filename: 'hearing.ics', contentType: 'text/calendar; charset=utf-8; method=PUBLISH', content: 'BEGIN:VCALENDAR\r\n' }]
    await mailerOf(port).send('key', [mail(1, { attachments })])
    await mailerOf(port).send('key', [mail(2, { html: '' })])
    expect(taken[0]?.raw).toMatch(/Content-Type: text\/calendar;[^]*name=hearing\.ics/)
    expect(taken[0]?.raw).toContain('Content-Disposition: attachment; filename=hearing.ics')
    expect(taken[1]?.raw).toContain('Content-Type: text/plain')
    expect(taken[1]?.raw).not.toMatch(/text\/html|multipart/)
  })

  it('hands over a mail to its one recipient, with its headers and both its parts', async () => {
    const { port, taken } = await relay()
    const outcome = await mailerOf(port).send('batch-1-x', [mail(1)])
    expect(outcome).toEqual({ kind: 'answered', mails: [{ kind: 'sent', providerId: 'A1B2C3' }] })
    expect(taken).toMatchObject([{ from: 'ttc@courts.example.org', to: ['one-1@mail.example.com'] }])
    const raw = taken[0]?.raw ?? ''
    for (const line of ['From: Court Notices <ttc@courts.example.org>', 'To: one-1@mail.example.com', 'Subject: Case 1: 1 new entry',
      'Message-ID: <m1.batch-1-x@courts.example.org>', 'List-Unsubscribe: <https://track.example.org/api/stop/x>', '<p>Hello</p>']) {
      expect(raw).toContain(line)
    }
    expect(raw).toMatch(/multipart\/alternative/)
  })

  it('keeps its connections for the next mail', async () => {
    const { port, taken, connections } = await relay()
    const mailer = mailerOf(port)
    for (let nth = 0; nth < 5; nth++) await mailer.send(`b${nth}`, [mail(nth)])
    expect(taken).toHaveLength(5)
    expect(connections()).toBe(1)
  })

  it('blames the mail for what the relay says of it: for good or for now', async () => {
    const refuse = (code: number) => relay({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No such user one-1@mail.example.com'), { responseCode: code })),
    })
    const final = await failureOf(mailerOf((await refuse(550)).port).send('b', [mail(1)]))
    expect(final).toMatchObject({ isFinal: true, isUnanswered: false, retryAfterMs: null })
    expect(await failureOf(mailerOf((await refuse(450)).port).send('b', [mail(1)]))).toMatchObject({ ...passing, retryAfterMs: null })
    expect(await failureOf(mailerOf(await scripted({ body: '554 spam' })).send('b', [mail(1)]))).toMatchObject({ isFinal: true, isUnanswered: false })
    expect(await failureOf(mailerOf(await scripted({ body: '451 later' })).send('b', [mail(1)]))).toMatchObject({ ...passing, retryAfterMs: null })
  })

  it('knows that nothing left when the relay could not be reached or did not let it in', async () => {
    const closed = await relay()
    for (const close of closing.splice(0)) await close()
    const cases: readonly (readonly [string, number])[] = [
      ['nobody there', closed.port],
      ['says no at the door', await scripted({ greeting: '554 no' })],
      ['says nothing', await scripted({ greeting: '' })],
      ['hangs up after the greeting', await scripted({ EHLO: null })],
      ['does not take our sender', await scripted({ MAIL: '550 not from you' })],
      ['asks for a login', await scripted({ MAIL: '530 log in first' })],
      ['closes down', await scripted({ EHLO: '421 closing' })],
    ]
    for (const [name, port] of cases) {
      expect(await failureOf(mailerOf(port, 400).send('b', [mail(1)])), name).toMatchObject({ ...passing, retryAfterMs: 30_000 })
    }
  })

  it('counts as a try of this mail what goes wrong once the relay has let it in', async () => {
    for (const answers of [{ DATA: null }, { RCPT: null }, { MAIL: '451 later' }, { MAIL: '421 closing' }, { RCPT: '421 closing' }]) {
      expect(await failureOf(mailerOf(await scripted(answers), 400).send('b', [mail(1)])), JSON.stringify(answers)).toMatchObject({ ...passing, retryAfterMs: null })
    }
  })

  it('knows that it does not know when the line broke or fell silent after the mail', async () => {
    for (const answer of [null, '']) {
      const port = await scripted({ body: answer })
      expect(await failureOf(mailerOf(port, 400).send('b', [mail(1)]))).toMatchObject({ isFinal: false, isUnanswered: true })
    }
  })

  it('sends once, over a new line, when the relay had hung up in between', async () => {
    const { port, taken } = await relay({ socketTimeout: 400 })
    const mailer = mailerOf(port)
    await mailer.send('b1', [mail(1)])
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect(await mailer.send('b2', [mail(2)])).toMatchObject({ kind: 'answered' })
    expect(taken.map((one) => one.to[0])).toEqual(['one-1@mail.example.com', 'one-2@mail.example.com'])
  })

  it('never reads a second recipient out of an address', async () => {
    const { port, taken } = await relay()
    const mailer = mailerOf(port)
    await mailer.send('b', [mail(1, { to: 'a@mail.example.com, b@mail.example.com' })]).catch(() => {})
    await mailer.send('b', [mail(1, { to: 'a@mail.example.com>\r\nRCPT TO:<b@mail.example.com' })]).catch(() => {})
    expect(taken.flatMap((one) => one.to)).not.toContain('b@mail.example.com')
  })
})

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens on a port.')
  return address.port
}
