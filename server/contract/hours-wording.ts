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

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** `Monday to Friday`, `every day`, `Tuesday and Sunday`: ISO weekdays (Monday is 1) in words that go on a sentence. */
export function weekdayWords(days: readonly number[]): string {
  const sorted = days.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0], sorted.at(-1)]
  const names = sorted.map((day) => weekdays[day - 1] ?? '')
  if (first === undefined || last === undefined) return 'never'
  if (sorted.length === 7) return 'every day'
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${names[0] ?? ''} to ${names.at(-1) ?? ''}`
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

/** `6:00 a.m.` for `06:00`. */
export const clockWords = (time: string): string => formatTime(new Date(`2026-01-01T${time}:00Z`), 'UTC')

/** `Monday to Friday, 6:00 a.m. to 1:00 a.m. of the next day`. */
export const serviceHoursWords = ({ days, open, close }: { days: readonly number[]; open: string; close: string }): string =>
  `${weekdayWords(days)}, ${clockWords(open)} to ${clockWords(close)}${close < open ? ' of the next day' : ''}`
