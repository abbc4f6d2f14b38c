import { describe, expect, it } from 'vitest'
import { dayOf, isDay } from './court-time.ts'
import { isEmailAddress } from './tracking-form.ts'

describe('an e-mail address', () => {
  it('is taken in every usual form', () => {
    for (const good of ['a@example.com', 'first.last+tag@sub.example.co', "o'brien@example.org", 'x_y-z%@example-court.gov', 'a@bücher.example']) {
      expect(isEmailAddress(good), good).toBe(true)
    }
  })

  it('is refused without its parts, with two in one, or with room for a header', () => {
    for (const bad of [
      '', 'a', '@example.com', 'a@', 'a@example', 'a@.com', 'a@example..com', '.a@example.com', 'a.@example.com', 'a b@example.com', 'a@exa mple.com',
      'a@b@example.com', 'a@example.com,b@example.com', 'a@example.com\r\nBcc: b@example.com', '<a@example.com>', `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(250)}.com`, 'a@-example.com', 'a@example.com.',
    ]) expect(isEmailAddress(bad), JSON.stringify(bad)).toBe(false)
  })

  it('is refused where it only looks like another', () => {
    for (const bad of ['\u212aate@example.com', 'kate@\u212aexample.com', 'a\u202eb@example.com', 'a\u0001b@example.com', 'a@exam\u200bple.com', 'jos\u00e9@example.com']) {
      expect(isEmailAddress(bad), JSON.stringify(bad)).toBe(false)
    }
  })
})

describe('a day', () => {
  it('is one of the calendar', () => {
    for (const day of ['2026-11-22', '2028-02-29']) expect(isDay(day)).toBe(true)
    for (const none of ['2026-99-99', '2026-02-29', '2026-1-1', '', '20261122', '2026-11-22T00:00:00Z']) expect(isDay(none), none).toBe(false)
  })

  it('is the one on the wall of the zone', () => {
    expect(dayOf(new Date('2026-11-23T05:59:59Z'), 'America/Chicago')).toBe('2026-11-22')
    expect(dayOf(new Date('2026-11-23T06:00:00Z'), 'America/Chicago')).toBe('2026-11-23')
    expect(dayOf(new Date('2026-07-01T04:59:59Z'), 'America/Chicago')).toBe('2026-06-30')
  })
})
