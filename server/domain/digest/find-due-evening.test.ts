import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runEvening } from '../../evening/run-evening.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { findDueEvening } from './find-due-evening.ts'

let world: World
beforeEach(async () => {
  serviceHours = null
  world = await openWorld('2026-11-20T12:00:00-06:00')
})
afterEach(() => world.close())

const digest = { hour: 19, days: [1, 2, 3, 4, 5], holidays: ['2026-11-26'] }
let serviceHours: CourtProfile['serviceHours'] = null
const due = async (): Promise<string | undefined> => (await findDueEvening(world.reading(), { timeZone: 'America/Chicago', digest, serviceHours }))?.day
const hold = () => runEvening(world.workplace, world.site, { mayBeFuture: false })

describe('the evening that is due (EVENING_SCHEDULE)', () => {
  it('is today\'s from the digest hour on, and not a minute before', async () => {
    world.clock.set('2026-11-20T18:59:59-06:00')
    expect(await due()).toBeUndefined()
    world.clock.set('2026-11-20T19:00:00-06:00')
    expect(await due()).toBe('2026-11-20')
    await hold()
    expect(await due()).toBeUndefined()
  })

  it('is not done by a run of earlier that day', async () => {
    await hold()
    world.clock.set('2026-11-20T19:00:00-06:00')
    expect(await due()).toBe('2026-11-20')
  })

  it('is the latest missed one, on the profile\'s days only', async () => {
    world.clock.set('2026-11-19T19:00:00-06:00')
    await hold()
    world.clock.set('2026-11-22T12:00:00-06:00')
    expect(await due(), 'Sunday: Friday was missed').toBe('2026-11-20')
    await hold()
    expect(await due()).toBeUndefined()
    world.clock.set('2026-11-23T19:00:00-06:00')
    expect(await due()).toBe('2026-11-23')
  })

  it('is at the hour on the wall on both nights of daylight saving', async () => {
    world.clock.set('2026-10-30T19:00:00-05:00')
    await hold()
    world.clock.set('2026-11-02T18:59:00-06:00')
    expect(await due()).toBeUndefined()
    world.clock.set('2026-11-02T19:00:00-06:00')
    expect(await due()).toBe('2026-11-02')
  })

  it('makes up for nothing before the first of all', async () => {
    world.clock.set('2026-11-21T12:00:00-06:00')
    expect(await due()).toBeUndefined()
  })
})

describe('an evening that is not held (F5, I4)', () => {
  it('is none on a holiday of the digest', async () => {
    world.clock.set('2026-11-25T19:00:00-06:00')
    await hold()
    world.clock.set('2026-11-26T20:00:00-06:00')
    expect(await due()).toBeUndefined()
    world.clock.set('2026-11-27T19:00:00-06:00')
    expect(await due()).toBe('2026-11-27')
  })

  it('waits while the service is closed, and is made up for once it is open', async () => {
    world.clock.set('2026-11-19T19:00:00-06:00')
    await hold()
    serviceHours = { days: [1, 2, 3, 4, 5], open: '06:00', close: '21:00' }
    world.clock.set('2026-11-20T21:00:00-06:00')
    expect(await due()).toBeUndefined()
    world.clock.set('2026-11-23T06:00:00-06:00')
    expect(await due()).toBe('2026-11-20')
  })
})
