import { Temporal } from 'temporal-polyfill'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { isoWeekdayOf } from './iso-weekday-of.ts'
import { momentOnWall } from './moment-on-wall.ts'

type Workdays = Pick<CourtProfile, 'digest' | 'officesClosedOn' | 'timeZone'>

/** Whether the court's offices work on that day: Monday to Friday, holidays of the profile excepted. */
export const isBusinessDay = (day: string, { digest, officesClosedOn }: Workdays): boolean =>
  isoWeekdayOf(day) <= 5 && !officesClosedOn.includes(day) && !digest.holidays.includes(day)

/**
 * The moment that lies so many business days ahead: the same time of day on the last of those that follow. From a day
 * that is none it counts as from the beginning of the next one.
 */
export function businessDaysAhead(days: number, now: Date, profile: Workdays): Date {
  const { timeZone } = profile
  const next = (after: string): string => {
    let day = addDays(after, 1)
    while (!isBusinessDay(day, profile)) day = addDays(day, 1)
    return day
  }
  const today = dayOf(now, timeZone)
  const isWorkday = isBusinessDay(today, profile)
  let day = isWorkday ? today : next(today)
  for (let ahead = 0; ahead < days; ahead++) day = next(day)
  const time = isWorkday ? Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainTime().toString() : '00:00'
  return momentOnWall(day, time, timeZone)
}
