import type { MessageKind, MessageState, SuppressionReason } from './vocabulary.ts'

// What operators are shown (I5): facts of the service, and of people no more than is needed to know a row again.

export interface RunView {
  readonly id: number
  /** The evening that it was held for. */
  readonly day: string
  readonly startedAt: Date
  readonly changes: number
  readonly notices: number
  readonly emails: number
  readonly texts: number
  readonly reminders: number
  /** Null where it was not measured. */
  readonly durationMs: number | null
}

/** All that the runs of one evening owed. */
export interface EveningView {
  readonly day: string
  readonly emails: number
}

/** A number, or the least that it is where counting further would cost too much. */
export interface Bounded {
  readonly count: number
  readonly isExact: boolean
}

export const boundedWords = ({ count, isExact }: Bounded): string => `${count.toLocaleString('en-US')}${isExact ? '' : ' or more'}`

export interface OutboxView {
  /** Kinds of which there is none in any state are left out. */
  readonly kinds: readonly { readonly kind: MessageKind; readonly states: Readonly<Record<MessageState, Bounded>> }[]
  /** Sent, delivered and cancelled ones are counted among so many newest messages only. */
  readonly settledAmong: number
  /** Since when the message has been due that has waited longest; null where none is due. */
  readonly oldestDueAt: Date | null
}

/** What shows an operator's eye that something went wrong. */
export const troubleStates = ['failed', 'parked', 'bounced'] as const satisfies readonly MessageState[]
export type TroubleState = (typeof troubleStates)[number]

export interface FailureView {
  readonly id: number
  readonly kind: MessageKind
  readonly state: TroubleState
  /** Masked. */
  readonly recipient: string
  readonly createdAt: Date
  readonly settledAt: Date | null
  readonly attempts: number
  readonly reason: string | null
}

export interface SuppressedView {
  readonly subscriberId: number
  /** Masked. */
  readonly address: string
  readonly since: Date
  readonly because: SuppressionReason
  /** Subscriptions whose e-mail is paused for it. */
  readonly paused: number
}

/** An evening that owes far more than is usual (I7). */
export interface WaitingEvening {
  readonly id: number
  readonly day: string
  readonly heldAt: Date
  /** What it would have owed when it was reckoned, and what is usual. */
  readonly notices: number
  readonly usual: number
}

/** A backup that took the place of the database, and of which nobody said yet that what left since it was made was looked after. */
export interface UnclearedBackup {
  readonly backedUpAt: Date
  readonly restoredAt: Date
}

/** What visitors caused, and the most that they may: e-mails of this day of the court, verification texts of the last 24 hours. */
export interface CausedView {
  readonly mails: { readonly count: number; readonly most: number }
  readonly texts: { readonly count: number; readonly most: number }
}

export interface FeedView {
  /** When the newest case, docket change, event or payment was taken in; null before the first. What repeats a record leaves no trace. */
  readonly lastTakenAt: Date | null
  /** Changes that wait for the next evening. */
  readonly untaken: Bounded
  readonly lastEvening: { readonly day: string; readonly startedAt: Date } | null
  /** The evening that is due and was not held; null where none is. `isLate`: for longer than the grace. */
  readonly dueEvening: { readonly day: string; readonly dueAt: Date; readonly isLate: boolean } | null
  /** The evening that waits for an operator's yes; null where none does. */
  readonly waitingEvening: WaitingEvening | null
  /** Newest first (I7). */
  readonly historyImports: readonly {
    readonly id: number
    readonly importedAt: Date
    readonly way: 'feed' | 'command'
    readonly accepted: number
    readonly changes: number
  }[]
}
