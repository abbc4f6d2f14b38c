import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestRuns, eveningHolds } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { listLateEvenings, logLateEvenings } from './late-evenings.ts'
import { listOutages } from './list-outages.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-18T12:00:00-06:00')
})
afterEach(() => world.close())

const hold = (day: string, instant: string): Promise<unknown> => world.work(({ tx }) => tx.insert(digestRuns).values({
  day, startedAt: new Date(instant), finishedAt: new Date(instant), lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
}))
const look = async (profile: CourtProfile = world.profile, watchedSince = world.clock.now()): Promise<string[]> => {
  const late = await listLateEvenings(world.reading(), profile, watchedSince)
  if (late.length > 0) await world.work((work) => logLateEvenings(work, late))
  return late.map(({ day, heldAt }) => `${day}${heldAt ? ' made up' : ''}`)
}

describe('late evenings', () => {
  it('are those that nobody held within an hour', async () => {
    await hold('2026-11-17', '2026-11-17T19:00:03-06:00')
    world.clock.set('2026-11-18T20:00:00-06:00')
    expect(await look()).toEqual([])
    world.clock.set('2026-11-18T20:00:01-06:00')
    expect(await look()).toEqual(['2026-11-18'])
    expect(await listOutages(world.reading(), 9)).toMatchObject({
      current: [{ kind: 'missedEvening', startsAt: new Date('2026-11-18T19:00:00-06:00'), endsAt: null, what: expect.stringContaining('November 18, 2026') as unknown }],
    })
  })

  it('are logged once each, and end when they are made up', async () => {
    await hold('2026-11-16', '2026-11-16T19:00:03-06:00')
    world.clock.set('2026-11-18T21:00:00-06:00')
    expect(await look()).toEqual(['2026-11-17', '2026-11-18'])
    expect(await look()).toEqual([])
    await hold('2026-11-18', '2026-11-18T21:30:00-06:00')
    world.clock.set('2026-11-18T21:31:00-06:00')
    expect(await look()).toEqual(['2026-11-17 made up', '2026-11-18 made up'])
    expect(await look()).toEqual([])
    const { current, past } = await listOutages(world.reading(), 9)
    expect(current).toEqual([])
    expect(past.map(({ endsAt }) => endsAt)).toEqual([new Date('2026-11-18T21:30:00-06:00'), new Date('2026-11-18T21:30:00-06:00')])
  })

  it('are logged also when they were made up before anybody looked', async () => {
    await hold('2026-11-16', '2026-11-16T19:00:03-06:00')
    await hold('2026-11-17', '2026-11-17T20:30:00-06:00')
    expect(await look()).toEqual(['2026-11-17 made up'])
  })

  it('are none that wait for the yes of an operator, before it and after (I7)', async () => {
    await hold('2026-11-16', '2026-11-16T19:00:03-06:00')
    const letWait = (day: string, instant: string): Promise<unknown> =>
      world.work(({ tx }) => tx.insert(eveningHolds).values({ day, heldAt: new Date(instant), notices: 9000, usual: 10 }))
    await letWait('2026-11-17', '2026-11-17T19:00:02-06:00')
    // Nobody came in time to let this one wait.
    await letWait('2026-11-18', '2026-11-18T20:30:00-06:00')
    world.clock.set('2026-11-18T21:00:00-06:00')
    expect(await look()).toEqual(['2026-11-18'])
    await hold('2026-11-18', '2026-11-18T21:30:00-06:00')
    world.clock.set('2026-11-18T21:31:00-06:00')
    expect(await look()).toEqual(['2026-11-18 made up'])
  })

  it('are no days without an evening', async () => {
    await hold('2026-11-16', '2026-11-16T19:00:03-06:00')
    world.clock.set('2026-11-19T12:00:00-06:00')
    expect(await look({ ...world.profile, digest: { ...world.profile.digest, holidays: ['2026-11-18'] } })).toEqual(['2026-11-17'])
  })

  it('are none of a service that was just set up', async () => {
    world.clock.set('2026-11-18T22:00:00-06:00')
    expect(await look()).toEqual([])
    expect(await look(world.profile, new Date('2026-11-18T18:59:00-06:00')), 'it ran when the hour came').toEqual(['2026-11-18'])
    await hold('2026-11-18', '2026-11-18T22:05:00-06:00')
    world.clock.set('2026-11-18T22:06:00-06:00')
    expect(await look(world.profile, new Date('2026-11-18T22:00:00-06:00'))).toEqual([])
  })
})
