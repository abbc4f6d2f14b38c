import { dayOf, daysBetween, formatTime } from '../../server/contract/court-time.ts'

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`)
const written = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options })
const shortForm = written({ month: 'short', day: 'numeric' })
const middleForm = written({ month: 'short', day: 'numeric', year: 'numeric' })
const longForm = written({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })

/** `Nov 20` for `2026-11-20`. */
export const shortDay = (day: string): string => shortForm.format(noonOf(day))

/** `Nov 20, 2026`. */
export const middleDay = (day: string): string => middleForm.format(noonOf(day))

/** `Friday, November 20, 2026`. */
export const longDay = (day: string): string => longForm.format(noonOf(day))

/** How far off a day is, in the words people use: `today`, `tomorrow`, `in 11 days`, `3 days ago`. */
export function inDays(today: string, day: string): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}

/** `Nov 20, 2026, 1:52 p.m.`, or `today, 1:52 p.m.` when the instant lies in the court's today. */
export function whenWords(instant: Date, now: Date, timeZone: string): string {
  const day = dayOf(instant, timeZone)
  const words = day === dayOf(now, timeZone) ? 'today' : middleDay(day)
  return `${words}, ${formatTime(instant, timeZone)}`
}
