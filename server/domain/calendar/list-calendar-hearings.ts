import { and, asc, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import { cases, scheduledEvents, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { isTracking } from '../tracking/is-tracking.ts'
import { calendarHearing, type CalendarHearing } from './calendar-hearing.ts'

const mostAhead = 2_000
const mostPast = 200
const pastDays = 180

/**
 * The public hearings of all public cases that a subscriber tracks, cancelled ones included (G5): as notices bring them, so that a calendar keeps
 * one entry of each. The next 2,000 ahead, and 200 of the last 180 days.
 */
export async function listCalendarHearings(reading: Reading, origin: string, subscriberId: number): Promise<CalendarHearing[]> {
  const { tx, now } = reading
  const hearings = (when: SQL | undefined) => tx.select({ event: scheduledEvents, number: cases.number, court: cases.court }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(scheduledEvents, and(eq(scheduledEvents.caseId, cases.id), eq(scheduledEvents.security, 'public'), when))
    .where(and(eq(subscriptions.subscriberId, subscriberId), isTracking))
  const since = new Date(now.getTime() - pastDays * 86_400_000)
  const past = await hearings(and(gte(scheduledEvents.startsAt, since), lt(scheduledEvents.startsAt, now)))
    .orderBy(desc(scheduledEvents.startsAt), desc(scheduledEvents.id)).limit(mostPast)
  const ahead = await hearings(gte(scheduledEvents.startsAt, now)).orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id)).limit(mostAhead)
  const found = [...past.reverse(), ...ahead]
  const pathOf = await addressesOfCases(reading, found)
  return found.map(({ event, number, court }) => calendarHearing(origin, number, origin + pathOf({ number, court }, 'events'), event))
}
