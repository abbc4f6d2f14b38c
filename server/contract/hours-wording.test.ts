import { describe, expect, it } from 'vitest'
import { clockWords, momentWords, noEveningNow, serviceClosed, serviceHoursWords, weekdayWords } from './hours-wording.ts'

const opensAt = new Date('2026-11-23T06:00:00-06:00')

describe('the words of service hours', () => {
  it('say day, date and time on the court\'s wall', () => {
    expect(momentWords(opensAt, 'America/Chicago')).toBe('Monday, November 23, 2026, at 6:00 a.m.')
    expect(momentWords(opensAt, 'Pacific/Auckland')).toBe('Tuesday, November 24, 2026, at 1:00 a.m.')
  })

  it('say when it opens and what became of what was typed', () => {
    expect(serviceClosed(opensAt, 'America/Chicago')).toBe(
      'Sorry, the service is unavailable. It opens on Monday, November 23, 2026, at 6:00 a.m. Nothing was sent. What you typed stays as it is.')
    expect(noEveningNow(opensAt, 'America/Chicago')).toContain('opens on Monday, November 23, 2026, at 6:00 a.m.;')
  })

  it.each([
    [[1, 2, 3, 4, 5], 'Monday to Friday'], [[7, 1, 2, 3, 4, 5, 6], 'every day'], [[7, 2], 'Tuesday and Sunday'], [[3], 'Wednesday'],
    [[6, 7], 'Saturday and Sunday'], [[1, 3, 5], 'Monday, Wednesday and Friday'], [[], 'never'],
  ])('name the weekdays %j: %s', (days, words) => {
    expect(weekdayWords(days)).toBe(words)
  })

  it('name hours that pass midnight', () => {
    expect(serviceHoursWords({ days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' })).toBe('Monday to Friday, 6:00 a.m. to 1:00 a.m. of the next day')
    expect(serviceHoursWords({ days: [6], open: '00:00', close: '12:30' })).toBe('Saturday, 12:00 a.m. to 12:30 p.m.')
    expect(clockWords('23:59')).toBe('11:59 p.m.')
  })
})
