// What a message says, frozen with its fact: plain, formatted strings in the reader's terms, so that composing it
// later needs no clock, no profile and no environment, and every try is byte for byte the same. Links that belong to
// one recipient are not here: they are derived from the ids when the mail is composed.

import type { CalendarHearing } from '../calendar/calendar-hearing.ts'

/** What every message carries. */
export interface MessageFrame {
  /** `Name <address>`. */
  readonly sender: string
  readonly serviceName: string
  /** Scheme and host that every link begins with. */
  readonly origin: string
  readonly subject: string
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string; readonly hours: string }
  readonly notOfficial: string
}

export interface NoticeEntry {
  readonly entryId: number
  readonly mark: 'New' | 'Corrected' | 'Voided'
  readonly title: string
  /** `November 20, 2026, 1:52 p.m.`, or without a time. */
  readonly filed: string
  readonly text: string
  /** One sentence for each told field that a correction changed. */
  readonly changes: readonly string[]
  readonly lastActivity: string
}

/** A hearing or trial that fell due or changed (F5). */
export interface NoticeHearing {
  readonly eventId: number
  /** What happened or is to come: `Hearing date changed`, `Court in 2 days`. */
  readonly heading: string
  readonly kind: string
  /** `Thursday, December 3, 2026 at 9:00 a.m.` */
  readonly when: string
  readonly place: string | null
  readonly judge: string | null
  /** A sentence for each thing that was otherwise before. */
  readonly was: readonly string[]
  /** Where its calendar file is, and how the link to it is called. */
  readonly calendarAddress: string
  readonly calendarLabel: string
  readonly calendar: CalendarHearing
}

/** An instalment that falls due, or whose amount changed after it was told (F6). */
export interface NoticePayment {
  readonly paymentId: number
  /** `Payment due December 10, 2026`. */
  readonly heading: string
  readonly person: string
  readonly plan: string
  /** `$50.00`, with what it was before where that was told otherwise; `pastDue` is null where nothing is. */
  readonly amountDue: string
  readonly pastDue: string | null
}

/** One thing that a notice tells, shown in it or only counted. What was missed in a pause is told in short (G4), and with it when the next hearing is. */
export type ToldFact =
  | {
    /** Null: the case was opened again. */
    readonly entryId: number | null
    readonly mark: NoticeEntry['mark'] | 'Reopened'
    /** The first and the last day on which it arrived; one where they are the same. */
    readonly days: readonly string[]
  }
  | { readonly mark: 'Missed'; readonly entryId: number; readonly was: NoticeEntry['mark']; readonly days: readonly string[] }
  | { readonly mark: 'NextHearing'; readonly eventId: number; readonly sentence: string; readonly days: readonly string[] }
  | (ToldItem & { readonly mark: 'Hearing'; readonly eventId: number })
  | (ToldItem & { readonly mark: 'Payment'; readonly paymentId: number })

/** How a subject line says it (F11). */
interface ToldItem {
  /** Among other things: `hearing moved`; and for several of the same, with their number before it: `hearings moved`. */
  readonly words: string
  readonly manyWords: string
  /** As the only thing: `hearing moved to Dec 3, 9:00 a.m.`. */
  readonly alone: string
  /** The days on which the change of it arrived; none for what fell due. */
  readonly days: readonly string[]
}

/** F3: what one run owes the subscriptions of one case. */
export interface NoticeContent extends MessageFrame {
  readonly kind: 'notice'
  readonly caseNumber: string
  readonly caption: string
  readonly courtName: string
  readonly caseAddress: string
  readonly heading: string
  /** All that it tells: what subject, heading, leads and `more` are made from, so that one entry can be left out later (A9). */
  readonly told: readonly ToldFact[]
  /** Sentences before the entries: days covered (F9), case opened again (E7). */
  readonly leads: readonly string[]
  /** The soonest first; left out where there are none. */
  readonly hearings?: readonly NoticeHearing[]
  readonly payments?: readonly NoticePayment[]
  readonly entries: readonly NoticeEntry[]
  /** How many entries are not shown; 0 when all are. */
  readonly more: number
  /** The court's policy: case number and link only (I3). Then nothing above but the number, the link and `told` is filled. */
  readonly isNeutral?: boolean
  /** Whether the hearings' calendar file goes with the mail (F10). */
  readonly isCalendarAttached?: boolean
}

/** F2: one e-mail for all that a run owes a subscriber. What it tells of each case stands in that case's own content. */
export interface DigestContent extends MessageFrame {
  readonly kind: 'digest'
}

export interface PendingRequestContent {
  readonly requestId: number
  readonly subscriptionId: number
  readonly linkVersion: number
  readonly caseNumber: string
  readonly caseAddress: string
  /** The options that a case tracked already would have (B8), none or more; absent where the request is to track it. */
  readonly newOptions?: readonly string[]
}

/** C1: every pending request of one address. */
export interface VerificationContent extends MessageFrame {
  readonly kind: 'verification'
  readonly emailAddress: string
  readonly requests: readonly PendingRequestContent[]
  /** How many more wait than are listed. */
  readonly more: number
}

export interface TrackedCaseContent {
  readonly subscriptionId: number
  readonly linkVersion: number
  readonly caseNumber: string
  readonly caption: string
  readonly caseAddress: string
  readonly isClosed: boolean
  /** Why nothing comes, when its court no longer takes part (A5); null otherwise. */
  readonly remark: string | null
  /** `Text notices: on`, for example; null where the court sends no texts (I3). */
  readonly textState: string | null
  readonly options: readonly string[]
}

/** E8: what one address tracks. `cases` may be empty. */
export interface ReportContent extends MessageFrame {
  readonly kind: 'report'
  readonly emailAddress: string
  /** Null where nothing is tracked: then there is no page to lead to. */
  readonly reportRequestId: number | null
  readonly cases: readonly TrackedCaseContent[]
  /** How many more the page lists. */
  readonly more: number
}

/** G1: something about an account. The link that confirms it is made from `requestId` when it is composed. */
export interface AccountContent extends MessageFrame {
  readonly kind: 'account'
  readonly what: 'register' | 'alreadyRegistered' | 'resetPassword' | 'notRegistered' | 'changeAddress' | 'addressChanging' | 'mend' | 'eveningWaits'
  readonly emailAddress: string
  readonly requestId: number
  /** For `addressChanging`: the address that the account is to have; null otherwise. */
  readonly newAddress: string | null
  /** For `eveningWaits`: why. */
  readonly told?: string
}

/** A new case that a watch found (G7). */
export interface CandidateCase {
  readonly caseId: number
  readonly caseNumber: string
  readonly caseAddress: string
  /** Empty, and so is the court, where the mail says case numbers and links only (F11). */
  readonly caption: string
  readonly courtName: string
  /** Why it cannot be tracked (A5); null where it can. */
  readonly remark: string | null
}

export interface WatchedSearchContent {
  readonly searchId: number
  /** As its owner called it; empty where the mail says case numbers and links only. */
  readonly name: string
  /** Where the search is run. */
  readonly address: string
  readonly cases: readonly CandidateCase[]
  /** How many more it found than are listed. */
  readonly more: number
}

/** G7: what one evening found for the watches of one account. */
export interface CandidatesContent extends MessageFrame {
  readonly kind: 'candidates'
  readonly accountId: number
  readonly heading: string
  readonly searches: readonly WatchedSearchContent[]
}

/** What every text carries. */
export interface TextFrame {
  /** Who it is from, as a reader knows it: no carrier shows a name beside a number (B7). */
  readonly sender: string
  /** Scheme and host that every link begins with. */
  readonly origin: string
  /** Whether the phone may answer STOP, START and HELP (E6). */
  readonly takesReplies: boolean
}

/** F7: one docket change, event or payment. Its stop link belongs to the subscription that it is owed. */
export interface TextContent extends TextFrame {
  readonly kind: 'text'
  /** What happened, with the case number first. It may be cut where the text would be too long. */
  readonly told: string
  /** The page that it leads to. */
  readonly address: string
}

/** C4: the link by which a phone is confirmed. */
export interface TextVerificationContent extends TextFrame {
  readonly kind: 'textVerification'
  readonly verificationId: number
  readonly caseNumber: string
  /** What was named with the request: the phone has none of its own before it is verified. */
  readonly carrier: string | null
}

/** What a phone is told that answered a text (E6). */
export interface TextAnswerContent extends TextFrame {
  readonly kind: 'textAnswer'
  /** All of it. */
  readonly told: string
}

export type EmailContent = NoticeContent | DigestContent | VerificationContent | ReportContent | AccountContent | CandidatesContent
export type MessageContent = EmailContent | TextContent | TextVerificationContent | TextAnswerContent
