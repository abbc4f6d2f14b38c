// The closed lists of words that rows, records, procedures and pages share (product.md, Words).

export const securities = ['public', 'confidential'] as const
export type Security = (typeof securities)[number]

export const caseStatuses = ['open', 'closed'] as const
export type CaseStatus = (typeof caseStatuses)[number]

export const entryStatuses = ['active', 'voided'] as const
export type EntryStatus = (typeof entryStatuses)[number]

export const eventStatuses = ['scheduled', 'cancelled'] as const
export type EventStatus = (typeof eventStatuses)[number]

export const paymentStatuses = ['due', 'paid', 'cancelled'] as const
export type PaymentStatus = (typeof paymentStatuses)[number]

/**
 * What one docket change was. Two have no entry: a case that was opened again (E7), and a scheduled event that was moved,
 * cancelled or put back (F5).
 */
export const changeKinds = ['added', 'updated', 'voided', 'reopened', 'rescheduled'] as const
export type ChangeKind = (typeof changeKinds)[number]
export type EntryChangeKind = Exclude<ChangeKind, 'reopened' | 'rescheduled'>

/** The fields of an entry whose change is told (F4). */
export const toldFields = ['filedAt', 'code', 'description', 'text', 'status'] as const
export type ToldField = (typeof toldFields)[number]

/** The fields of a scheduled event whose change is told (F5). */
export const toldEventFields = ['startsAt', 'place', 'status'] as const
export type ToldEventField = (typeof toldEventFields)[number]

/** One told field that differs, in the words of the record: an instant, a day or text. */
export interface FieldChange<Field extends string = ToldField | ToldEventField> {
  readonly field: Field
  readonly from: string
  readonly to: string
}

export const emailStates = ['pending', 'active', 'paused', 'stopped'] as const

export const textStates = ['none', 'pending', 'active', 'stopped'] as const
export type TextState = (typeof textStates)[number]

/** How a message travels. */
export const channels = ['email', 'text'] as const
export type Channel = (typeof channels)[number]

/** E-mails. `notice` is owed by an evening, the others were asked for by a visitor. */
export const emailKinds = ['notice', 'verification', 'report'] as const
/** Texts. `text` tells a fact (F7), the others answer a person. */
export const textKinds = ['text', 'textVerification', 'textAnswer'] as const
export const messageKinds = [...emailKinds, ...textKinds] as const
export type EmailKind = (typeof emailKinds)[number]
export type TextKind = (typeof textKinds)[number]
export type MessageKind = EmailKind | TextKind

/** Whether somebody waits for it: it leaves first, and is tried anew rather than parked where nobody knows whether it left. */
export const isAsked = (kind: MessageKind): boolean => kind !== 'notice' && kind !== 'text'

export const messageStates = [
  'waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked',
] as const
export type MessageState = (typeof messageStates)[number]

/**
 * What a link in a message is for; part of what its token is made from. `stopText` stands in texts to a verified phone,
 * `refuseText` in the one that asks a phone to be verified: its holder may be a stranger, who stops nobody's e-mail.
 */
export const linkPurposes = ['confirm', 'confirmAll', 'confirmText', 'stop', 'stopText', 'refuseText', 'stopAll', 'report'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** The two choices of E1 and E2. */
export const stopChoices = ['emailAndText', 'textOnly'] as const
export type StopChoice = (typeof stopChoices)[number]

export interface NoticeOptions {
  readonly eventTenDays: boolean
  readonly eventTwoDays: boolean
  readonly paymentTwoDays: boolean
}

/** How an outage came to be in the log (I6): announced, or noticed by the service itself. */
export const outageKinds = ['planned', 'unplanned', 'missedEvening', 'database'] as const
export type OutageKind = (typeof outageKinds)[number]

/** What a reply to a text asks for (E6). */
export const replyWords = ['stop', 'start', 'help'] as const
export type ReplyWord = (typeof replyWords)[number]
