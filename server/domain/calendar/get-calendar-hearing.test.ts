import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, scheduledEvents } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { putCase, putCourt, putEvent } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { getCalendarHearing } from './get-calendar-hearing.ts'

let world: World
const number = '26BA-CR00077'
beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number })
    await putEvent(work, 1, { startsAt: new Date('2026-12-03T15:00:00Z'), kind: 'Plea setting', place: 'Courtroom 2W' })
  })
})
afterEach(() => world.close())

const get = (event: number, name: { number: string; court?: string } = { number }) => getCalendarHearing(world.reading(), 'https://track.example.org', { ...name, event })
const refusal = (event: number, name?: { number: string; court?: string }) =>
  get(event, name).then(() => 'given', (error: unknown) => (error instanceof Refusal ? `${error.code}: ${error.message}` : 'bug'))

describe('a hearing for a calendar (F10)', () => {
  it('is known by its event and this service, and leads to the case', async () => {
    expect(await get(1)).toMatchObject({
      uid: 'event-1@track.example.org', sequence: 0, startsAt: '2026-12-03T15:00:00.000Z', endsAt: null, isCancelled: false,
      title: 'Plea setting, case 26BA-CR00077', place: 'Courtroom 2W', address: `https://track.example.org/cases/${number}/events`,
    })
  })

  it('is given where it was cancelled, as cancelled', async () => {
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ status: 'cancelled', sequence: 1 }))
    expect(await get(1)).toMatchObject({ uid: 'event-1@track.example.org', sequence: 1, isCancelled: true })
  })

  it('names the court where two share the number', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'OTHER' })
      await putCase(work, { number, court: 'OTHER' })
    })
    expect(await refusal(1)).toMatch(/^caseNotFound/)
    expect((await get(1, { number, court: '13-BOONE' })).address).toBe(`https://track.example.org/cases/${number}/events?court=13-BOONE`)
    expect(await refusal(1, { number, court: 'OTHER' }), 'of another case').toMatch(/^caseNotFound/)
  })

  it('is not found, in the same words, where there is none, it is sealed, or its case is confidential (A6, A9)', async () => {
    const missing = await refusal(99)
    expect(missing).toMatch(/^caseNotFound/)
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ security: 'confidential' }))
    expect(await refusal(1)).toBe(missing)
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ security: 'public' }))
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
    expect(await refusal(1)).toBe(missing)
    expect(await refusal(1, { number: 'none' })).toBe(missing)
  })
})
