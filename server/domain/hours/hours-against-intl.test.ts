import { describe, expect, it } from 'vitest'
import { eveningDueAt, isEveningDay, nextEveningDay } from './evening-days.ts'
import { isOpen, opensAt, type ServiceHours } from './service-hours.ts'

// A second calculation that shares nothing with the first: it walks through three years in steps of half an hour, reads
// the wall with Intl at each step and notes when a time of day is first seen. Every time and every offset here is a multiple of it.

const stepMs = 30 * 60_000
const begins = Date.parse('2025-12-20T00:00:00Z')
const ends = Date.parse('2029-01-20T00:00:00Z')

interface WallDay {
  readonly day: string
  readonly weekday: string
  /** Per time of day asked for: the first step at which the wall shows it or a later one. */
  readonly firstAt: Map<string, number>
}

function walk(timeZone: string, times: readonly string[]): WallDay[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  })
  const days: WallDay[] = []
  for (let at = begins; at < ends; at += stepMs) {
    const shown = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const day = `${shown.get('year') ?? ''}-${shown.get('month') ?? ''}-${shown.get('day') ?? ''}`
    let last = days.at(-1)
    if (last?.day !== day) days.push((last = { day, weekday: shown.get('weekday') ?? '', firstAt: new Map() }))
    const time = `${shown.get('hour') ?? ''}:${shown.get('minute') ?? ''}`
    for (const wanted of times) if (time >= wanted && !last.firstAt.has(wanted)) last.firstAt.set(wanted, at)
  }
  return days
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const isOfThreeYears = ({ day }: WallDay): boolean => day >= '2026-01-01' && day <= '2028-12-31'

const workdays = [1, 2, 3, 4, 5]
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const central = 'America/Chicago'
const cases: [string, { timeZone: string; days: number[]; open: string; close: string }][] = [
  ['Missouri\'s hours', { timeZone: central, days: workdays, open: '06:00', close: '01:00' }],
  ['hours that end in the night\'s doubled hour', { timeZone: central, days: everyDay, open: '06:00', close: '01:30' }],
  ['hours that begin in the night\'s missing hour', { timeZone: central, days: everyDay, open: '02:30', close: '23:00' }],
  ['hours that begin in the doubled hour and end in the missing one', { timeZone: 'America/Denver', days: [6, 7], open: '01:30', close: '02:30' }],
  ['a court without summer time', { timeZone: 'America/Phoenix', days: [2], open: '08:00', close: '17:30' }],
]

describe.each(cases)('R15: %s on every day of 2026 to 2028', (_, { timeZone, ...serviceHours }) => {
  const { days, open, close } = serviceHours
  const profile: ServiceHours = { timeZone, serviceHours }
  const walked = walk(timeZone, [open, close])
  const windows = walked.flatMap((day, at) => {
    const closing = close < open ? walked[at + 1] : day
    const from = day.firstAt.get(open)
    const to = closing?.firstAt.get(close)
    return days.includes(weekdays.indexOf(day.weekday) + 1) && from !== undefined && to !== undefined && from < to ? [{ from, to }] : []
  })
  const isOpenThen = (at: number): boolean => windows.some(({ from, to }) => at >= from && at < to)
  const opensThen = (at: number): number => (isOpenThen(at) ? at : windows.find(({ from }) => from > at)?.from ?? Number.NaN)

  it('opens and closes when the second calculation says', () => {
    for (const day of walked.filter(isOfThreeYears)) {
      for (const edge of day.firstAt.values()) {
        for (const at of [edge - 1, edge, edge + 3_600_000]) {
          const said = [isOpen(new Date(at), profile), opensAt(new Date(at), profile).getTime()]
          expect(said, new Date(at).toISOString()).toEqual([isOpenThen(at), opensThen(at)])
        }
      }
    }
  })
})

describe('evenings on every day of 2026 to 2028', () => {
  const missouri = { timeZone: central, serviceHours: { days: workdays, open: '06:00', close: '01:00' } }
  const none: string[] = []
  const late = { timeZone: central, serviceHours: { days: everyDay, open: '20:00', close: '02:30' } }

  it.each([
    ['always open', { ...missouri, serviceHours: null, digest: { hour: 19, days: everyDay, holidays: none } }],
    ['Missouri\'s service hours', { ...missouri, digest: { hour: 19, days: everyDay, holidays: ['2026-11-26', '2027-12-24'] } }],
    ['an hour past midnight, of the hours of the day before', { ...missouri, digest: { hour: 0, days: everyDay, holidays: none } }],
    ['the hour that is missing or doubled', { ...late, digest: { hour: 2, days: everyDay, holidays: none } }],
    ['some days only', { ...missouri, serviceHours: null, digest: { hour: 1, days: [2, 7], holidays: none } }],
  ])('has them where the second calculation says: %s', (_, profile) => {
    const { digest, serviceHours } = profile
    const hour = `${String(digest.hour).padStart(2, '0')}:00`
    const walked = walk(central, [hour, ...(serviceHours ? [serviceHours.open, serviceHours.close] : [])])
    const isDue = (day: WallDay, at: number): boolean => {
      const isDigestDay = digest.days.includes(weekdays.indexOf(day.weekday) + 1) && !digest.holidays.includes(day.day)
      if (!isDigestDay || serviceHours === null) return isDigestDay
      const due = day.firstAt.get(hour) ?? 0
      return [walked[at - 1], day].some((began, back) => {
        const isServiceDay = serviceHours.days.includes(weekdays.indexOf(began?.weekday ?? '') + 1)
        const closing = walked[at - 1 + back + 1]?.firstAt.get(serviceHours.close) ?? 0
        return isServiceDay && due >= (began?.firstAt.get(serviceHours.open) ?? Infinity) && due < closing
      })
    }
    const evenings = walked.filter((day, at) => isDue(day, at)).map(({ day }) => day)
    for (const day of walked.filter(isOfThreeYears)) {
      expect(eveningDueAt(day.day, profile).getTime(), day.day).toBe(day.firstAt.get(hour))
      expect(isEveningDay(day.day, profile), day.day).toBe(evenings.includes(day.day))
      expect(nextEveningDay(day.day, profile), day.day).toBe(evenings.find((evening) => evening > day.day))
    }
  })
})
