import { describe, expect, it } from 'vitest'
import { inDays, longDay, middleDay, shortDay, whenWords } from './day-words.ts'

describe('days in words', () => {
  it('writes a day short, middling and long', () => {
    expect(shortDay('2026-12-03')).toBe('Dec 3')
    expect(middleDay('2026-12-03')).toBe('Dec 3, 2026')
    expect(longDay('2026-12-03')).toBe('Thursday, December 3, 2026')
  })

  it.each([
    ['2026-11-22', 'today'], ['2026-11-23', 'tomorrow'], ['2026-11-24', 'in 2 days'], ['2026-12-03', 'in 11 days'],
    ['2026-11-21', 'yesterday'], ['2026-11-20', '2 days ago'],
  ])('says of %s, seen on 2026-11-22, that it is %s', (day, words) => {
    expect(inDays('2026-11-22', day)).toBe(words)
  })

  it('counts across the end of summer time', () => {
    expect(inDays('2026-10-31', '2026-11-02')).toBe('in 2 days')
  })

  it('calls today what is today on the wall of the court, not elsewhere', () => {
    const lateInMissouri = new Date('2026-11-21T05:30:00Z')
    expect(whenWords(lateInMissouri, new Date('2026-11-21T05:59:00Z'), 'America/Chicago')).toBe('today, 11:30 p.m.')
    expect(whenWords(lateInMissouri, new Date('2026-11-21T06:00:00Z'), 'America/Chicago')).toBe('Nov 20, 2026, 11:30 p.m.')
  })
})
