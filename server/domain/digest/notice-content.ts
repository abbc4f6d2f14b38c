import { dayOf, formatDay, formatInstant } from '../../contract/court-time.ts'
import type { CaseStatus, ChangeKind, EntryStatus, FieldChange } from '../../contract/vocabulary.ts'
import type { NoticeContent, NoticeEntry, ToldFact } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import type { ToldHearing, ToldInstalment } from './mention-words.ts'
import { sumUp } from './sum-up.ts'

export interface ToldCase {
  readonly number: string
  readonly caption: string
  readonly courtName: string
  readonly timeZone: string
  readonly status: CaseStatus
  /** The path of its page. */
  readonly path: string
}

/** One change with the entry as it stands now; `entry` is null for a case that was opened again. */
export interface ToldChange {
  readonly id: number
  readonly kind: ChangeKind
  readonly fields: readonly FieldChange[] | null
  readonly recordedAt: Date
  readonly entry: {
    readonly id: number
    readonly filedOn: string
    readonly filedAt: Date | null
    readonly code: string | null
    readonly description: string
    readonly text: string
    readonly status: EntryStatus
    readonly lastActivityAt: Date
  } | null
}

// Past this many entries, or this much text, the rest is a count and a link (F12, look.md).
const maxEntries = 25
const maxTextBytes = 28_000
const maxEntryText = 4_000
const maxQuoted = 300
const maxHearings = 25
const maxPayments = 25

/** What a notice tells beside the docket. */
export interface Mentions {
  readonly hearings: readonly ToldHearing[]
  readonly payments: readonly ToldInstalment[]
  /** Of a pause (G4). */
  readonly missed: readonly ToldFact[]
}
const noMentions: Mentions = { hearings: [], payments: [], missed: [] }

/**
 * What a notice says of one case: events and payments due or changed (F5, F6), and these changes of its docket, oldest
 * first (F3, F4): each entry once, as it stands, marked by the most telling of what happened; more than the profile's
 * brake as a count only (I7); several days said so (F9). Only number and link where the court wants no more (I3).
 * Undefined when nothing of it can be told.
 */
export function noticeContent(
  site: Site, day: string, told: ToldCase, changes: readonly ToldChange[], { hearings, payments, missed }: Mentions = noMentions,
): NoticeContent | undefined {
  const { policy, brakes } = site.profile
  const entries = entriesOf(changes, told.timeZone)
  // One that was closed again since is not told as open.
  const isReopened = told.status === 'open' && changes.some((change) => change.kind === 'reopened')
  const facts = [...factsOf(site, entries, isReopened, changes), ...hearings.map(({ fact }) => fact), ...payments.map(({ fact }) => fact), ...missed]
  if (facts.length === 0) return undefined
  const isNeutral = policy.noticeDetail === 'caseNumber'
  const { subject, ...summed } = sumUp(told.number, day, facts, isNeutral)
  const frame = {
    ...messageFrame(site, subject),
    kind: 'notice' as const,
    caseNumber: told.number,
    courtName: told.courtName,
    caseAddress: site.origin + told.path,
    ...summed,
  }
  if (isNeutral) return { ...frame, caption: '', told: facts.map(withoutWords), entries: [], more: 0, isNeutral }
  const shown = entries.length > brakes.noticeChanges ? [] : cut(entries)
  return {
    ...frame,
    caption: told.caption,
    told: facts,
    ...(hearings.length > 0 && { hearings: hearings.slice(0, maxHearings).map((one) => one.shown) }),
    ...(payments.length > 0 && { payments: payments.slice(0, maxPayments).map((one) => one.shown) }),
    entries: shown,
    more: entries.length - shown.length,
  }
}

/** What is not told is not kept to be told either. */
const withoutWords = (fact: ToldFact): ToldFact =>
  ('words' in fact ? { ...fact, words: '', manyWords: '', alone: '' } : 'sentence' in fact ? { ...fact, sentence: '' } : fact)

function factsOf({ profile }: Site, entries: readonly NoticeEntry[], isReopened: boolean, changes: readonly ToldChange[]): ToldFact[] {
  const own = Map.groupBy(changes, (change) => change.entry?.id ?? null)
  const daysOf = (entryId: number | null): string[] => {
    const days = (own.get(entryId) ?? []).map((change) => dayOf(change.recordedAt, profile.timeZone)).sort()
    return [...new Set([...days.slice(0, 1), ...days.slice(-1)])]
  }
  return [
    ...entries.map(({ entryId, mark }) => ({ entryId, mark, days: daysOf(entryId) })),
    ...(isReopened ? [{ entryId: null, mark: 'Reopened' as const, days: daysOf(null) }] : []),
  ]
}

function entriesOf(changes: readonly ToldChange[], timeZone: string): NoticeEntry[] {
  const byEntry = new Map<number, { entry: NonNullable<ToldChange['entry']>; changes: ToldChange[] }>()
  for (const change of changes) {
    if (!change.entry) continue
    const known = byEntry.get(change.entry.id)
    if (known) known.changes.push(change)
    else byEntry.set(change.entry.id, { entry: change.entry, changes: [change] })
  }
  return [...byEntry.values()]
    .sort((a, b) => compare(b.entry.filedOn, a.entry.filedOn)
      || (b.entry.filedAt?.getTime() ?? 0) - (a.entry.filedAt?.getTime() ?? 0) || b.entry.id - a.entry.id)
    .flatMap(({ entry, changes: own }): NoticeEntry[] => {
      const mark = markOf(entry.status, own)
      const corrections = mark === 'New' ? [] : correctionsOf(own, timeZone)
      if (isAsBefore(mark, own, timeZone)) return []
      return [{
        entryId: entry.id,
        mark,
        title: entry.description,
        filed: entry.filedAt ? formatInstant(entry.filedAt, timeZone) : formatDay(entry.filedOn),
        text: entry.text.length > maxEntryText ? `${entry.text.slice(0, maxEntryText).trimEnd()}… (the rest is on the case page)` : entry.text,
        changes: corrections,
        lastActivity: formatInstant(entry.lastActivityAt, timeZone),
      }]
    })
}

/** Changed and changed back, voided and restored: nothing differs from what was known. */
export const isAsBefore = (mark: NoticeEntry['mark'], own: readonly Pick<ToldChange, 'fields'>[], timeZone: string): boolean =>
  mark === 'Corrected' && own.every(({ fields }) => (fields ?? []).length > 0) && correctionsOf(own, timeZone).length === 0

/** The most telling of what happened (F4): voided, else new, else corrected. */
export function markOf(status: EntryStatus, own: readonly Pick<ToldChange, 'kind'>[]): NoticeEntry['mark'] {
  const happened = new Set(own.map((change) => change.kind))
  if (status === 'voided' && (happened.has('voided') || happened.has('added'))) return 'Voided'
  return happened.has('added') ? 'New' : 'Corrected'
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** From what it was before the first of them to what it is after the last. */
function correctionsOf(changes: readonly Pick<ToldChange, 'fields'>[], timeZone: string): string[] {
  const net = new Map<FieldChange['field'], { from: string; to: string }>()
  for (const { fields } of changes) {
    for (const { field, from, to } of fields ?? []) net.set(field, { from: net.get(field)?.from ?? from, to })
  }
  return [...net].filter(([, { from, to }]) => from !== to).flatMap(([field, { from, to }]) => {
    switch (field) {
      case 'filedAt': return [`Filed ${moment(to, timeZone)} (was ${moment(from, timeZone)}).`]
      case 'code': return [`Code ${quote(to)} (was ${quote(from)}).`]
      case 'description': return [`Description was ${quote(from)}.`]
      case 'text': return [`Text was ${quote(from)}.`]
      case 'status': return to === 'active' ? ['This entry was voided before and counts again.'] : []
      // Of events only.
      case 'startsAt':
      case 'place': return []
    }
  })
}

const quote = (text: string): string =>
  text === '' ? 'empty' : `“${text.length > maxQuoted ? `${text.slice(0, maxQuoted).trimEnd()}…` : text}”`

const moment = (value: string, timeZone: string): string =>
  value.length === 10 ? formatDay(value) : formatInstant(new Date(value), timeZone)

function cut(entries: readonly NoticeEntry[]): NoticeEntry[] {
  const shown: NoticeEntry[] = []
  let bytes = 0
  for (const entry of entries.slice(0, maxEntries)) {
    bytes += markupBytes(entry.title) + markupBytes(entry.text) + entry.changes.reduce((sum, change) => sum + markupBytes(change), 0)
    if (bytes > maxTextBytes && shown.length > 0) break
    shown.push(entry)
  }
  return shown
}

/** What a text takes in the mail, escaped. */
const markupBytes = (text: string): number => Buffer.byteLength(text) + 5 * (text.match(/[&<>"'\n]/g)?.length ?? 0)
