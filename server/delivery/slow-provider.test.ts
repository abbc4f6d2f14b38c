import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import type { Mailer } from '../ports.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn, type StandInFailure } from '../testing/resend-stand-in.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { isLong, report, sized } from '../testing/torture/scale.ts'
import { tallyOf } from '../testing/torture/tally.ts'
import { openWorld, type World } from '../testing/world.ts'
import { deliverOutbox } from './deliver-outbox.ts'

const ways: readonly (StandInFailure | null)[] = ['silence', 'drip', 'halfAnswer', 'notJson', null]

// On a machine that others use too.
const mostLateMs = 2_000

describe('a provider that answers late or badly', { timeout: sized(60_000, 600_000) }, () => {
  let world: World
  let provider: ResendStandIn
  beforeEach(async () => {
    world = await openWorld()
    provider = await startResendStandIn({ now: () => world.clock.now().getTime() })
  })
  afterEach(async () => {
    await provider.close()
    await world.close()
  })

  it('R8: is given up in time, whatever it does, and asked again under the same key, while all else stays quick', async () => {
    // In the long form with the time that is set where nobody sets one.
    const timeoutMs = sized(500, 10_000)
    const mailer = createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 1000, ...(isLong ? {} : { timeoutMs }) })
    const batchLimit = sized(20, 100)
    let slowestMs = 0
    const timed: Mailer = { ...mailer, batchLimit, async send(key, mails) {
      const began = performance.now()
      try {
        return await mailer.send(key, mails)
      } finally {
        slowestMs = Math.max(slowestMs, performance.now() - began)
      }
    } }
    const deliver = () => deliverOutbox({
      workplace: world.workplace, profile: world.profile, mailer: timed, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'test',
    })
    // A service that has sent before, as it has for most of its life.
    const before = await world.work((work) => oweNotices(work, { cases: sized(2, 40), recipients: 10, name: 'before' }))
    await deliver()
    const owed = await world.work((work) => oweNotices(work, { cases: sized(20, 200), recipients: 10 }))
    const batches = owed.length / batchLimit
    const earlier = provider.requests.length
    slowestMs = 0
    let asked = 0
    provider.change({ fail: () => ways[asked++ % ways.length] ?? null })
    const delays = monitorEventLoopDelay({ resolution: 5 })
    delays.enable()
    expect(await deliver()).toMatchObject({ retrying: owed.length * 4 / 5, failed: 0 })
    delays.disable()
    const p99Ms = Math.round(delays.percentile(99) / 1e6)
    provider.change({ fail: () => null })
    world.clock.passMinutes(1)
    await deliver()

    const { figure, isRight } = tallyOf(provider, [...before, ...owed].map(({ email }) => email), (mail) => mail.to)
    const keys = new Set(provider.requests.slice(earlier).map(({ key }) => key))
    const gaveUpInTime = slowestMs >= timeoutMs && slowestMs < timeoutMs + mostLateMs
    report('R8', `gave up after ${(slowestMs / 1000).toFixed(1)} s, event loop p99 ${p99Ms} ms, ${figure}`, isRight && gaveUpInTime && p99Ms < 50 && keys.size === batches)
    expect(isRight, figure).toBe(true)
    // Each was asked for under the key that it had.
    expect(keys.size).toBe(batches)
    expect(provider.requests).toHaveLength(earlier + batches * 9 / 5)
    expect(slowestMs).toBeGreaterThanOrEqual(timeoutMs)
    expect(slowestMs).toBeLessThan(timeoutMs + mostLateMs)
    if (isLong) expect(p99Ms).toBeLessThan(50)
  })
})
