import { Resend } from 'resend'
import { fieldOf } from '../contract/field-of.ts'

/** What Resend tells of one mail. */
export interface ResendEvent {
  /** As it was handed over with the mail. */
  readonly messageKey: string
  readonly to: string
  /** Resend's own id of the mail. */
  readonly providerId: string
  readonly fate: 'delivered' | 'bounced' | 'bouncedSoftly' | 'complained'
}

export interface SignedCall {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  /** As it came: the signature is over these very characters. */
  readonly body: string
}

/**
 * Reads a call of Resend's webhooks. `forged`: it does not bear the signature of this secret, or is too old to be believed; null:
 * it says nothing to us, as a mail that was opened or one that is still tried does.
 */
export function readResendCall(secret: string, { id, timestamp, signature, body }: SignedCall): ResendEvent | 'forged' | null {
  let event: unknown
  try {
    event = new Resend('re_unused').webhooks.verify({ payload: body, headers: { id, timestamp, signature }, webhookSecret: secret })
  } catch {
    return 'forged'
  }
  const data = fieldOf(event, 'data')
  const fate = fateOf(fieldOf(event, 'type'), fieldOf(fieldOf(data, 'bounce'), 'type'))
  const to = fieldOf(data, 'to')
  const [messageKey, providerId] = [fieldOf(fieldOf(data, 'tags'), 'message'), fieldOf(data, 'email_id')]
  const recipient: unknown = Array.isArray(to) ? to[0] : to
  if (fate === null || typeof messageKey !== 'string' || typeof recipient !== 'string') return null
  return { messageKey, to: recipient, providerId: typeof providerId === 'string' ? providerId : '', fate }
}

/** A bounce that the provider does not call permanent may be one of a full mailbox: it has given this mail up, and the next may arrive. */
function fateOf(type: unknown, bounce: unknown): ResendEvent['fate'] | null {
  switch (type) {
    case 'email.delivered': return 'delivered'
    case 'email.bounced': return bounce === undefined || bounce === 'Permanent' ? 'bounced' : 'bouncedSoftly'
    case 'email.complained': return 'complained'
    default: return null
  }
}
