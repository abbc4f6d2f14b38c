import type { CaseStatus, EntryStatus, EventStatus, PaymentStatus, Security } from './vocabulary.ts'

// What every reader of records (ndjson feed, csv, pacer-rss, juriscraper, courtlistener) turns its input into: the feed's own
// JSON shapes of contract.md section 4, checked, with absent optional fields left out.

export interface PartyRecord {
  readonly name: string
  readonly role: string
  readonly attorney?: string
}

/** A case. Absent optional fields mean "not said": an update keeps what is known, a first arrival takes the default. */
export interface CaseRecord {
  readonly type: 'case'
  readonly number: string
  readonly court: string | null
  readonly caption: string
  readonly caseType?: string
  /** `YYYY-MM-DD`. */
  readonly filedOn?: string
  readonly status?: CaseStatus
  readonly security?: Security
  readonly judge?: string
  readonly parties?: readonly PartyRecord[]
  readonly formerNumber?: string
  /** The caption is made from something else, so that one that is known says more. */
  readonly isCaptionGuessed?: boolean
}

export interface DocketEntryRecord {
  readonly type: 'docketEntry'
  readonly case: string
  readonly court: string | null
  /** Unique within its case. */
  readonly id: string
  /** The number that the docket itself shows for the entry, where it has one. */
  readonly entryNumber?: string
  /** An ISO instant with offset, or `YYYY-MM-DD`: then no time is shown. */
  readonly filedAt: string
  readonly code?: string
  readonly description: string
  readonly text?: string
  readonly status?: EntryStatus
  readonly security?: Security
  /** When its source last changed it, an ISO instant: what is older than the version that is known brings nothing back. */
  readonly modifiedAt?: string
}

export interface EventRecord {
  readonly type: 'event'
  readonly case: string
  readonly court: string | null
  readonly id: string
  /** ISO instants with offset. */
  readonly startsAt: string
  readonly endsAt?: string | null
  readonly kind: string
  readonly place?: string
  readonly judge?: string
  readonly status?: EventStatus
  readonly security?: Security
}

export interface PaymentRecord {
  readonly type: 'payment'
  readonly case: string
  readonly court: string | null
  readonly plan: string
  readonly person: string
  /** `YYYY-MM-DD`. */
  readonly dueOn: string
  /** Whole cents. */
  readonly amountDueCents: number
  readonly pastDueCents: number
  readonly status?: PaymentStatus
}

export interface CaseRemovedRecord {
  readonly type: 'caseRemoved'
  readonly number: string
  readonly court: string | null
}

/** A court that an import names and the profile may not list (I3); sent by a reader before the court's records. */
export interface CourtRecord {
  readonly type: 'court'
  readonly code: string
  readonly name: string
  readonly timeZone: string
}

export type FeedRecord =
  | CaseRecord | DocketEntryRecord | EventRecord | PaymentRecord | CaseRemovedRecord | CourtRecord

/**
 * One reading: a record, or the reason why the source's record was refused. `line` counts from 1 in a line-based
 * source; in others it is the record's place in the file. One source record may read as several of ours: those
 * share its line, and only the ones with `counts` are counted in the report.
 */
export type Reading =
  | { readonly line: number; readonly record: FeedRecord; readonly counts: boolean }
  | { readonly line: number; readonly reason: string }

/** The answer of the feed and of `ttc import` (contract.md section 4). */
export interface FeedReport {
  accepted: number
  unchanged: number
  rejected: { line: number; reason: string }[]
  changes: { added: number; updated: number; voided: number }
}
