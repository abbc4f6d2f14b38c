import { addDays } from '../../contract/court-time.ts'

const offsets = new Map<string, string>()

/** The offset of a zone in the middle of that day, `-06:00`; clocks change at night. */
function offsetOn(day: string, timeZone: string): string {
  const key = `${timeZone} ${day}`
  let offset = offsets.get(key)
  if (offset === undefined) {
    const named = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(new Date(`${day}T12:00:00Z`))
      .find((part) => part.type === 'timeZoneName')?.value ?? ''
    offset = named.slice('GMT'.length) || '+00:00'
    if (offsets.size > 10_000) offsets.clear()
    offsets.set(key, offset)
  }
  return offset
}

/** The ISO instant, with its offset, at which a clock of that zone shows so many minutes after midnight; for working hours. */
export function courtMoment(day: string, minutes: number, timeZone: string): string {
  const hour = String(Math.floor(minutes / 60)).padStart(2, '0')
  const minute = String(minutes % 60).padStart(2, '0')
  return `${day}T${hour}:${minute}:00${offsetOn(day, timeZone)}`
}

/** That day, or the Friday before when it falls on a weekend. */
export function workday(day: string): string {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -2) : day
}
