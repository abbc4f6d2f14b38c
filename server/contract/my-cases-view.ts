import { z } from 'zod'
import { isDay } from './court-time.ts'
import { entryChoices, stopChoices, type CaseStatus, type EntryChoice, type NoticeOptions, type PauseReason } from './vocabulary.ts'
import type { CourtView, TextNotices } from './views.ts'

// G2: what My Cases asks and shows.

export const myCasesFilters = ['all', 'changed', 'hearing', 'paused', 'closed', 'stopped'] as const
export type MyCasesFilter = (typeof myCasesFilters)[number]

export const myCasesSorts = ['activity', 'number', 'type', 'court', 'next'] as const
export type MyCasesSort = (typeof myCasesSorts)[number]

export const mostChosenCases = 1_000
export const longestNote = 500
/** A hearing is soon for so many days before. */
export const soonDays = 7
export const longestPauseDays = 366

/** The query of the page; what is none of ours counts as not said. */
export const myCasesQuery = z.object({
  q: z.string().trim().max(200).default('').catch(''),
  filter: z.enum(myCasesFilters).default('all').catch('all'),
  sort: z.enum(myCasesSorts).default('activity').catch('activity'),
  page: z.coerce.number().int().min(1).max(9_999).default(1).catch(1),
  /** What was seen before this visit, as the page's own links say it, so that what is new stays marked while it lasts. */
  since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable().default(null).catch(null),
})
export type MyCasesQuery = z.infer<typeof myCasesQuery>

/** The page's address for what it asks; what goes without saying is left out. */
export function myCasesAddress({ q = '', filter = 'all', sort = 'activity', page = 1, since = null }: Partial<MyCasesQuery>): string {
  const query = new URLSearchParams({
    ...(q !== '' && { q: q.toWellFormed() }), ...(filter !== 'all' && { filter }), ...(sort !== 'activity' && { sort }),
    ...(page !== 1 && { page: String(page) }), ...(since !== null && { since: String(since) }),
  })
  return query.size === 0 ? '/my-cases' : `/my-cases?${query}`
}

/** How e-mail of a case stands. */
export type MyCaseState =
  | { readonly kind: 'pending' }
  | { readonly kind: 'active' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'paused'; readonly because: PauseReason; readonly until: string | null }

export interface MyCaseView {
  readonly subscription: number
  readonly number: string
  readonly court: CourtView
  readonly caption: string
  readonly caseTypeName: string
  readonly status: CaseStatus
  readonly address: string
  readonly lastActivityAt: Date | null
  /** What the entry says that was active last; null where it is not to be seen, and in lists to keep. */
  readonly lastEntry: string | null
  readonly nextEvent: { readonly startsAt: Date; readonly kind: string } | null
  readonly note: string
  readonly entryChoice: EntryChoice
  readonly options: NoticeOptions
  readonly state: MyCaseState
  /** Null where the court sends no texts (I3). */
  readonly texts: TextNotices | null
  readonly phoneEnding: string | null
  /** Something of it changed since it was last looked at. */
  readonly isNew: boolean
  /** Why nothing comes for it any more (A5); null where notices come. */
  readonly untold: string | null
}

export interface MyCasesCounts extends Readonly<Record<MyCasesFilter, number>> {
  /** Of `all`, those that wait to be confirmed. */
  readonly pending: number
  /** Hearings, not cases, of the next days. */
  readonly hearings: number
}

export interface MyCasesPage {
  readonly cases: readonly MyCaseView[]
  readonly counts: MyCasesCounts
  readonly total: number
  readonly page: number
  readonly pageCount: number
  readonly now: Date
  /** What counts as seen before this visit. */
  readonly since: number
  /** The newest change that this page could know of. */
  readonly seenThrough: number
}

const id = z.number().int().min(1)
const ids = z.array(id).min(1).max(mostChosenCases)

export const oneOfMyCases = z.object({ id })
export const someOfMyCases = z.object({ ids })

/** A note as typed: in one line, and no longer than there is room for. */
export const note = z.string().max(2_000).transform((typed) => typed.replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, longestNote).toWellFormed().trim())

/** What the file holds: the cases that are named, or those that the page's query finds. */
export const myCasesExport = z.object({ ids: z.array(id).max(mostChosenCases).optional(), query: myCasesQuery.optional() }).default({})
export type MyCasesExport = z.infer<typeof myCasesExport>

/** What is left out stays as it is. */
export const myCasesOptions = z.object({
  ids,
  options: z.object({ eventTenDays: z.boolean(), eventTwoDays: z.boolean(), paymentTwoDays: z.boolean() }).optional(),
  entryChoice: z.enum(entryChoices).optional(),
  note: note.optional(),
})
export const myCasesPause = z.object({ ids, until: z.string().refine(isDay).nullable() })
export const myCasesStop = z.object({ ids, choice: z.enum(stopChoices) })
export const myCasesTrack = z.object({ number: z.string().max(200), court: z.string().max(200).nullable() })

export const myCasesErrors = {
  numberMissing: 'Enter a case number.',
  notFound: 'We did not find a case with this number. Check it, and that the case is not confidential.',
  courtUnknown: 'We do not know this court. Use its code or its name, after a comma.',
  untilWrong: 'Enter a day after today and within a year, or leave it empty.',
  noneChosen: 'Choose a case first: nothing was changed.',
} as const
