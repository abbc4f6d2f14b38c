import { Temporal } from 'temporal-polyfill'
import { isDay } from '../../contract/court-time.ts'
import { momentOnWall } from './moment-on-wall.ts'

/**
 * The moment that somebody typed: `2026-12-05 20:00` on the court's wall, or an instant with its offset, like
 * `2026-12-05T20:00:00-06:00`. Undefined for anything else.
 */
export function momentTyped(typed: string, timeZone: string): Date | undefined {
  const [, day = '', time = ''] = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d:[0-5]\d|2[0-3]:[0-5]\d)$/.exec(typed.trim()) ?? []
  if (isDay(day)) return momentOnWall(day, time, timeZone)
  try {
    return new Date(Temporal.Instant.from(typed.trim()).epochMilliseconds)
  } catch {
    return undefined
  }
}
