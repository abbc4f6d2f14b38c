import { desc } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

const minutesIn = (instant: Date, timeZone: string): number => {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant).split(':').map(Number)
  return hour * 60 + minute
}

/**
 * The evening that is due by the profile's digest hour and days and was not held yet: the latest one, which makes up for
 * those before it (F9). Undefined when none is.
 */
export async function findDueEvening({ tx, now }: Reading, { timeZone, digest }: Pick<CourtProfile, 'timeZone' | 'digest'>): Promise<string | undefined> {
  const today = dayOf(now, timeZone)
  const isPast = minutesIn(now, timeZone) >= digest.hour * 60
  let day = isPast ? today : addDays(today, -1)
  for (let back = 0; back < 7 && !digest.days.includes(weekdayOf(day)); back++) day = addDays(day, -1)
  const [last] = await tx.select({ day: digestRuns.day }).from(digestRuns).orderBy(desc(digestRuns.day)).limit(1)
  // Before the first evening of all there is nothing to make up for.
  if (!last) return isPast && day === today ? day : undefined
  return day > last.day ? day : undefined
}

/** ISO: Monday is 1, Sunday 7. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
