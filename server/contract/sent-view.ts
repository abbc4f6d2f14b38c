import type { Channel } from './vocabulary.ts'

// What an account is told of its own messages (G3, G8). Instants are to be shown in the court's zone.

export const fates = ['queued', 'waitingForHours', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'unknown'] as const
export type Fate = (typeof fates)[number]

export const fateLabels: Readonly<Record<Fate, string>> = {
  queued: 'Queued',
  waitingForHours: 'Waiting for sending hours',
  sent: 'Sent',
  delivered: 'Delivered',
  bounced: 'Bounced',
  failed: 'Failed',
  cancelled: 'Cancelled',
  unknown: 'Not known',
}

export interface SentLine {
  readonly id: number
  readonly at: Date
  readonly channel: Channel
  /** `Notice`, `Tracking report`, `Verification text`. */
  readonly what: string
  /** Its subject, or the first words of a text; null where what it said may not be shown any more. */
  readonly words: string | null
  /** The one case that it is about, by number and path; null where it is about none, several or one that it may not name. */
  readonly ofCase: { readonly number: string; readonly address: string } | null
  readonly fate: Fate
  /** A sentence more: when, why, and what comes next. */
  readonly fateSaid: string
}

export interface SentPage {
  readonly lines: readonly SentLine[]
  /** For the page of what was sent before these: `before`; null where nothing was. */
  readonly older: string | null
}

/** What a message said, as it left, but for the links that only its own copy may hold. */
export interface MessageCopy {
  readonly subject: string | null
  readonly text: string
}

export interface SentMessage extends SentLine {
  /** The last digits of the phone that a text went to; null for an e-mail. */
  readonly phoneEnding: string | null
  readonly settledAt: Date | null
  /** Null where it may not be shown any more, or cannot be made again. */
  readonly copy: MessageCopy | null
}

/** Why something was sent or not, and what can be done. */
export interface WhyAnswer {
  readonly said: string
  /** One sentence; null where there is nothing to do. */
  readonly todo: string | null
  /** The message that told it. */
  readonly sentId: number | null
}

export interface ExplainedChange {
  readonly id: number
  readonly arrivedAt: Date
  /** `New entry: Motion filed`. */
  readonly what: string
  /** The day of the evening that took it; null: none has. */
  readonly eveningOn: string | null
  readonly email: WhyAnswer
  /** Null where texts of it are not a question. */
  readonly text: WhyAnswer | null
}

/** G8, of one tracked case. */
export interface WhyView {
  readonly caseNumber: string
  readonly caption: string
  readonly caseAddress: string
  /** Since when e-mail and texts are owed; null: they are not confirmed. */
  readonly emailSince: Date | null
  readonly hasTexts: boolean
  /** What keeps notices from coming as things stand. */
  readonly now: readonly Omit<WhyAnswer, 'sentId'>[]
  readonly changes: readonly ExplainedChange[]
  /** Whether more changed than is listed. */
  readonly hasMore: boolean
  readonly sent: readonly SentLine[]
}
