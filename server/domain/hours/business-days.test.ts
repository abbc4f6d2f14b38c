import { describe, expect, it } from 'vitest'
import { addDays } from '../../contract/court-time.ts'
import { loadProfile } from '../../profile/load-profile.ts'
import { businessDaysAhead, isBusinessDay } from './business-days.ts'

const profile = loadProfile()
const at = (instant: string): Date => new Date(instant)
const ahead = (from: string): Date => businessDaysAhead(3, at(from), profile)

describe('business days (I6)', () => {
  it('are Monday to Friday without holidays', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-26'].map((day) => isBusinessDay(day, profile)))
      .toEqual([true, false, false, true, false])
    expect(isBusinessDay('2026-12-02', { ...profile, digest: { ...profile.digest, holidays: ['2026-12-02'] } })).toBe(false)
  })

  it('lie as many ahead as are asked for, at the same time of day', () => {
    expect(ahead('2026-11-16T14:05:30-06:00')).toEqual(at('2026-11-19T14:05:30-06:00'))
    expect(ahead('2026-11-20T17:00:00-06:00'), 'over a weekend').toEqual(at('2026-11-25T17:00:00-06:00'))
    expect(ahead('2026-11-24T09:00:00-06:00'), 'over Thanksgiving and a weekend').toEqual(at('2026-11-30T09:00:00-06:00'))
  })

  it('count from the beginning of the next one where the day is none', () => {
    // Monday is counted from, Thursday a holiday.
    expect(ahead('2026-11-21T10:00:00-06:00')).toEqual(at('2026-11-27T00:00:00-06:00'))
  })

  it('stand on the wall when the clock changes', () => {
    expect(ahead('2026-03-05T14:00:00-06:00')).toEqual(at('2026-03-10T14:00:00-05:00'))
    expect(ahead('2026-10-29T14:00:00-05:00')).toEqual(at('2026-11-03T14:00:00-06:00'))
  })

  it('are counted right on every day of 2026 to 2028', () => {
    const formatted = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' })
    const works = (day: string): boolean => !/^S/.test(formatted.format(at(`${day}T12:00:00Z`))) && !profile.officesClosedOn.includes(day)
    for (let day = '2026-01-01'; day <= '2028-12-31'; day = addDays(day, 1)) {
      const following = Array.from({ length: 14 }, (_, index) => addDays(day, index + (works(day) ? 1 : 0))).filter(works)
      const expected = following[works(day) ? 2 : 3]
      const noon = at(`${day}T18:30:00Z`)
      expect(new Intl.DateTimeFormat('en-CA', { timeZone: profile.timeZone }).format(businessDaysAhead(3, noon, profile)), day).toBe(expected)
    }
  })
})
