import { describe, expect, it } from 'vitest'
import { isOpen, opensAt } from './service-hours.ts'

const missouri = { timeZone: 'America/Chicago', serviceHours: { days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' } }
const at = (instant: string): Date => new Date(instant)

describe('service hours (I4)', () => {
  it('are open from the opening on and before the closing of the next day', () => {
    expect(isOpen(at('2026-11-20T05:59:59.999-06:00'), missouri)).toBe(false)
    expect(isOpen(at('2026-11-20T06:00:00-06:00'), missouri)).toBe(true)
    expect(isOpen(at('2026-11-21T00:59:59.999-06:00'), missouri), 'Friday\'s, on Saturday').toBe(true)
    expect(isOpen(at('2026-11-21T01:00:00-06:00'), missouri)).toBe(false)
    expect(isOpen(at('2026-11-23T00:30:00-06:00'), missouri), 'Sunday has none').toBe(false)
  })

  it('say when the service opens next, over a weekend too', () => {
    expect(opensAt(at('2026-11-20T03:00:00-06:00'), missouri)).toEqual(at('2026-11-20T06:00:00-06:00'))
    expect(opensAt(at('2026-11-21T01:00:00-06:00'), missouri)).toEqual(at('2026-11-23T06:00:00-06:00'))
    expect(opensAt(at('2026-11-20T12:00:00-06:00'), missouri), 'open now').toEqual(at('2026-11-20T12:00:00-06:00'))
  })

  it('stand on the wall in both nights that change the clock', () => {
    const nightly = { ...missouri, serviceHours: { days: [1, 2, 3, 4, 5, 6, 7], open: '02:30', close: '01:30' } }
    expect(opensAt(at('2026-03-08T01:45:00-06:00'), nightly), 'there is no 2:30').toEqual(at('2026-03-08T03:00:00-05:00'))
    expect(isOpen(at('2026-11-01T01:29:00-05:00'), nightly)).toBe(true)
    expect(isOpen(at('2026-11-01T01:29:00-06:00'), nightly), '1:30 has been').toBe(false)
    expect(opensAt(at('2026-11-01T01:29:00-06:00'), nightly)).toEqual(at('2026-11-01T02:30:00-06:00'))
  })

  it('are always open where the court has none', () => {
    expect(isOpen(at('2026-11-22T03:00:00-06:00'), { ...missouri, serviceHours: null })).toBe(true)
  })
})
