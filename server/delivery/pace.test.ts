import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createStubMailer } from '../testing/stub-mailer.ts'
import { createPace, paceOf } from './pace.ts'

const never = new AbortController().signal

/** When each of so many slots began. */
async function slotsOf(pace: ReturnType<typeof createPace>, count: number, workMs = 0): Promise<number[]> {
  const begun: number[] = []
  while (begun.length < count) {
    await pace.untilOpen(never)
    if (!pace.isOpen()) continue
    if (workMs > 0) await pause(workMs)
    if (!await pace.take()) continue
    begun.push(performance.now())
    pace.answered()
  }
  return begun
}

describe('the pace of a provider', () => {
  it('never puts more requests into a second than allowed, wherever it begins, and is little slower', async () => {
    const begun = await slotsOf(createPace(50), 60, 3)
    for (const [index, moment] of begun.entries()) {
      const next = begun[index + 50]
      if (next !== undefined) expect(next - moment).toBeGreaterThan(1000)
    }
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(59 * 20)
  })

  it('is one for all who deliver through a mailer', async () => {
    const mailer = createStubMailer({ requestsPerSecond: 20 })
    expect(paceOf(mailer)).toBe(paceOf(mailer))
    const begun = (await Promise.all([slotsOf(paceOf(mailer), 3), slotsOf(paceOf(mailer), 3)])).flat().sort((a, b) => a - b)
    for (const [index, moment] of begun.slice(1).entries()) expect(moment - (begun[index] ?? 0)).toBeGreaterThan(49)
  })

  it('opens a slot as long before it begins as the work for it took lately', async () => {
    const pace = createPace(5)
    await slotsOf(pace, 2, 30)
    const began = performance.now()
    await pace.untilOpen(never)
    const openedMs = performance.now() - began
    await pace.take()
    expect(openedMs).toBeGreaterThan(90)
    expect(performance.now() - began - openedMs).toBeGreaterThan(20)
  })

  it('lets nothing follow a first request before its answer, which may have opened a connection', async () => {
    const pace = createPace(20)
    await pace.take()
    setTimeout(() => pace.answered(), 150)
    await pause(100)
    expect(pace.isOpen()).toBe(false)
    await pause(120)
    expect(pace.isOpen()).toBe(true)
    // But not for ever.
    const other = createPace(20)
    await other.take()
    const began = performance.now()
    await other.untilOpen(never)
    expect(performance.now() - began).toBeGreaterThan(900)
  })

  it('is slower after the provider found it too fast', async () => {
    const pace = createPace(20)
    await slotsOf(pace, 1)
    for (let times = 0; times < 20; times++) pace.turnedAway(1)
    const begun = await slotsOf(pace, 5)
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(4 * 52)
  })

  it('holds everything back when told to, also what had a slot already', async () => {
    const pace = createPace(null)
    await pace.untilOpen(never)
    pace.turnedAway(120)
    expect(await pace.take()).toBe(false)
    const began = performance.now()
    await pace.untilOpen(never)
    expect(performance.now() - began).toBeGreaterThan(110)
    expect(await pace.take()).toBe(true)
    expect(pace.heldForMs()).toBe(0)
  })

  it('waits no longer than it is told to', async () => {
    const pace = createPace(null)
    pace.turnedAway(60_000)
    await pace.untilOpen(AbortSignal.timeout(20))
    expect(pace.isOpen()).toBe(false)
  })
})
