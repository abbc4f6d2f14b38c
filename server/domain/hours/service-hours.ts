import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { isoWeekdayOf } from './iso-weekday-of.ts'
import { momentOnWall } from './moment-on-wall.ts'

export type ServiceHours = Pick<CourtProfile, 'serviceHours' | 'timeZone'>

/**
 * Whether the service is open at that moment (I4): from the opening on, before the closing, on the court's wall. A closing
 * before the opening is the next day's, whatever day that is. Without service hours it is always open.
 */
export function isOpen(now: Date, profile: ServiceHours): boolean {
  if (profile.serviceHours === null) return true
  // Hours that pass midnight belong to the day on which they began.
  const today = dayOf(now, profile.timeZone)
  return [addDays(today, -1), today].some((day) => {
    const hours = hoursOf(day, profile)
    return hours !== undefined && now >= hours.opensAt && now < hours.closesAt
  })
}

/** The moment from which the service is open: that moment itself, or the next opening. */
export function opensAt(now: Date, profile: ServiceHours): Date {
  if (isOpen(now, profile)) return now
  const today = dayOf(now, profile.timeZone)
  // Some weekday has an opening, so within a week and a day there is one.
  for (let ahead = 0; ahead <= 8; ahead++) {
    const hours = hoursOf(addDays(today, ahead), profile)
    if (hours && hours.opensAt > now && hours.opensAt < hours.closesAt) return hours.opensAt
  }
  throw new Error('The service hours of the court profile never open.')
}

/** The hours that begin on that day; undefined when it has none. */
function hoursOf(day: string, { serviceHours, timeZone }: ServiceHours): { opensAt: Date; closesAt: Date } | undefined {
  if (!serviceHours?.days.includes(isoWeekdayOf(day))) return undefined
  const { open, close } = serviceHours
  return { opensAt: momentOnWall(day, open, timeZone), closesAt: momentOnWall(close < open ? addDays(day, 1) : day, close, timeZone) }
}
