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
    if (workMs > 0) await pause(workMs)
    if (await pace.take()) begun.push(performance.now())
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

  it('opens a slot ahead of its beginning, so that what leaves in it is chosen late', async () => {
    const pace = createPace(10)
    await slotsOf(pace, 1)
    const began = performance.now()
    await pace.untilOpen(never)
    const opened = performance.now() - began
    await pace.take()
    expect(opened).toBeGreaterThan(60)
    expect(performance.now() - began - opened).toBeGreaterThan(5)
  })

  it('holds everything back when told to, also what had a slot already', async () => {
    const pace = createPace(null)
    await pace.untilOpen(never)
    pace.holdFor(120)
    expect(await pace.take()).toBe(false)
    const began = performance.now()
    await pace.untilOpen(never)
    expect(performance.now() - began).toBeGreaterThan(110)
    expect(await pace.take()).toBe(true)
    expect(pace.heldForMs()).toBe(0)
  })

  it('waits no longer than it is told to', async () => {
    const pace = createPace(null)
    pace.holdFor(60_000)
    expect(await pace.untilOpen(AbortSignal.timeout(20))).toBe(false)
  })
})
