import { describe, expect, it } from 'vitest'
import { isDay, isInstant, withOffsetColon } from './calendar.ts'

describe('isDay', () => {
  it.each(['2026-08-14', '2024-02-29', '2000-02-29', '1700-01-01', '2200-12-31'])('takes %s', (day) => {
    expect(isDay(day)).toBe(true)
  })
  it.each(['2026-02-30', '2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '1699-12-31', '2201-01-01', '2026-8-14',
    '08/14/2026', '', '2026-08-14 ', '2026-08-14T00:00:00Z'])(
    'refuses "%s"', (day) => {
      expect(isDay(day)).toBe(false)
    })
})

describe('isInstant', () => {
  it.each(['2026-11-20T13:52:00-06:00', '2026-11-20T13:52Z', '2026-11-20T23:59:59.123456789+14:00'])('takes %s', (instant) => {
    expect(isInstant(instant)).toBe(true)
    expect(Number.isNaN(Date.parse(instant))).toBe(false)
  })
  it.each(['2026-11-20T13:52:00', '2026-11-20', '2026-02-30T13:52:00Z', '2026-11-20T24:00:00Z', '2026-11-20T13:60:00Z',
    '2026-11-20T13:52:60Z', '2026-11-20T13:52:00+24:00', '2026-11-20 13:52:00Z', '1650-01-01T00:00:00Z'])(
    'refuses "%s"', (instant) => {
      expect(isInstant(instant)).toBe(false)
    })
})

describe('withOffsetColon', () => {
  it('gives an offset without a colon one, and leaves a day alone', () => {
    expect(withOffsetColon('2026-11-20T13:52:00-0600')).toBe('2026-11-20T13:52:00-06:00')
    expect(withOffsetColon('2026-11-20T13:52:00-06:00')).toBe('2026-11-20T13:52:00-06:00')
    expect(withOffsetColon('2026-11-20')).toBe('2026-11-20')
  })
})
