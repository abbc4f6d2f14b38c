import { describe, expect, it } from 'vitest'
import { isSendingTime, nextSendingAt } from './sending-hours.ts'

const profile = { timeZone: 'America/Chicago', sendingHours: { from: '08:00', to: '21:00' } }
const at = (instant: string): Date => new Date(instant)

describe('sending hours', () => {
  it('begin at the opening and end before the closing', () => {
    expect(isSendingTime(at('2026-11-20T07:59:59.999-06:00'), profile)).toBe(false)
    expect(isSendingTime(at('2026-11-20T08:00:00-06:00'), profile)).toBe(true)
    expect(isSendingTime(at('2026-11-20T20:59:59.999-06:00'), profile)).toBe(true)
    expect(isSendingTime(at('2026-11-20T21:00:00-06:00'), profile)).toBe(false)
  })

  it('let a text leave at once within them, else at the next opening', () => {
    expect(nextSendingAt(at('2026-11-20T12:00:00-06:00'), profile)).toEqual(at('2026-11-20T12:00:00-06:00'))
    expect(nextSendingAt(at('2026-11-20T03:00:00-06:00'), profile)).toEqual(at('2026-11-20T08:00:00-06:00'))
    expect(nextSendingAt(at('2026-11-20T22:00:00-06:00'), profile)).toEqual(at('2026-11-21T08:00:00-06:00'))
  })

  it('stand on the wall of the court in both nights that change the clock', () => {
    expect(nextSendingAt(at('2026-03-07T23:00:00-06:00'), profile)).toEqual(at('2026-03-08T08:00:00-05:00'))
    expect(nextSendingAt(at('2026-10-31T23:00:00-05:00'), profile)).toEqual(at('2026-11-01T08:00:00-06:00'))
    expect(isSendingTime(at('2026-11-01T07:30:00-06:00'), profile)).toBe(false)
  })
})
