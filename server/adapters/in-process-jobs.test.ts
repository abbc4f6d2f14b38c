import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliveryHandlers } from '../delivery/delivery-handlers.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { createKeptLog, createStubMailer } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { openWorld, type World } from '../testing/world.ts'
import { inProcessJobs } from './in-process-jobs.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

describe('jobs without a queue', () => {
  it('look again by themselves, outlive a database that stumbles, and end when told to', async () => {
    const stop = new AbortController()
    const mailer = createStubMailer()
    const log = createKeptLog()
    let stumbles = 1
    const workplace = {
      ...world.workplace,
      reading: () => {
        if (stumbles-- > 0) throw new Error('params: pat@mail.example.com', { cause: new Error('database is locked') })
        return world.workplace.reading()
      },
    }
    const handlers = deliveryHandlers({ workplace, mailer, texter: createStubTexter(), profile: world.profile, log, linkKeys: ['k'.repeat(32)], workerName: 'test' })
    const working = inProcessJobs().runUntilStopped({ ...handlers, evening: null }, stop.signal)
    await world.work((work) => oweNotices(work, { cases: 2 }))
    for (let waited = 0; mailer.batches.length === 0 && waited < 100; waited++) await pause(50)
    expect(mailer.batches.map(({ mails }) => mails.length)).toEqual([2])
    const began = performance.now()
    stop.abort()
    await working
    expect(performance.now() - began).toBeLessThan(5000)
    expect(log.lines).toEqual([
      'Delivery stumbled and goes on Error: database is locked {}',
      'Messages were delivered {"worker":"test","sent":2,"retrying":0,"failed":0,"cancelled":0,"remaining":0}',
    ])
  })

  it('come back when they are asked to, after a failure later, and hold the evening beside', async () => {
    const stop = new AbortController()
    const at: number[] = []
    const answers = [() => 10, () => { throw new Error('Broken.') }, () => null]
    let evenings = 0
    const working = inProcessJobs().runUntilStopped({
      deliver: async (jobs) => {
        expect(jobs).toBe(Number.POSITIVE_INFINITY)
        at.push(performance.now())
        return answers[at.length - 1]?.() ?? null
      },
      promiseForgotten: () => Promise.reject(new Error('Nothing is forgotten where nothing is promised.')),
      evening: { hour: 19, days: [1], timeZone: 'America/Chicago', hold: async () => {
        evenings++
      } },
    }, stop.signal)
    while (at.length < 3) await pause(20)
    stop.abort()
    await working
    const pauses = at.slice(1).map((moment, nth) => moment - (at[nth] ?? 0))
    expect(pauses[0]).toBeLessThan(500)
    expect(pauses[1]).toBeGreaterThan(1900)
    expect(evenings).toBe(1)
    expect(await inProcessJobs().listDead()).toEqual([])
    expect(await inProcessJobs().redrive()).toBe(0)
  })
})
