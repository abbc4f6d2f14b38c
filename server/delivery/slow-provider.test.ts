import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn, type StandInFailure } from '../testing/resend-stand-in.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { counted, isLong, report, sized } from '../testing/torture/scale.ts'
import { tallyOf } from '../testing/torture/tally.ts'
import { openWorld, type World } from '../testing/world.ts'
import { deliverOutbox } from './deliver-outbox.ts'

const ways: readonly (StandInFailure | null)[] = ['silence', 'drip', 'halfAnswer', 'notJson', null]

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
    const owed = await world.work((work) => oweNotices(work, { cases: sized(20, 200), recipients: 10 }))
    // In the long form with the time that is set where nobody sets one.
    const timeoutMs = sized(500, 10_000)
    const mailer = createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 1000, ...(isLong ? {} : { timeoutMs }) })
    const batchLimit = sized(20, 100)
    const deliver = () => deliverOutbox({
      workplace: world.workplace, profile: world.profile, mailer: { ...mailer, batchLimit }, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'test',
    })
    const batches = owed.length / batchLimit
    provider.change({ fail: (request) => ways[request % ways.length] ?? null })
    const delays = monitorEventLoopDelay({ resolution: 5 })
    delays.enable()
    const began = performance.now()
    expect(await deliver()).toMatchObject({ retrying: owed.length * 4 / 5, failed: 0 })
    const tookMs = performance.now() - began
    delays.disable()
    const p99Ms = Math.round(delays.percentile(99) / 1e6)
    provider.change({ fail: () => null })
    world.clock.passMinutes(1)
    await deliver()

    const { figure, isRight } = tallyOf(provider, owed.map(({ email }) => email), (mail) => mail.to)
    const keys = new Set(provider.requests.map(({ key }) => key))
    const gaveUpInTime = tookMs >= timeoutMs && tookMs < timeoutMs + 3_000
    report('R8', `gave up after ${(tookMs / 1000).toFixed(1)} s, event loop p99 ${p99Ms} ms, ${figure}`, isRight && gaveUpInTime && p99Ms < 50 && keys.size === batches)
    expect(isRight, figure).toBe(true)
    // Each was asked for under the key that it had.
    expect(keys.size).toBe(batches)
    expect(provider.requests).toHaveLength(batches * 9 / 5)
    expect(tookMs).toBeGreaterThanOrEqual(timeoutMs)
    if (isLong) {
      expect(gaveUpInTime, counted(tookMs)).toBe(true)
      expect(p99Ms).toBeLessThan(50)
    }
  })
})
