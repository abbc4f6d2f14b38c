// Whether a typed day or instant is one. By hand and not by Temporal: this runs for every record of a feed.

const firstYear = 1700
const lastYear = 2200
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < firstYear || year > lastYear || day < 1) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (month === 2 && isLeap ? 29 : monthDays[month - 1] ?? 0)
}

const dayForm = /^(\d{4})-(\d\d)-(\d\d)$/
const instantForm = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Whether this is a `YYYY-MM-DD` day that a calendar has, from 1700 to 2200. */
export function isDay(typed: string): boolean {
  const parts = dayForm.exec(typed)
  return parts !== null && isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** Whether this is an ISO instant that says its offset, on a day that a calendar has, from 1700 to 2200. */
export function isInstant(typed: string): boolean {
  const parts = instantForm.exec(typed)
  return parts !== null && isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}

/** Gives an offset that is written `-0600`, as some systems do, its colon; leaves everything else as it is. */
export const withOffsetColon = (typed: string): string =>
  typed.length > 15 ? typed.replace(/(:\d\d(?:\.\d+)?[+-]\d\d)(\d\d)$/, '$1:$2') : typed
