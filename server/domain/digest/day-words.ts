import { formatTime } from '../../contract/court-time.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(timeZone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${name}`
  let made = formatters.get(key)
  if (!made) formatters.set(key, (made = new Intl.DateTimeFormat('en-US', { timeZone, ...options })))
  return made
}

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`)

/** `Thursday, December 3, 2026 at 9:00 a.m.` on the wall of the zone. */
export const fullMoment = (instant: Date, timeZone: string): string =>
  `${formatter(timeZone, 'full', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(instant)} at ${formatTime(instant, timeZone)}`

/** `November 24, 2026 at 1:30 p.m.` on the wall of the zone. */
export const plainMoment = (instant: Date, timeZone: string): string =>
  `${formatter(timeZone, 'plain', { year: 'numeric', month: 'long', day: 'numeric' }).format(instant)} at ${formatTime(instant, timeZone)}`

/** `Dec 3`, with its year unless that is the year of `today`. */
export function briefDay(day: string, today: string): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  return formatter('UTC', isThisYear ? 'brief' : 'briefYear', { month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }) }).format(noonOf(day))
}

/** `Dec 3, 2026, 9:00 a.m.` on the wall of the zone. */
export const textMoment = (instant: Date, timeZone: string): string =>
  `${formatter(timeZone, 'text', { year: 'numeric', month: 'short', day: 'numeric' }).format(instant)}, ${formatTime(instant, timeZone)}`

/** `Dec 10, 2026`. */
export const textDay = (day: string): string => formatter('UTC', 'text', { year: 'numeric', month: 'short', day: 'numeric' }).format(noonOf(day))

/** `today`, `tomorrow`, `in 2 days`. */
export const inDays = (days: number): string => (days <= 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`)

const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
/** `$1,250.00`. */
export const dollars = (cents: number): string => money.format(cents / 100)
