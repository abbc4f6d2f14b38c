import { and, asc, eq, inArray } from 'drizzle-orm'
import { cases, docketEntries, subscriptions } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { displayText } from '../../contract/display-text.ts'
import type { MyCasesCounts, MyCasesExport, MyCasesFilter, MyCasesPage, MyCasesQuery, MyCasesSort, MyCaseView } from '../../contract/my-cases-view.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { courtView } from '../cases/summarise-cases.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import { textNoticesAmong } from '../tracking/text-notices.ts'
import { readInPieces } from './read-in-pieces.ts'
import { readMyCases, type CasesOwner, type MyCaseRow } from './read-my-cases.ts'

const pageSize = 50

/**
 * G2: a page of what an account tracks or stopped, with the counts of all of it. Cases that are not public are in none of it (A6),
 * nor is what is sealed (A9). The number of looks at the database is the same however many cases there are.
 */
export async function listMyCases(reading: Reading, profile: CourtProfile, owner: CasesOwner, query: MyCasesQuery): Promise<MyCasesPage> {
  const { rows, since, seenThrough } = await readMyCases(reading, profile, owner, query.since)
  const listed = rows.filter((row) => isAmong(row, query.filter) && holds(row, query.q)).sort(orders[query.sort])
  const pageCount = Math.max(1, Math.ceil(listed.length / pageSize))
  const page = Math.min(query.page, pageCount)
  const shown = listed.slice((page - 1) * pageSize, page * pageSize)
  return {
    cases: await viewsOf(reading, profile, shown, await lastEntriesOf(reading, shown.map(({ subscription }) => subscription.caseId))), counts: countsOf(rows), total: listed.length, page, pageCount, now: reading.now, since, seenThrough,
  }
}

/**
 * The same without pages, as a list to keep: these of the cases, stopped ones too, or what the query finds; without either all that is
 * tracked, by case number. Refuses `notFound` where one that is named is somebody else's or not public.
 */
export async function listAllMyCases(reading: Reading, profile: CourtProfile, owner: CasesOwner, { ids = [], query }: MyCasesExport = {}): Promise<MyCaseView[]> {
  const wanted = new Set(ids)
  const { rows } = await readMyCases(reading, profile, owner, query?.since ?? null)
  const listed = wanted.size > 0
    ? rows.filter(({ subscription }) => wanted.has(subscription.id))
    : rows.filter((row) => isAmong(row, query?.filter ?? 'all') && holds(row, query?.q ?? ''))
  if (wanted.size > 0 && listed.length !== wanted.size) throw new Refusal('notFound', 'Not found.')
  return viewsOf(reading, profile, listed.sort(orders[query?.sort ?? 'number']))
}

/** One of them; undefined where it is somebody else's or its case is not public. */
export async function findMyCase(reading: Reading, profile: CourtProfile, owner: CasesOwner, subscription: number): Promise<MyCaseView | undefined> {
  const { rows } = await readMyCases(reading, profile, owner, null, eq(subscriptions.id, subscription))
  return (await viewsOf(reading, profile, rows))[0]
}

function isAmong({ subscription: { emailState }, case: { status }, isNew, hearingsSoon }: MyCaseRow, filter: MyCasesFilter): boolean {
  if (filter === 'stopped') return emailState === 'stopped'
  if (emailState === 'stopped') return false
  switch (filter) {
    case 'all': return true
    case 'changed': return isNew
    case 'hearing': return hearingsSoon > 0
    case 'paused': return emailState === 'paused'
    case 'closed': return status === 'closed'
  }
}

function countsOf(rows: readonly MyCaseRow[]): MyCasesCounts {
  const of = (filter: MyCasesFilter): number => rows.filter((row) => isAmong(row, filter)).length
  const all = rows.filter((row) => isAmong(row, 'all'))
  return {
    all: all.length, changed: of('changed'), hearing: of('hearing'), paused: of('paused'), closed: of('closed'), stopped: of('stopped'),
    pending: all.filter(({ subscription }) => subscription.emailState === 'pending').length,
    hearings: all.reduce((sum, { hearingsSoon }) => sum + hearingsSoon, 0),
  }
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Whether number, caption and note have all of these words, in any order and spelling of capitals and accents. */
function holds({ case: { number, caption }, subscription }: MyCaseRow, typed: string): boolean {
  const key = caseNumberKey(typed)
  if (key !== '' && caseNumberKey(number).includes(key)) return true
  const text = folded(`${number} ${caption} ${subscription.note}`)
  return folded(typed).split(/\s+/).every((word) => text.includes(word))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byNumber = (a: MyCaseRow, b: MyCaseRow): number => compare(a.case.number, b.case.number) || compare(a.court.code, b.court.code)
/** What is absent comes last either way. */
const newestFirst = (a: Date | null, b: Date | null): number => (b?.getTime() ?? -Infinity) === (a?.getTime() ?? -Infinity) ? 0 : (b?.getTime() ?? -Infinity) - (a?.getTime() ?? -Infinity)
const soonestFirst = (a: Date | undefined, b: Date | undefined): number => (a?.getTime() ?? Infinity) === (b?.getTime() ?? Infinity) ? 0 : (a?.getTime() ?? Infinity) - (b?.getTime() ?? Infinity)
const orders: Readonly<Record<MyCasesSort, (a: MyCaseRow, b: MyCaseRow) => number>> = {
  activity: (a, b) => newestFirst(a.case.lastActivityAt, b.case.lastActivityAt) || byNumber(a, b),
  number: byNumber,
  type: (a, b) => compare(a.typeName, b.typeName) || byNumber(a, b),
  court: (a, b) => compare(a.court.shortName, b.court.shortName) || byNumber(a, b),
  next: (a, b) => soonestFirst(a.nextEvent?.startsAt, b.nextEvent?.startsAt) || byNumber(a, b),
}

/** With one look, what the newest entries of these cases say, by the case; none that is sealed (A9). */
async function lastEntriesOf({ tx }: Reading, caseIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await tx.select({ caseId: docketEntries.caseId, description: docketEntries.description }).from(docketEntries)
    .innerJoin(cases, and(eq(cases.id, docketEntries.caseId), eq(cases.lastActivityAt, docketEntries.lastActivityAt)))
    .where(and(inArray(docketEntries.caseId, [...caseIds]), eq(docketEntries.security, 'public'))).orderBy(asc(docketEntries.id))
  return new Map(rows.map(({ caseId, description }) => [caseId, description]))
}

async function viewsOf(
  reading: Reading, profile: CourtProfile, rows: readonly MyCaseRow[], lastEntries: ReadonlyMap<number, string> = new Map(),
): Promise<MyCaseView[]> {
  const chosen = new Map((await readInPieces(rows.map(({ subscription }) => subscription.id), (some) => reading.tx.select().from(subscriptions).where(inArray(subscriptions.id, some))))
    .map((subscription) => [subscription.id, subscription]))
  const textsOf = await textNoticesAmong(reading, [...chosen.values()])
  const addressOf = await addressesOfCases(reading, rows.map((row) => ({ number: row.case.number, court: row.court.code })))
  return rows.flatMap((row) => {
    const subscription = chosen.get(row.subscription.id)
    if (!subscription) return []
    const { case: { number, caption, caseType, status, lastActivityAt }, court, typeName, nextEvent, isNew } = row
    const { id, note, entryChoice, eventTenDays, eventTwoDays, paymentTwoDays } = subscription
    return [{
      subscription: id,
      number: displayText(number),
      court: courtView(court),
      caption: displayText(caption),
      caseTypeName: displayText(typeName),
      status,
      address: addressOf({ number, court: court.code }),
      lastActivityAt,
      lastEntry: displayText(lastEntries.get(subscription.caseId) ?? null),
      nextEvent: nextEvent && { startsAt: nextEvent.startsAt, kind: displayText(nextEvent.kind) },
      note: displayText(note),
      entryChoice,
      options: { eventTenDays, eventTwoDays, paymentTwoDays },
      state: stateOf(subscription),
      ...(profile.policy.texts === 'off' ? { texts: null, phoneEnding: null } : textsOf(subscription)),
      isNew,
      untold: whyUntrackable(profile, court, caseType)?.sentence ?? null,
    }]
  })
}

const stateOf = ({ emailState, pausedBecause, pausedUntil }: typeof subscriptions.$inferSelect): MyCaseView['state'] =>
  emailState === 'paused' ? { kind: 'paused', because: pausedBecause ?? 'asked', until: pausedUntil } : { kind: emailState }
