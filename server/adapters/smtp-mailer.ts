import { createTransport } from 'nodemailer'
import type { Readable } from 'node:stream'
import { DeliveryError, writeOut, type Mailer, type WrittenMail } from '../ports.ts'
import { fieldOf } from '../contract/field-of.ts'

export interface SmtpSettings {
  /** `smtp://user:password@host:port`, or `smtps://…`. */
  readonly url: string
  readonly requestsPerSecond: number | null
  /** How long the relay may be silent; default 10 s. One mail may take three times as long. */
  readonly timeoutMs?: number
}

const connections = 4
// How long everybody waits when the relay cannot be reached or does not let us in.
const closedWaitMs = 30_000

/** Mail through a court's own relay, one at a time over kept connections. A relay remembers nothing of a mail it was given before. */
export function createSmtpMailer({ url, requestsPerSecond, timeoutMs = 10_000 }: SmtpSettings): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // How far a mail had come tells a lost answer from a mail that surely did not leave.
  const bodies = new Map<string, Readable>()
  transport.use('stream', (mail, done) => {
    const { message } = mail
    const key = mail.data.messageId
    const open = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const body = open(options)
      if (key !== undefined) bodies.set(key, body)
      return body
    }
    done()
  })
  return {
    paceName: 'mail',
    batchLimit: 1,
    remembersForMs: 0,
    requestsPerSecond,
    concurrency: connections,
    async send(batchKey, mails) {
      const [mail, ...others] = mails
      if (!mail || others.length > 0) throw new Error('A relay takes one mail at a time.')
      const messageId = `<${mail.messageKey}.${batchKey}@${hostOf(mail.from)}>`
      try {
        const { response } = await transport.sendMail({ ...contentOf(writeOut(mail)), messageId, signal: AbortSignal.timeout(3 * timeoutMs) })
        return { kind: 'answered', mails: [{ kind: 'sent', providerId: queueIdIn(response) }] }
      } catch (error) {
        throw failureOf(error, stageOf(bodies.get(messageId)))
      } finally {
        bodies.delete(messageId)
      }
    },
    close: async () => transport.close(),
  }
}

const hostOf = (sender: string): string => /@([^\s<>@]+)>?\s*$/.exec(sender)?.[1] ?? 'localhost'

const contentOf = (mail: WrittenMail) => ({
  from: mail.from,
  // As an object: a name or a list is never read out of it.
  to: { name: '', address: mail.to },
  subject: mail.subject,
  // A text for a carrier's gateway has none.
  ...(mail.html === '' ? {} : { html: mail.html }),
  text: mail.text,
  headers: { ...mail.headers },
  attachments: (mail.attachments ?? []).map(({ filename, contentType, content }) => ({ filename, contentType, content })),
})

const queueIdIn = (response: string | undefined): string | null => /queued as ([\w.-]{1,60})/i.exec(response ?? '')?.[1] ?? null

/** `outside`: the relay had not let us in yet. `begun`: some of the mail itself had gone out. */
type Stage = 'outside' | 'inside' | 'begun'

const stageOf = (body: Readable | undefined): Stage => (body === undefined ? 'outside' : body.readableDidRead ? 'begun' : 'inside')

// No such mailbox, not here, no such name; a full one (552) may be emptied.
const noSuchAddress = [550, 551, 553]

function failureOf(error: unknown, stage: Stage): DeliveryError {
  const code = fieldOf(error, 'code')
  const command = fieldOf(error, 'command')
  const reply = fieldOf(error, 'responseCode')
  const isForGood = fieldOf(error, 'permanent') === true
  const reason = error instanceof Error ? error.message : 'The relay failed.'
  const isAboutThisMail = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE' || reply === 552
  if (isAboutThisMail) {
    const isAddressRefused = code === 'EENVELOPE' && typeof reply === 'number' && noSuchAddress.includes(reply)
    return new DeliveryError(reason, { isFinal: isForGood || typeof reply !== 'number', isUnanswered: false, isAddressRefused })
  }
  if (stage === 'begun' && typeof reply !== 'number') return new DeliveryError(reason, { isFinal: false, isUnanswered: true })
  // The sender is ours and the same in every mail: refusing it refuses everybody.
  const isClosed = stage === 'outside' || (command === 'MAIL FROM' && isForGood)
  return new DeliveryError(reason, { isFinal: false, isUnanswered: false, retryAfterMs: isClosed ? closedWaitMs : null })
}
