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

/** What one docket change was; `reopened` is the one that has no entry (E7). */
export const changeKinds = ['added', 'updated', 'voided', 'reopened'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** The fields of an entry whose change is told (F4). */
export const toldFields = ['filedAt', 'code', 'description', 'text', 'status'] as const
export type ToldField = (typeof toldFields)[number]

/** One told field that differs, in the words of the record: an instant, a day or text. */
export interface FieldChange {
  readonly field: ToldField
  readonly from: string
  readonly to: string
}

export const emailStates = ['pending', 'active', 'paused', 'stopped'] as const

export const textStates = ['none', 'pending', 'active', 'stopped'] as const
export type TextState = (typeof textStates)[number]

export const messageKinds = ['notice', 'verification', 'report'] as const
export type MessageKind = (typeof messageKinds)[number]

export const messageStates = [
  'waiting', 'leased', 'sent', 'delivered', 'bounced', 'failed', 'cancelled', 'parked',
] as const
export type MessageState = (typeof messageStates)[number]

/** What a link in mail is for; part of what its token is made from. */
export const linkPurposes = ['confirm', 'confirmAll', 'stop', 'stopAll', 'report'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

/** The two choices of E1 and E2. */
export const stopChoices = ['emailAndText', 'textOnly'] as const
export type StopChoice = (typeof stopChoices)[number]

export interface NoticeOptions {
  readonly eventTenDays: boolean
  readonly eventTwoDays: boolean
  readonly paymentTwoDays: boolean
}
