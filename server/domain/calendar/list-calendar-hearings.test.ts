import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, scheduledEvents } from '../../../db/schema.ts'
import { calendarFile } from '../../delivery/calendar-file.ts'
import { putCase, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { getCalendarHearing } from './get-calendar-hearing.ts'
import { listCalendarHearings } from './list-calendar-hearings.ts'

const origin = 'https://track.example.org'
let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const number of ['26BA-CR00077', '26BA-CR00078', '26BA-CR00079']) await putCase(work, { number })
    await putSubscription(work, 1, { email: 'pat@example.com' })
    await putSubscription(work, 2, { email: 'pat@example.com' })
    await putSubscription(work, 3, { email: 'other@example.com' })
    await putEvent(work, 2, { startsAt: new Date('2026-12-03T15:00:00Z'), kind: 'Trial', sequence: 3 })
    await putEvent(work, 1, { startsAt: new Date('2026-11-02T15:00:00Z'), kind: 'Plea setting' })
    await putEvent(work, 3, { startsAt: new Date('2026-12-04T15:00:00Z'), kind: 'Of another' })
    await putEvent(work, 1, { startsAt: new Date('2026-04-01T15:00:00Z'), kind: 'Long ago' })
  })
})
afterEach(() => world.close())

const list = () => listCalendarHearings(world.reading(), origin, 1)

describe('the hearings of all tracked cases (G5)', () => {
  it('are those of notices, by the same entries, in order', async () => {
    expect(await list()).toEqual([
      await getCalendarHearing(world.reading(), origin, { number: '26BA-CR00077', event: 2 }),
      await getCalendarHearing(world.reading(), origin, { number: '26BA-CR00078', event: 1 }),
    ])
  })

  it('say that one is cancelled, and leave out what is sealed or confidential (A6, A9)', async () => {
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ status: 'cancelled', sequence: 4 }).where(eq(scheduledEvents.id, 1)))
    const { content } = calendarFile('Track This Case', await list())
    expect(content).toMatch(/UID:event-1@track\.example\.org\r\nSEQUENCE:4\r\n/)
    expect(content.match(/STATUS:\w+/g)).toEqual(['STATUS:CONFIRMED', 'STATUS:CANCELLED'])
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ security: 'confidential' }).where(eq(scheduledEvents.id, 1)))
    expect((await list()).map(({ uid }) => uid)).toEqual(['event-2@track.example.org'])
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
    expect(await list()).toEqual([])
    expect(calendarFile('Track This Case', []).content).toMatch(/^BEGIN:VCALENDAR[^]*END:VCALENDAR\r\n$/)
  })

  it('are found by indexes', async () => {
    const steps = (await explain(world, await watchQueries(list))).flatMap((plan) => plan.split('\n'))
    expect(steps.filter((step) => /SCAN (scheduled_events|subscriptions)|Seq Scan on (scheduled_events|subscriptions)/.test(step))).toEqual([])
  })
})
