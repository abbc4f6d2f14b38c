import { Temporal } from 'temporal-polyfill'

/**
 * The first moment of a day at which the clock on the wall of the zone shows that time or a later one: where the clock is
 * put back and shows a time twice, the first; where it is put forward over a time, the moment at which it is.
 */
export function momentOnWall(day: string, plainTime: string, timeZone: string): Date {
  const wanted = Temporal.PlainDateTime.from(`${day}T${plainTime}`)
  // For a time that is passed over, this is a moment before the clock is put forward.
  const moment = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  if (moment.toPlainDateTime().equals(wanted)) return new Date(moment.epochMilliseconds)
  return new Date((moment.getTimeZoneTransition('next') ?? moment).epochMilliseconds)
}
