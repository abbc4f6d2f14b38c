import { writeOut, type Mailer, type WrittenMail } from '../ports.ts'

/**
 * Mail that stays here, for trying the service out. `keep` stores mails, files included, and takes no notice of those it has
 * already, so a repeated batch does no harm, however late.
 */
export function createMailboxMailer(keep: (mails: readonly WrittenMail[]) => Promise<void>): Mailer {
  return {
    paceName: 'mail',
    batchLimit: 100,
    remembersForMs: Number.POSITIVE_INFINITY,
    requestsPerSecond: null,
    concurrency: 1,
    async send(_batchKey, mails) {
      await keep(mails.map(writeOut))
      return { kind: 'answered', mails: mails.map((mail) => ({ kind: 'sent', providerId: mail.messageKey })) }
    },
    close: async () => {},
  }
}
