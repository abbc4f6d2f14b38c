import { count, desc } from 'drizzle-orm'
import { cases, digestRuns, docketChanges, historyImports, scheduledEvents, scheduledPayments } from '../../../db/schema.ts'
import type { Bounded, FeedView } from '../../contract/operator-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { findWaitingEvening } from '../digest/evening-holds.ts'
import { findDueEvening } from '../digest/find-due-evening.ts'
import { isUntaken } from '../digest/take-changes.ts'

const mostCounted = 10_000
const listedImports = 20

/** How far behind the feed and the evenings are (I5), and which imports of history there were (I7). */
export async function readFeedLag(reading: Reading, profile: CourtProfile, graceMinutes: number): Promise<FeedView> {
  const { tx } = reading
  const untaken = await countUntaken(reading)
  const [last] = await tx.select({ day: digestRuns.day, startedAt: digestRuns.startedAt }).from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  return {
    lastTakenAt: await findLastTaken(reading),
    untaken,
    lastEvening: last ?? null,
    dueEvening: await findUnheld(reading, profile, { lastDay: last?.day ?? null, hasChanges: untaken.count > 0, graceMinutes }),
    waitingEvening: await findWaitingEvening(reading) ?? null,
    historyImports: await tx.select().from(historyImports).orderBy(desc(historyImports.id)).limit(listedImports),
  }
}

/** Whether an evening that should have been held was not, for longer than the grace: what a monitor is to call for. */
export async function isEveningOverdue(reading: Reading, profile: CourtProfile, graceMinutes: number): Promise<boolean> {
  const [last] = await reading.tx.select({ day: digestRuns.day }).from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  const [change] = await reading.tx.select({ id: docketChanges.id }).from(docketChanges).where(isUntaken).limit(1)
  const due = await findUnheld(reading, profile, { lastDay: last?.day ?? null, hasChanges: change !== undefined, graceMinutes })
  return due?.isLate === true
}

/** One look-up a table: the row that came last. */
async function findLastTaken({ tx }: Reading): Promise<Date | null> {
  const [change] = await tx.select({ at: docketChanges.recordedAt }).from(docketChanges).orderBy(desc(docketChanges.id)).limit(1)
  const [ofCase] = await tx.select({ at: cases.recordedAt }).from(cases).orderBy(desc(cases.id)).limit(1)
  const [event] = await tx.select({ at: scheduledEvents.recordedAt }).from(scheduledEvents).orderBy(desc(scheduledEvents.id)).limit(1)
  const [payment] = await tx.select({ at: scheduledPayments.recordedAt }).from(scheduledPayments).orderBy(desc(scheduledPayments.id)).limit(1)
  const all = [change, ofCase, event, payment].flatMap((one) => (one ? [one.at.getTime()] : []))
  return all.length === 0 ? null : new Date(Math.max(...all))
}

async function countUntaken({ tx }: Reading): Promise<Bounded> {
  const some = tx.select({ id: docketChanges.id }).from(docketChanges).where(isUntaken).limit(mostCounted).as('some')
  const [row] = await tx.select({ count: count() }).from(some)
  const found = row?.count ?? 0
  return { count: found, isExact: found < mostCounted }
}

async function findUnheld(
  reading: Reading, profile: CourtProfile,
  { lastDay, hasChanges, graceMinutes }: { readonly lastDay: string | null; readonly hasChanges: boolean; readonly graceMinutes: number },
): Promise<FeedView['dueEvening']> {
  const due = await findDueEvening(reading, profile)
  // An evening with nothing to tell after an earlier run of its day leaves no run behind.
  if (!due || (lastDay === due.day && !hasChanges)) return null
  return { ...due, isLate: reading.now.getTime() - due.dueAt.getTime() > graceMinutes * 60_000 }
}
