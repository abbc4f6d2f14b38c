import { addDays } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { isoWeekdayOf } from './iso-weekday-of.ts'
import { momentOnWall } from './moment-on-wall.ts'
import { isOpen } from './service-hours.ts'

type Evenings = Pick<CourtProfile, 'digest' | 'serviceHours' | 'timeZone'>

/** When the evening of that day is due: at the profile's digest hour on the court's wall. */
export const eveningDueAt = (day: string, { digest, timeZone }: Pick<Evenings, 'digest' | 'timeZone'>): Date =>
  momentOnWall(day, `${String(digest.hour).padStart(2, '0')}:00`, timeZone)

/** Whether that day has an evening (F5, I4): one of the profile's digest days, no holiday of the digest, and the service open at its hour. */
export function isEveningDay(day: string, profile: Evenings): boolean {
  const { days, holidays } = profile.digest
  return days.includes(isoWeekdayOf(day)) && !holidays.includes(day) && isOpen(eveningDueAt(day, profile), profile)
}

/** The first day after that one that has an evening. */
export function nextEveningDay(after: string, profile: Evenings): string {
  let day = addDays(after, 1)
  // A profile always has an evening in the week; holidays in a row are few.
  for (let ahead = 0; ahead < 1000; ahead++, day = addDays(day, 1)) if (isEveningDay(day, profile)) return day
  throw new Error('The court profile has no evening within 1,000 days.')
}
