import type { BatchOutcome, Mail, Mailer, MailOutcome, Text, Texter } from '../ports.ts'

/** Where the texts of a carrier go by e-mail; or why they cannot, in one sentence. */
export type Gateway = { readonly domain: string } | { readonly reason: string }

export interface GatewaySettings {
  /** Which carries the texts: its limits are theirs. */
  readonly mailer: Mailer
  /** `Name <address>` or an address. */
  readonly sender: string
  /** By the carrier's code, as it stands today. */
  readonly gatewayOf: (carrier: string | null) => Gateway
}

// Some carriers put it before the text.
const subject = 'Notice'

/**
 * Texts by the e-mail gateways of carriers: plain mail to ten digits at the carrier's domain. What no gateway takes is
 * refused for good, with its reason, and keeps no other back. Closing it leaves the mailer open.
 */
export function createGatewayTexter({ mailer, sender, gatewayOf }: GatewaySettings): Texter {
  const { paceName, batchLimit, remembersForMs, requestsPerSecond, concurrency } = mailer

  function mailOf({ messageKey, to, carrier, body }: Text): Mail | string {
    const gateway = gatewayOf(carrier)
    if ('reason' in gateway) return gateway.reason
    return {
      messageKey, from: sender, to: `${to.replace(/^\+1/, '')}@${gateway.domain}`, subject, html: '', text: body,
      headers: { 'Auto-Submitted': 'auto-generated' },
    }
  }

  return {
    paceName, batchLimit, remembersForMs, requestsPerSecond, concurrency,
    async send(batchKey, texts) {
      const made = texts.map(mailOf)
      const mails = made.filter((mail) => typeof mail !== 'string')
      const outcome: BatchOutcome = mails.length === 0 ? { kind: 'answered', mails: [] } : await mailer.send(batchKey, mails)
      if (outcome.kind === 'replayed') return outcome
      const answers = outcome.mails.values()
      return {
        kind: 'answered',
        mails: made.map((mail) => (typeof mail === 'string' ? refused(mail) : answers.next().value ?? unread)),
      }
    },
    close: async () => {},
  }
}

const refused = (reason: string): MailOutcome => ({ kind: 'refused', reason, isFinal: true })

const unread: MailOutcome = { kind: 'refused', reason: 'The answer does not speak of it.', isFinal: false }
