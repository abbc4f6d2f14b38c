const zone = 'America/Chicago'
const inCourt = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options })

/** Today in court time. */
export const courtToday = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date())

export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

/** A moment of that day on which courts sit, whatever the time of year. */
export const forenoonOf = (day: string): string => `${day}T16:30:00Z`

/** `10:30 a.m.` on the wall of the court. */
export function timeWords(instant: string): string {
  return inCourt({ hour: 'numeric', minute: '2-digit' }).format(new Date(instant)).replace(/\s*AM$/, ' a.m.').replace(/\s*PM$/, ' p.m.')
}

/** `December 3, 2026`. */
export const longDay = (day: string): string => inCourt({ dateStyle: 'long' }).format(new Date(`${day}T18:00:00Z`))

/** `Thursday, December 3, 2026`. */
export const fullDay = (day: string): string => inCourt({ dateStyle: 'full' }).format(new Date(`${day}T18:00:00Z`))

/** `Dec 3`, as subjects say it of days of the same year and with the year of others. */
export function briefDay(day: string, today: string): string {
  const isSameYear = day.slice(0, 4) === today.slice(0, 4)
  return inCourt({ month: 'short', day: 'numeric', ...(isSameYear ? {} : { year: 'numeric' }) }).format(new Date(`${day}T18:00:00Z`))
}
