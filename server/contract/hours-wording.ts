import { dayOf, formatDay, formatTime } from './court-time.ts'

// What is said of service hours (I4) and of who may track (I3).

export const serviceUnavailable = 'Sorry, the service is unavailable'

/** `Monday, November 23, 2026, at 6:00 a.m.` on the wall of the zone. */
export function momentWords(instant: Date, timeZone: string): string {
  const weekday = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long' }).format(instant)
  return `${weekday}, ${formatDay(dayOf(instant, timeZone))}, at ${formatTime(instant, timeZone)}`
}

/** The answer of what waits for service hours. Nothing typed is lost by it. */
export const serviceClosed = (opensAt: Date, timeZone: string): string =>
  `${serviceUnavailable}. It opens on ${momentWords(opensAt, timeZone)} Nothing was sent. What you typed stays as it is.`

/** The answer to an evening that is asked for outside service hours. */
export const noEveningNow = (opensAt: Date, timeZone: string): string =>
  `No evening is held outside service hours. The service opens on ${momentWords(opensAt, timeZone)}; the next evening takes all that has come.`

/** Where the court's policy lets only accounts track (I3): said alike by the form's page and by every way in. */
export const accountNeeded = 'At this court you need an account to track a case.'
