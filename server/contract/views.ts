import type { CaseStatus, EntryStatus, EventStatus, FieldChange, NoticeOptions, PaymentStatus, ToldField } from './vocabulary.ts'

// What procedures answer and pages show. Instants are Dates; days are `YYYY-MM-DD`; every time is to be shown in `timeZone`.

export interface CourtView {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly timeZone: string
}

export interface CaseSummary {
  readonly number: string
  readonly court: CourtView
  readonly caption: string
  readonly caseType: string
  readonly caseTypeName: string
  readonly filedOn: string | null
  readonly status: CaseStatus
  /** The name that matched, when a name search found a party rather than the caption. */
  readonly matchedName: string | null
  /** True where the number alone does not name one public case: then its address needs `?court=`. */
  readonly needsCourt: boolean
}

export interface SearchResults {
  readonly cases: readonly CaseSummary[]
  readonly total: number
  /** False when more match than are counted: say "more than". */
  readonly isTotalExact: boolean
  readonly page: number
  readonly pageCount: number
  /** The number and court of the one case whose number was typed exactly (A3), when there is exactly one. */
  readonly exact: { readonly number: string; readonly court: string; readonly needsCourt: boolean } | null
  /** True when the words were searched as a name: the page then says what A3 says of names. */
  readonly isNameSearch: boolean
}

export interface PartyView {
  readonly name: string
  readonly role: string
  readonly attorney: string | null
}

export interface EntryView {
  readonly id: number
  readonly entryNumber: string | null
  readonly filedOn: string
  /** Null: only the day is known, no time is shown. */
  readonly filedAt: Date | null
  readonly code: string | null
  readonly description: string
  readonly text: string
  readonly status: EntryStatus
  readonly lastActivityAt: Date
  /** What the latest correction changed; empty when never corrected. */
  readonly corrections: readonly FieldChange<ToldField>[]
  readonly explanation: { readonly title: string; readonly explanation: string } | null
}

export interface EventView {
  readonly id: number
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly kind: string
  readonly place: string | null
  readonly judge: string | null
  readonly status: EventStatus
}

/** As the page of a case's events shows it. */
export interface ScheduledEventView extends EventView {
  /** When it was to start before it was moved last; null when it never was. */
  readonly movedFrom: Date | null
}

export interface PaymentView {
  readonly plan: string
  readonly person: string
  readonly dueOn: string
  readonly amountDueCents: number
  readonly pastDueCents: number
  readonly status: PaymentStatus
}

export interface CaseView {
  readonly number: string
  readonly court: CourtView
  readonly caption: string
  readonly caseType: string
  readonly caseTypeName: string
  readonly filedOn: string | null
  readonly status: CaseStatus
  readonly judge: string | null
  readonly lastActivityAt: Date | null
  readonly counts: { readonly entries: number; readonly parties: number; readonly events: number; readonly payments: number }
  readonly nextEvent: EventView | null
  /** Null: it can be tracked. Otherwise the one plain sentence that says why not (A5). */
  readonly untrackable: string | null
  /** True where the number alone does not name one public case: then its address needs `?court=`. */
  readonly needsCourt: boolean
}

/** `choice`: several public cases bear the number (A3). */
export type CaseAnswer =
  | { readonly kind: 'case'; readonly case: CaseView; readonly newestEntries: readonly EntryView[] }
  | { readonly kind: 'choice'; readonly number: string; readonly cases: readonly CaseSummary[] }

export interface DocketPage {
  readonly entries: readonly EntryView[]
  readonly total: number
  readonly page: number
  readonly pageCount: number
}

/** What confirming one request brings (C2, B8). */
export interface ConfirmableView {
  readonly caseNumber: string
  /** The address tracks the case already, and only the options become other ones. */
  readonly isChange: boolean
  readonly options: NoticeOptions
  /** The last digits of the phone that texts were asked for; null where none were. */
  readonly phoneEnding: string | null
}

/** What a link page shows (C2, E1, E2). `caseNumber` is null for a case that is no longer public (E5). */
export type LinkView =
  | { readonly kind: 'confirm'; readonly emailAddress: string; readonly requests: readonly ConfirmableView[]; readonly isConfirmed: boolean }
  /** `isStopped`: the phone answered STOP, so no text comes before its START (E6). */
  | { readonly kind: 'confirmText'; readonly caseNumber: string; readonly phoneEnding: string; readonly isConfirmed: boolean; readonly isStopped: boolean }
  /** A request of a case that cannot be tracked any more, and why (A5). */
  | { readonly kind: 'untrackable'; readonly sentence: string }
  /** G1: an account that waits to be confirmed. */
  | { readonly kind: 'register'; readonly emailAddress: string; readonly isConfirmed: boolean }
  | { readonly kind: 'resetPassword' }
  /** G1: the new address of an account, which changes when it is confirmed. */
  | { readonly kind: 'changeAddress'; readonly emailAddress: string; readonly isConfirmed: boolean }
  | { readonly kind: 'stop'; readonly caseNumber: string | null }
  | { readonly kind: 'stopListed' }
  | { readonly kind: 'stopAll' }
  /** G7: one watch, named unless it is gone, or all of an account. */
  | { readonly kind: 'stopWatch'; readonly isAll: boolean; readonly name: string | null }
  | { readonly kind: 'invalid' }

/** How texts of a tracked case stand (E8). `changing`: they go to one phone while another waits to be verified. */
export type TextNotices = 'on' | 'changing' | 'waiting' | 'off' | 'stoppedByReply'

export interface TrackedCaseView {
  readonly caseNumber: string
  readonly caseAddress: string
  readonly caption: string
  readonly isClosed: boolean
  /** Null where the court sends no texts (I3). */
  readonly texts: TextNotices | null
  /** The last digits of the phone that this is said of; null where there is none. */
  readonly phoneEnding: string | null
  readonly options: NoticeOptions
  /** Why nothing comes for it any more: its court or its type of case takes no part (A5); null where notices come. */
  readonly untold: string | null
  /** Addresses of the stop page, the choice set; the last part of the address is the token. */
  readonly stopAddress: string
  readonly stopTextAddress: string
}

export type ReportView =
  | { readonly kind: 'report'; readonly emailAddress: string; readonly cases: readonly TrackedCaseView[]; readonly stopAllAddress: string; readonly stopAllTextAddress: string }
  | { readonly kind: 'invalid' }
