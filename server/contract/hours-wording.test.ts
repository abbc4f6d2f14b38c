import { describe, expect, it } from 'vitest'
import { momentWords, noEveningNow, serviceClosed } from './hours-wording.ts'

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
})
