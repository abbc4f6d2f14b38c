import { desc } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { eveningDueAt, isEveningDay } from '../hours/evening-days.ts'
import { isOpen } from '../hours/service-hours.ts'

export interface DueEvening {
  readonly day: string
  /** When it became due. */
  readonly dueAt: Date
}

/**
 * The latest evening that is due by the profile's digest hour and days and that no run has begun since (F9): a run of
 * earlier that day does not stand for it. Undefined when none is, and while the service is closed (I4).
 */
export async function findDueEvening(
  { tx, now }: Reading, profile: Pick<CourtProfile, 'timeZone' | 'digest' | 'serviceHours'>,
): Promise<DueEvening | undefined> {
  if (!isOpen(now, profile)) return undefined
  const dueAt = (day: string): Date => eveningDueAt(day, profile)
  const today = dayOf(now, profile.timeZone)
  let day = today
  // Digest days come round within a week, holidays in a row are few.
  for (let back = 0; back < 60 && (!isEveningDay(day, profile) || dueAt(day) > now); back++) day = addDays(day, -1)
  const [last] = await tx.select({ day: digestRuns.day, startedAt: digestRuns.startedAt }).from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  // Before the first evening of all there is nothing to make up for.
  if (!last) return day === today && isEveningDay(day, profile) && dueAt(day) <= now ? { day, dueAt: dueAt(day) } : undefined
  return day >= last.day && last.startedAt < dueAt(day) ? { day, dueAt: dueAt(day) } : undefined
}
