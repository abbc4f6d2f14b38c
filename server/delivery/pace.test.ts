import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStubMailer } from '../testing/stub-mailer.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Workplace } from '../work.ts'
import { createPace, heldForMs, paceOf, type BegunSlot, type Pace, type Slot } from './pace.ts'

const never = new AbortController().signal

describe('the pace of a provider', () => {
  let world: World
  const closing: (() => Promise<void>)[] = []
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await world.close()
  })
  function beside(): Workplace {
    const workplace = world.openBeside({ waitMs: 20_000 })
    closing.push(() => workplace.close())
    return workplace
  }

  /** Reserves the next slot as deliverOutbox does, as soon as that opens. */
  async function reserved(pace: Pace, workplace: Workplace = world.workplace): Promise<Slot> {
    for (;;) {
      const { isOpen, atMs } = await pace.look(workplace.reading())
      const slot = isOpen && await workplace.inOneTransaction(async (work) => {
        const look = await pace.lookWithin(work)
        return look.isOpen && pace.reserve(work, look, atMs)
      })
      if (slot) return slot
      await pace.untilOpen(never)
    }
  }
  async function answered(pace: Pace, slot: BegunSlot, workplace: Workplace, turnedAwayMs: number | null = null): Promise<void> {
    pace.left(slot)
    pace.answered(turnedAwayMs)
    await workplace.inOneTransaction((work) => pace.tell(work, slot, turnedAwayMs !== null))
  }
  /** When each of so many requests left. */
  async function leave(pace: Pace, count: number, { workplace = world.workplace, workMs = 0 } = {}): Promise<number[]> {
    const left: number[] = []
    while (left.length < count) {
      const slot = await reserved(pace, workplace)
      if (workMs > 0) await pause(workMs)
      const begun = await pace.begin(workplace, slot)
      if (!begun) continue
      left.push(begun.begunMs)
      await answered(pace, begun, workplace)
    }
    return left
  }
  function expectRate(left: readonly number[], requestsPerSecond: number): void {
    const inOrder = [...left].sort((a, b) => a - b)
    for (const [index, moment] of inOrder.entries()) {
      const next = inOrder[index + requestsPerSecond]
      if (next !== undefined) expect(next - moment).toBeGreaterThan(1000)
    }
  }

  it('never puts more requests into a second than allowed, wherever it begins', async () => {
    expectRate(await leave(createPace(20, 'mail'), 45, { workMs: 3 }), 20)
  })

  it('is one for all processes, and each of them gets through', async () => {
    const left = await Promise.all([world.workplace, beside(), beside()].map((workplace) => leave(createPace(10, 'mail'), 8, { workplace })))
    expectRate(left.flat(), 10)
  })

  it('is one for all who deliver through a mailer', async () => {
    const mailer = createStubMailer({ requestsPerSecond: 20 })
    expect(paceOf(mailer)).toBe(paceOf(mailer))
    expectRate((await Promise.all([leave(paceOf(mailer), 12), leave(paceOf(mailer), 12)])).flat(), 20)
  })

  it('opens a slot as long before it begins as the work for it took lately', async () => {
    const pace = createPace(2, 'mail')
    await leave(pace, 2, { workMs: 160 })
    const { fromMs, openedMs } = await reserved(pace)
    expect(fromMs - openedMs).toBeGreaterThan(20)
  })

  it('lets nothing follow a first request before its answer, which may have opened a connection', async () => {
    const [one, two] = [createPace(20, 'mail'), createPace(20, 'mail')]
    const first = await one.begin(world.workplace, await reserved(one))
    if (!first) throw new Error('Nothing may leave.')
    one.left(first)
    await pause(150)
    expect(await two.look(world.reading())).toMatchObject({ isOpen: false })
    await answered(one, first, world.workplace)
    await pause(100)
    expect(await two.look(world.reading())).toMatchObject({ isOpen: true })
    // But not for ever.
    const slot = await two.begin(world.workplace, await reserved(two))
    expect((await reserved(one)).fromMs - (slot?.begunMs ?? 0)).toBeGreaterThan(900)
  })

  it('prefers whose connection is open', async () => {
    const [warm, cold] = [createPace(2, 'mail'), createPace(2, 'mail')]
    await leave(warm, 2, { workMs: 150 })
    let isTaken = false
    const next = reserved(warm).then((slot) => {
      isTaken = true
      return slot
    })
    for (; !isTaken; await pause(5)) expect(await cold.look(world.reading())).toMatchObject({ isOpen: false })
    expect((await next).isCold).toBe(false)
    // And takes its place where nobody's is.
    const later = await reserved(cold)
    expect(later.isCold).toBe(true)
  })

  it('gives another slot to who comes too late for one', async () => {
    const [slow, quick] = [createPace(2, 'mail'), createPace(2, 'mail')]
    await leave(slow, 1)
    await leave(quick, 1)
    const missed = await reserved(slow)
    await pause(missed.untilMs - performance.now() + 100)
    const [begun] = await leave(quick, 1)
    const late = await slow.begin(world.workplace, missed)
    expect((late?.begunMs ?? 0) - (begun ?? 0)).toBeGreaterThan(500)
    // And the same at once, when nobody has one after it.
    if (late) await answered(slow, late, world.workplace)
    const again = await reserved(slow)
    await pause(again.untilMs - performance.now() + 20)
    const began = performance.now()
    expect(((await slow.begin(world.workplace, again))?.begunMs ?? Infinity) - began).toBeLessThan(450)
  })

  it('holds everybody back when one was turned away, also what had a slot already', async () => {
    const [one, two] = [createPace(50, 'mail'), createPace(50, 'mail')]
    await leave(two, 1)
    const first = await one.begin(world.workplace, await reserved(one))
    if (!first) throw new Error('Nothing may leave.')
    const second = await reserved(two)
    const heldUntil = performance.now() + 1500
    await answered(one, first, world.workplace, 1500)
    expect(await one.begin(world.workplace, first)).toBeNull()
    expect(await two.begin(world.workplace, second)).toBeNull()
    expect(two.heldForMs()).toBeGreaterThan(0)
    expect((await leave(two, 1))[0]).toBeGreaterThanOrEqual(heldUntil)
    expect(two.heldForMs()).toBe(0)
  })

  it('tells how long everybody is quiet', async () => {
    const [one, two] = [createStubMailer({ requestsPerSecond: 5 }), createStubMailer({ requestsPerSecond: 5 })]
    expect(await heldForMs(two, world.reading())).toBe(0)
    const slot = await paceOf(one).begin(world.workplace, await reserved(paceOf(one)))
    if (!slot) throw new Error('Nothing may leave.')
    await answered(paceOf(one), slot, world.workplace, 60_000)
    expect(await heldForMs(two, world.reading())).toBeGreaterThan(50_000)
  })

  it('writes nothing where the provider has no rate, and holds back this process alone', async () => {
    const pace = createPace(null, 'mail')
    expect(await leave(pace, 3)).toHaveLength(3)
    pace.answered(120)
    expect(await pace.look(world.reading())).toMatchObject({ isOpen: false })
    const began = performance.now()
    await leave(pace, 1)
    expect(performance.now() - began).toBeGreaterThan(110)
    expect(await world.rows('select * from provider_paces')).toEqual([])
  })

  it('waits no longer than it is told to', async () => {
    const pace = createPace(null, 'mail')
    pace.answered(60_000)
    await pace.untilOpen(AbortSignal.timeout(20))
    expect(pace.heldForMs()).toBeGreaterThan(50_000)
  })
})
