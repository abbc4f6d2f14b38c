import { Temporal } from 'temporal-polyfill'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** Offsets of the zone names that federal courts and RFC 822 write. A name means its offset in every season. */
const offsetByName = new Map([
  ['Z', '+00:00'], ['UT', '+00:00'], ['UTC', '+00:00'], ['GMT', '+00:00'],
  ['AST', '-04:00'], ['EDT', '-04:00'], ['EST', '-05:00'], ['CDT', '-05:00'], ['CST', '-06:00'], ['MDT', '-06:00'],
  ['MST', '-07:00'], ['PDT', '-07:00'], ['PST', '-08:00'], ['AKDT', '-08:00'], ['AKST', '-09:00'], ['HDT', '-09:00'],
  ['HST', '-10:00'], ['SST', '-11:00'], ['CHST', '+10:00'],
])
const dateForm = /^(?:[a-z]+,?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s+([a-z]+|[+-]\d{4})$/i

/** The instant of a date as RSS writes it (`Tue, 15 Apr 2031 23:40:30 GMT`), or what is wrong with it in a few words. */
export function readRfc822Date(typed: string): Temporal.Instant | string {
  const parts = dateForm.exec(typed.trim())
  if (!parts) return 'is not in the form of RSS'
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = '00', zone = ''] = parts
  const month = months.indexOf(monthName.toLowerCase()) + 1
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : offsetByName.get(zone.toUpperCase())
  if (offset === undefined) return 'names a time zone that is not known here'
  const fullYear = year.length === 4 ? year : Number(year) < 70 ? `20${year}` : `19${year}`
  const iso = `${fullYear}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`
  try {
    return Temporal.Instant.from(iso)
  } catch {
    return 'is not a date of the calendar'
  }
}
