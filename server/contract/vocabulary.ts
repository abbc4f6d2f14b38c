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

/**
 * E-mails. `notice` tells of one case and `digest` of several (F2), `candidates` of new cases that a watch found (G7): an evening
 * owes them. The others were asked for by a visitor; `account` is about an account (G1).
 */
export const emailKinds = ['notice', 'digest', 'candidates', 'verification', 'report', 'account'] as const
/** Texts. `text` tells a fact (F7), the others answer a person. */
export const textKinds = ['text', 'textVerification', 'textAnswer'] as const
export const messageKinds = [...emailKinds, ...textKinds] as const
export type EmailKind = (typeof emailKinds)[number]
export type TextKind = (typeof textKinds)[number]
export type MessageKind = EmailKind | TextKind

/** Whether somebody waits for it: it leaves first, and is tried anew rather than parked where nobody knows whether it left. */
export const isAsked = (kind: MessageKind): boolean => !['notice', 'digest', 'candidates', 'text'].includes(kind)

export const messageStates = [
  'waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked',
] as const
export type MessageState = (typeof messageStates)[number]

/**
 * What a link in a message is for; part of what its token is made from. `stopText` stands in texts to a verified phone,
 * `refuseText` in the one that asks a phone to be verified: its holder may be a stranger, who stops nobody's e-mail. `stopListed`
 * stops what one e-mail of several cases listed, `stopWatch` a watch of new cases. The last two are private addresses (G5).
 */
export const linkPurposes = [
  'confirm', 'confirmAll', 'confirmText', 'stop', 'stopText', 'refuseText', 'stopAll', 'report',
  'register', 'resetPassword', 'changeAddress', 'stopListed', 'stopWatch', 'calendarFeed', 'caseFeed',
] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** What the id of a `stopWatch` link names, by the link's version: one saved search, or the account whose watches it stops all. */
export const watchLinks = { one: 1, ofAccount: 2 } as const

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

/** A citizen's account, or an attorney's or court user's, which an operator grants (D7). */
export const accountKinds = ['public', 'registered'] as const
export type AccountKind = (typeof accountKinds)[number]

/** What a link in an account's mail confirms (G1). */
export const accountRequestKinds = ['register', 'resetPassword', 'changeAddress'] as const
export type AccountRequestKind = (typeof accountRequestKinds)[number]

/** Of which docket entries a subscription is told: all, all but routine ones, or only orders, judgments, warrants and hearings. */
export const entryChoices = ['all', 'withoutRoutine', 'decisions'] as const
export type EntryChoice = (typeof entryChoices)[number]

/** Why e-mail of a subscription is paused: its reader asked, or mail to the address came back (G4). */
export const pauseReasons = ['asked', 'delivery'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** What people do of which proof is kept (H6). */
export const consentActs = ['asked', 'confirmed', 'askedText', 'confirmedText', 'stopped', 'stoppedText'] as const
export type ConsentAct = (typeof consentActs)[number]

/** Why no notices go to an address: mail to it came back, or its reader called it spam (G4). */
export const suppressionReasons = ['bounced', 'complained'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]
