import { desc } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { digestRuns } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

export interface DueEvening {
  readonly day: string
  /** When it became due. */
  readonly dueAt: Date
}

/**
 * The latest evening that is due by the profile's digest hour and days and that no run has begun since (F9): a run of
 * earlier that day does not stand for it. Undefined when none is.
 */
export async function findDueEvening({ tx, now }: Reading, { timeZone, digest }: Pick<CourtProfile, 'timeZone' | 'digest'>): Promise<DueEvening | undefined> {
  const dueAt = (day: string): Date =>
    new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour: digest.hour } }).epochMilliseconds)
  const today = dayOf(now, timeZone)
  let day = today
  for (let back = 0; back < 8 && (!digest.days.includes(weekdayOf(day)) || dueAt(day) > now); back++) day = addDays(day, -1)
  const [last] = await tx.select({ day: digestRuns.day, startedAt: digestRuns.startedAt }).from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  // Before the first evening of all there is nothing to make up for.
  if (!last) return day === today ? { day, dueAt: dueAt(day) } : undefined
  return day >= last.day && last.startedAt < dueAt(day) ? { day, dueAt: dueAt(day) } : undefined
}

/** ISO: Monday is 1, Sunday 7. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
