// Days and times as they stand on the wall of a court. Nothing here asks what time it is.

/** A formatter for each zone, made when it is first asked for: making one takes a thousand times as long as using it. */
function inZone(options: Intl.DateTimeFormatOptions): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (timeZone) => {
    const known = made.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, ...options })
    made.set(timeZone, known)
    return known
  }
}

const longDayIn = inZone({ year: 'numeric', month: 'long', day: 'numeric' })
const shortDayIn = inZone({ year: 'numeric', month: '2-digit', day: '2-digit' })
const timeIn = inZone({ hour: 'numeric', minute: '2-digit', hour12: true })

/** The calendar day, `YYYY-MM-DD`, that a clock on the wall of the zone shows at that instant. */
export function dayOf(instant: Date, timeZone: string): string {
  const [month = '', day = '', year = ''] = shortDayIn(timeZone).format(instant).split('/')
  return `${year.padStart(4, '0')}-${month}-${day}`
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

/** `November 20, 2026`. */
export const formatDay = (day: string): string => longDayIn('UTC').format(new Date(`${day}T12:00:00Z`))

/** `1:52 p.m.` on the wall of the zone. */
export function formatTime(instant: Date, timeZone: string): string {
  // Between them is a space, or one that does not break.
  const [time = '', half = ''] = timeIn(timeZone).format(instant).split(/\s/)
  return `${time} ${half === 'AM' ? 'a.m.' : 'p.m.'}`
}

/** `November 20, 2026, 1:52 p.m.` on the wall of the zone. */
export const formatInstant = (instant: Date, timeZone: string): string => `${longDayIn(timeZone).format(instant)}, ${formatTime(instant, timeZone)}`
