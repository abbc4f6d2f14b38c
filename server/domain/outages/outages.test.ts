import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from '../../contract/refusals.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { announceOutage, type Announcement } from './announce-outage.ts'
import { endOutage } from './end-outage.ts'
import { listAnnounced, listOutages } from './list-outages.ts'
import { logLateEvenings } from './late-evenings.ts'
import { logDatabaseTrouble } from './log-database-trouble.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-16T14:00:00-06:00')
})
afterEach(() => world.close())

const at = (instant: string): Date => new Date(instant)
const planned: Announcement = {
  startsAt: at('2026-11-19T14:00:00-06:00'), endsAt: at('2026-11-19T18:00:00-06:00'), what: 'New disks.', isPlanned: true,
}
const announce = (otherwise: Partial<Announcement> = {}): Promise<number> =>
  world.work((work) => announceOutage(work, world.profile, { ...planned, ...otherwise }))
const sentence = async (refused: Promise<unknown>): Promise<string> => {
  const error: unknown = await refused.catch((reason: unknown) => reason)
  return error instanceof Refusal && error.code === 'inputInvalid' ? error.message : 'not refused'
}
const listed = async () => {
  const { current, planned: later, past } = await listOutages(world.reading(), 10)
  return { current: current.map(({ id }) => id), planned: later.map(({ id }) => id), past: past.map(({ id }) => id) }
}

describe('announcing an outage', () => {
  it('takes a planned one three business days ahead, and not a minute later', async () => {
    expect(await sentence(announce({ startsAt: at('2026-11-19T13:59:00-06:00') }))).toBe(
      'A planned outage is announced at least three business days ahead: one that is announced now begins on Thursday, November 19, 2026, at 2:00 p.m., or later. What cannot wait is unplanned.')
    await announce()
    world.clock.set('2026-11-20T14:00:00-06:00')
    const overWeekend = { startsAt: at('2026-11-24T14:00:00-06:00'), endsAt: at('2026-11-24T15:00:00-06:00') }
    expect(await sentence(announce(overWeekend))).toContain('begins on Wednesday, November 25, 2026, at 2:00 p.m.')
  })

  it('takes an unplanned one that has begun, with or without an end', async () => {
    await announce({ startsAt: at('2026-11-16T13:00:00-06:00'), endsAt: null, isPlanned: false })
    await announce({ startsAt: at('2026-11-16T14:00:00-06:00'), endsAt: at('2026-11-16T14:00:01-06:00'), isPlanned: false })
    expect((await listed()).current).toHaveLength(2)
  })

  it('refuses what cannot be, each with a sentence', async () => {
    expect(await sentence(announce({ endsAt: null }))).toBe('Say when a planned outage ends.')
    expect(await sentence(announce({ endsAt: planned.startsAt }))).toBe('An outage ends after it begins.')
    expect(await sentence(announce({ startsAt: at('2026-11-16T10:00:00-06:00'), endsAt: at('2026-11-16T14:00:00-06:00'), isPlanned: false }))).toBe('This outage is over already.')
    expect(await sentence(announce({ what: ' \n ' }))).toBe('Say in one sentence what will not work, or what for.')
    expect(await sentence(announce({ what: 'x'.repeat(501) }))).toBe('Say it in 500 characters or fewer.')
    expect(await listed()).toEqual({ current: [], planned: [], past: [] })
  })

  it('keeps its words as one line', async () => {
    await announce({ what: 'New\r\n disks. ' })
    expect((await listAnnounced(world.reading()))[0]?.what).toBe('New disks.')
  })
})

describe('the log of outages', () => {
  it('moves an outage from planned to current to past', async () => {
    const id = await announce()
    expect(await listed()).toEqual({ current: [], planned: [id], past: [] })
    world.clock.set('2026-11-19T13:59:59-06:00')
    expect((await listed()).planned).toEqual([id])
    world.clock.set('2026-11-19T14:00:00-06:00')
    expect(await listed()).toEqual({ current: [id], planned: [], past: [] })
    world.clock.set('2026-11-19T18:00:00-06:00')
    expect(await listed()).toEqual({ current: [], planned: [], past: [id] })
  })

  it('has the banner from the announcement until the end, and for announced ones only', async () => {
    const id = await announce()
    await world.work((work) => logDatabaseTrouble(work, { from: at('2026-11-16T13:00:00-06:00'), to: at('2026-11-20T14:01:00-06:00') }))
    const banner = async () => (await listAnnounced(world.reading())).map((outage) => outage.id)
    expect(await banner()).toEqual([id])
    world.clock.set('2026-11-19T17:59:59-06:00')
    expect(await banner()).toEqual([id])
    world.clock.set('2026-11-19T18:00:00-06:00')
    expect(await banner()).toEqual([])
  })

  it('ends one that is under way, calls off one to come, and does neither twice', async () => {
    const [running, later] = [await announce({ startsAt: world.clock.now(), endsAt: null, isPlanned: false }), await announce()]
    world.clock.passMinutes(10)
    expect(await world.work((work) => endOutage(work, running))).toBe('ended')
    expect(await world.work((work) => endOutage(work, later))).toBe('calledOff')
    expect(await listed()).toEqual({ current: [], planned: [], past: [running] })
    await world.work((work) => logLateEvenings(work, [{ day: '2026-11-15', dueAt: at('2026-11-15T19:00:00-06:00'), heldAt: null }]))
    const noticed = (await listed()).current[0] ?? 0
    for (const id of [running, later, noticed, 99]) expect(await world.work((work) => endOutage(work, id))).toBe('none')
  })

  it('has one entry for what several processes noticed of one database trouble', async () => {
    const trouble = (from: string, to: string) => world.work((work) => logDatabaseTrouble(work, { from: at(from), to: at(to) }))
    await trouble('2026-11-16T13:00:10-06:00', '2026-11-16T13:02:00-06:00')
    await trouble('2026-11-16T13:00:00-06:00', '2026-11-16T13:01:50-06:00')
    await trouble('2026-11-16T13:00:10-06:00', '2026-11-16T13:02:10-06:00')
    await trouble('2026-11-16T13:30:00-06:00', '2026-11-16T13:31:00-06:00')
    expect((await listOutages(world.reading(), 10)).past.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
      [at('2026-11-16T13:30:00-06:00'), at('2026-11-16T13:31:00-06:00')], [at('2026-11-16T13:00:00-06:00'), at('2026-11-16T13:02:10-06:00')],
    ])
  })
})
