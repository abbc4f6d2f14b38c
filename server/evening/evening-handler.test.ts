import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestRuns } from '../../db/schema.ts'
import { openWorld, type World } from '../testing/world.ts'
import { eveningHandler } from './evening-handler.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-20T19:00:00-06:00')
})
afterEach(() => world.close())

describe('the evening at the profile\'s hour', () => {
  it('is not held while the service is closed, and made up when it opens (I4)', async () => {
    const held: string[] = []
    const profile = { ...world.profile, serviceHours: { days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' } }
    const { hold } = eveningHandler({
      workplace: world.workplace, site: { profile }, log: { info: () => undefined, error: () => undefined },
      async holdEvening(day) {
        held.push(day)
        const now = world.clock.now()
        await world.work(({ tx }) => tx.insert(digestRuns).values({
          day, startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
        }))
        return { day, state: 'completed', notices: 0, emails: 0, texts: 0, reminders: 0, durationMs: 0 }
      },
    })
    await hold()
    expect(held).toEqual(['2026-11-20'])
    for (const [instant, days] of [
      ['2026-11-21T19:30:00-06:00', 1], ['2026-11-24T02:00:00-06:00', 1], ['2026-11-24T06:00:00-06:00', 2], ['2026-11-24T06:01:00-06:00', 2],
    ] as const) {
      world.clock.set(instant)
      await hold()
      expect(held, instant).toHaveLength(days)
    }
    expect(held[1]).toBe('2026-11-23')
  })
})
