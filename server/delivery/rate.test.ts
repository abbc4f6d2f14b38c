import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oweVerification } from '../testing/owe-asked.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn, type ResendStandIn, type StandInRules } from '../testing/resend-stand-in.ts'
import { startWorker, type StartedWorker } from '../testing/start-worker.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { DeliveryStep } from './deliver-channel.ts'
import type { Delivered } from './deliver-outbox.ts'

// A machine that has more to do than it can delays what is on its way: the provider may then find one request too many,
// once, and all keep more distance from there on.
const mostTurnedAway = 1

describe('several processes and one provider with a rate', { timeout: 120_000 }, () => {
  let world: World
  let provider: ResendStandIn
  const children: StartedWorker[] = []
  beforeEach(async () => {
    world = await openWorld(new Date().toISOString())
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill()
    await provider.close()
    await world.close()
  })

  const notices = 10
  async function given(batches: number, rules: StandInRules): Promise<void> {
    provider = await startResendStandIn({ latencyMs: 40, ...rules })
    await world.work((work) => oweNotices(work, { cases: batches, recipients: notices }))
  }

  interface Worker { readonly pid: number; readonly done: Promise<Delivered> }
  /** Processes that begin at once when all are ready. */
  async function start(count: number, requestsPerSecond: number, facts: { dieAt?: DeliveryStep; dieOn?: number; dieBy?: 'SIGSTOP' } = {}): Promise<Worker[]> {
    const orders = { databaseUrl: world.url, url: provider.url, apiKey: provider.apiKey, aheadMs: 0, requestsPerSecond, batchLimit: notices }
    const started = await Promise.all(Array.from({ length: count }, (_, nth) => startWorker({ ...orders, ...(nth === 0 ? facts : {}) })))
    children.push(...started)
    await Promise.all(started.map(({ ready }) => ready))
    return started.map((child) => {
      child.begin()
      return { pid: child.pid, done: child.end.then(({ said }) => JSON.parse(said) as Delivered) }
    })
  }
  function expectRate(requestsPerSecond: number): void {
    const turnedAway = provider.requests.filter(({ status }) => status === 429).length
    expect(turnedAway).toBeLessThanOrEqual(mostTurnedAway)
    expect(provider.mostInASecond()).toBeLessThanOrEqual(requestsPerSecond + turnedAway)
  }
  function expectEachOnce(count: number): void {
    expect(new Set(provider.accepted.map((mail) => mail.messageKey)).size).toBe(count)
    expect(provider.accepted).toHaveLength(count)
  }
  const tookMs = (): number => (provider.requests.at(-1)?.atMs ?? 0) - (provider.requests[0]?.atMs ?? 0)

  it.each([10, 20])('keep it full at %d a second and never send one too many', async (requestsPerSecond) => {
    const batches = requestsPerSecond * 3
    await given(batches, { requestsPerSecond })
    const done = await Promise.all((await start(3, requestsPerSecond)).map((worker) => worker.done))
    expect(done.reduce((sum, one) => sum + one.sent, 0)).toBe(batches * notices)
    expectEachOnce(batches * notices)
    expectRate(requestsPerSecond)
    // Others may have the machine: this only tells it from one that waits for each answer, or for each process's first.
    expect(tookMs()).toBeLessThan(6 * 1000 * batches / requestsPerSecond)
  })

  async function requests(count: number): Promise<void> {
    while (provider.requests.length < count) await pause(5)
  }
  const sentIn = async (workers: readonly Worker[]): Promise<number> =>
    (await Promise.all(workers.map((worker) => worker.done))).reduce((sum, one) => sum + one.sent, 0)

  it('send what a visitor waits for in the next slot', async () => {
    await given(12, { requestsPerSecond: 5 })
    const workers = await start(3, 5)
    await requests(7)
    await world.work((work) => oweVerification(work))
    const before = provider.requests.length
    expect(await sentIn(workers)).toBe(121)
    const keys = [...new Set(provider.accepted.map((mail) => mail.batchKey))]
    const place = keys.indexOf(provider.accepted.find((mail) => mail.subject.startsWith('Confirm'))?.batchKey ?? '')
    // One may have been leased already.
    expect(place).toBeLessThanOrEqual(before + 1)
    expectRate(5)
  })

  it('go on when one stands still, which sends nothing in the slot that it missed', async () => {
    await given(30, { requestsPerSecond: 10 })
    const [frozen] = await start(1, 10, { dieAt: 'composed', dieOn: 5, dieBy: 'SIGSTOP' })
    await requests(4)
    const others = await start(2, 10)
    await requests(15)
    if (frozen) process.kill(frozen.pid, 'SIGCONT')
    expect(await sentIn([...frozen ? [frozen] : [], ...others])).toBe(300)
    expectEachOnce(300)
    expectRate(10)
  })

  it('are all quiet when one was turned away, and then send first what a visitor waits for', async () => {
    let turnedAwayMs = 0
    await given(12, { requestsPerSecond: 5, fail: (request) => {
      if (request !== 6) return null
      turnedAwayMs = performance.now()
      return { tooManyForSeconds: 2 }
    } })
    const workers = await start(3, 5)
    await requests(7)
    await pause(300)
    await world.work((work) => oweVerification(work))
    await Promise.all(workers.map((worker) => worker.done))
    expect(provider.earlyRequests).toBe(0)
    const next = provider.requests.find(({ atMs }) => atMs > turnedAwayMs)
    expect((next?.atMs ?? 0) - turnedAwayMs).toBeGreaterThanOrEqual(1990)
    expect(provider.accepted.find(({ batchKey }) => batchKey === next?.key)?.subject).toBe('Confirm that you want to track')
    expectEachOnce(121)
  })
})
