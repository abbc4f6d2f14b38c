import { and, desc, eq, inArray } from 'drizzle-orm'
import { downward } from '../../../db/columns.ts'
import { cases, courts, docketEntries, subscriptions } from '../../../db/schema.ts'
import { caseAddress, docketFeedAddress } from '../../contract/case-address.ts'
import { displayText } from '../../contract/display-text.ts'
import { formatDay, formatInstant } from '../../contract/court-time.ts'
import { fullStop } from '../../contract/full-stop.ts'
import type { DocketFeed, DocketFeedEntry } from '../../contract/feeds-view.ts'
import type { Reading } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isTracking } from '../tracking/is-tracking.ts'
import { addressesOfCases } from './address-of-case.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

const mostEntries = 100
const longestText = 4_000

type Where = Pick<Site, 'origin' | 'profile'>

/** The 100 public entries of a public case that changed last, for a reader of feeds. Refuses as `getPublicCase` (A6, A9). */
export async function readDocketFeed(reading: Reading, { origin }: Pick<Site, 'origin'>, name: CaseName): Promise<DocketFeed> {
  const { case: one, court, needsCourt } = await getPublicCase(reading, name)
  const entries = await newestEntries(reading, [one.id])
  const pageAddress = origin + caseAddress(one.number, one.court, needsCourt, 'docket')
  return {
    id: idOf(origin, `case/${one.id}`),
    title: `Case ${displayText(one.number)}: docket entries`,
    subtitle: displayText(one.caption),
    address: origin + docketFeedAddress(one.number, one.court, needsCourt),
    pageAddress,
    author: court.name,
    updatedAt: entries[0]?.lastActivityAt ?? one.recordedAt,
    entries: entries.map((entry) => feedEntry(origin, entry, { title: '', timeZone: court.timeZone, address: pageAddress })),
  }
}

/** The same over all public cases that a subscriber tracks (G5). */
export async function readCaseFeed(
  reading: Reading, { origin, profile }: Where, { subscriberId, address }: { readonly subscriberId: number; readonly address: string },
): Promise<DocketFeed> {
  // The newest entries stand in the cases that changed last.
  const tracked = await reading.tx.select({ id: cases.id, number: cases.number, court: cases.court, timeZone: courts.timeZone }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .where(and(eq(subscriptions.subscriberId, subscriberId), isTracking))
    .orderBy(downward(cases.lastActivityAt), desc(cases.id)).limit(mostEntries)
  const entries = await newestEntries(reading, tracked.map(({ id }) => id))
  const pathOf = await addressesOfCases(reading, tracked)
  const caseOf = new Map(tracked.map((one) => [one.id, one]))
  return {
    id: idOf(origin, `cases-of/${subscriberId}`),
    title: `${profile.serviceName}: your cases`,
    subtitle: 'New and changed docket entries of all cases that you track',
    address,
    pageAddress: `${origin}/my-cases`,
    author: profile.serviceName,
    updatedAt: entries[0]?.lastActivityAt ?? neverChanged,
    entries: entries.flatMap((entry) => {
      const one = caseOf.get(entry.caseId)
      return one ? [feedEntry(origin, entry, {
        title: `Case ${displayText(one.number)}: `, timeZone: one.timeZone, address: origin + pathOf(one, 'docket'),
      })] : []
    }),
  }
}

const neverChanged = new Date(0)

type EntryRow = typeof docketEntries.$inferSelect

async function newestEntries({ tx }: Reading, caseIds: readonly number[]): Promise<EntryRow[]> {
  if (caseIds.length === 0) return []
  return tx.select().from(docketEntries).where(and(inArray(docketEntries.caseId, [...caseIds]), eq(docketEntries.security, 'public')))
    .orderBy(desc(docketEntries.lastActivityAt), desc(docketEntries.id)).limit(mostEntries)
}

// A number may change (A9); this does not.
const idOf = (origin: string, what: string): string => `tag:${new URL(origin).hostname},2026:${what}`

interface Place {
  /** What its title begins with. */
  readonly title: string
  readonly timeZone: string
  readonly address: string
}

function feedEntry(origin: string, entry: EntryRow, { title, timeZone, address }: Place): DocketFeedEntry {
  const { id, filedAt, filedOn, description, text, status, lastActivityAt } = entry
  const isLong = text.length > longestText
  const filed = filedAt === null ? formatDay(filedOn) : formatInstant(filedAt, timeZone)
  return {
    id: idOf(origin, `entry/${id}`),
    title: `${title}${status === 'voided' ? 'Voided: ' : ''}${displayText(description).replace(/\s+/g, ' ').trim() || 'Docket entry'}`,
    text: [
      `${fullStop(`Filed ${filed}`)}${status === 'voided' ? ' This entry was voided.' : ''}`,
      ...(text === '' ? [] : [isLong ? `${displayText(text.slice(0, longestText).toWellFormed()).trimEnd()}… (the rest is on the case page)` : displayText(text)]),
    ].join('\n'),
    address,
    updatedAt: lastActivityAt,
    publishedAt: filedAt,
  }
}
