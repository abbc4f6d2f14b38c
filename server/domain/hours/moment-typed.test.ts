import { describe, expect, it } from 'vitest'
import { momentTyped } from './moment-typed.ts'

describe('a moment that is typed', () => {
  it.each([
    ['2026-12-05 20:00', '2026-12-06T02:00:00.000Z'], ['2026-07-05T20:00', '2026-07-06T01:00:00.000Z'], [' 2026-03-08 02:30 ', '2026-03-08T08:00:00.000Z'],
    ['2026-12-05T20:00:00-05:00', '2026-12-06T01:00:00.000Z'], ['2026-12-05T20:00Z', '2026-12-05T20:00:00.000Z'],
  ])('is read: %s', (typed, instant) => {
    expect(momentTyped(typed, 'America/Chicago')?.toISOString()).toBe(instant)
  })

  it.each(['', 'tomorrow', '2026-12-05', '20:00', '2026-02-30 20:00', '2026-12-05 24:00', '12/05/2026 20:00', '2026-12-05 8:00'])('is refused: %j', (typed) => {
    expect(momentTyped(typed, 'America/Chicago')).toBeUndefined()
  })
})
