import { describe, expect, it } from 'vitest'
import { courtMoment, workday } from './court-moment.ts'

describe('a moment on the wall of a court', () => {
  it.each([
    ['2026-11-20', 'America/Chicago', '2026-11-20T09:30:00-06:00'],
    ['2026-07-20', 'America/Chicago', '2026-07-20T09:30:00-05:00'],
    ['2026-11-01', 'America/Chicago', '2026-11-01T09:30:00-06:00'],
    ['2026-07-20', 'UTC', '2026-07-20T09:30:00+00:00'],
    ['2026-07-20', 'America/Phoenix', '2026-07-20T09:30:00-07:00'],
  ])('on %s in %s is %s', (day, zone, expected) => {
    expect(courtMoment(day, 9 * 60 + 30, zone)).toBe(expected)
  })
})

it.each([['2026-11-20', '2026-11-20'], ['2026-11-21', '2026-11-20'], ['2026-11-22', '2026-11-20'], ['2026-11-23', '2026-11-23']])(
  'takes %s for the working day %s', (day, expected) => {
    expect(workday(day)).toBe(expected)
  },
)
