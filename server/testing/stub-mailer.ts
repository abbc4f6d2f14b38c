import { describeError } from '../adapters/pino-log.ts'
import { writeOut, type BatchOutcome, type Log, type Mail, type Mailer, type WrittenMail } from '../ports.ts'

export interface StubMailer extends Mailer {
  /** Every batch handed over, in order, taken or not. */
  readonly batches: readonly { readonly key: string; readonly mails: readonly WrittenMail[] }[]
}

/** A provider in memory that remembers 24 hours, takes everything at once and says so, unless `answer` says otherwise. */
export function createStubMailer(
  facts: Partial<Pick<Mailer, 'batchLimit' | 'remembersForMs' | 'requestsPerSecond' | 'concurrency'>> = {},
  answer: (mails: readonly Mail[], batch: number, key: string) => BatchOutcome | Promise<BatchOutcome> = allSent,
): StubMailer {
  const batches: { key: string; mails: readonly WrittenMail[] }[] = []
  return {
    paceName: 'mail', batchLimit: 100, remembersForMs: 24 * 3_600_000, requestsPerSecond: null, concurrency: 2, ...facts,
    batches,
    async send(key, mails) {
      batches.push({ key, mails: mails.map(writeOut) })
      return answer(mails, batches.length - 1, key)
    },
    close: async () => {},
  }
}

export const allSent = (mails: readonly Mail[]): BatchOutcome =>
  ({ kind: 'answered', mails: mails.map(({ messageKey }) => ({ kind: 'sent', providerId: `provider-${messageKey}` })) })

/** A log that keeps what it was told. */
export function createKeptLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = []
  return {
    lines,
    info: (fact, details) => void lines.push(`${fact} ${JSON.stringify(details ?? {})}`),
    error: (fact, error, details) => {
      const { error: name = '', message = '', cause = '' } = describeError(error)
      lines.push(`${fact} ${name}: ${message}${cause && ` ← ${cause}`} ${JSON.stringify(details ?? {})}`)
    },
  }
}
