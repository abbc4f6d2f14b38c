// Days and times as they stand on the wall of a court. Nothing here asks what time it is.

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`
  let made = formatters.get(key)
  if (!made) formatters.set(key, (made = new Intl.DateTimeFormat('en-US', { timeZone, ...options })))
  return made
}
/** The calendar day, `YYYY-MM-DD`, that a clock on the wall of the zone shows at that instant. */
export function dayOf(instant: Date, timeZone: string): string {
  const parts = formatter(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(instant)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** Whether this is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(written: string): boolean {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(written) ? new Date(`${written}T12:00:00Z`) : undefined
  return instant !== undefined && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(written)
}

/** The day that many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/** Whole calendar days from one day to another; negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)

const longDay: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', day: 'numeric' }

/** `November 20, 2026`. */
export const formatDay = (day: string): string => formatter('UTC', longDay).format(new Date(`${day}T12:00:00Z`))

/** `1:52 p.m.` on the wall of the zone. */
export function formatTime(instant: Date, timeZone: string): string {
  const parts = formatter(timeZone, { hour: 'numeric', minute: '2-digit', hour12: true }).formatToParts(instant)
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('hour')}:${part('minute')} ${part('dayPeriod') === 'AM' ? 'a.m.' : 'p.m.'}`
}

/** `November 20, 2026, 1:52 p.m.` on the wall of the zone. */
export const formatInstant = (instant: Date, timeZone: string): string =>
  `${formatter(timeZone, longDay).format(instant)}, ${formatTime(instant, timeZone)}`
