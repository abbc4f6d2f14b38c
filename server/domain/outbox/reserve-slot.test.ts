import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../testing/world.ts'
import { adjustNext, findPace, freeInMs, getPace, holdInMs, holdProvider, reserveSlot, type ProviderPace, type SlotOrder } from './reserve-slot.ts'

const provider = 'mail'
const noon = new Date('2026-11-20T18:00:00.000Z')
const at = (ms: number): Date => new Date(noon.getTime() + ms)
const aPace = (facts: Partial<ProviderPace> = {}): ProviderPace => ({ now: noon, nextAt: at(-5000), heldUntil: new Date(0), heldAt: null, marginMs: 30, ...facts })

describe('the slots of a provider', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
    await world.work((work) => getPace(work, provider))
  })
  afterEach(() => world.close())

  const reserve = (pace: ProviderPace, order: Partial<SlotOrder> = {}) => world.work((work) => reserveSlot(work, pace, {
    provider, requestsPerSecond: 2, readyInMs: 0, last: null, unpunctualMs: 0, roomMs: 0, instead: null, ...order,
  }))
  const found = async (): Promise<ProviderPace> => {
    const pace = await findPace(world.reading(), provider)
    if (!pace) throw new Error('There is no pace.')
    return pace
  }

  it('stand by the clock of the database, whatever the clock of the process', async () => {
    const { now } = await found()
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(5000)
    expect(now.getTime() - world.clock.now().getTime()).not.toBe(0)
  })

  it('are not written before anybody reserves one, and then begin at once', async () => {
    const other = await openWorld()
    try {
      expect(await findPace(other.reading(), provider)).toBeUndefined()
      const pace = await other.work((work) => getPace(work, provider))
      expect(freeInMs(pace, 2, null)).toBeLessThan(0)
      expect(pace).toMatchObject({ heldUntil: new Date(0), marginMs: 30 })
    } finally {
      await other.close()
    }
  })

  it('follow each other so that no second holds more of them than allowed', async () => {
    const begun: number[] = []
    for (let nth = 0; nth < 8; nth++) begun.push((await reserve({ ...aPace(), nextAt: nth === 0 ? noon : (await found()).nextAt })).beginsInMs)
    expect(begun).toEqual([0, 515, 1030, 1545, 2060, 2575, 3090, 3605])
  })

  it('begin when their caller is ready, and the next ones accordingly', async () => {
    expect(await reserve(aPace(), { readyInMs: 40 })).toMatchObject({ freeInMs: -5000, beginsInMs: 40, nextAt: at(555) })
    expect(await reserve(aPace({ nextAt: at(100) }), { readyInMs: 40 })).toMatchObject({ freeInMs: 100, beginsInMs: 100, toleranceMs: 6, nextAt: at(615) })
  })

  it('leave room after a request that may arrive late, and give it back when it arrived', async () => {
    const slot = await reserve(await found(), { roomMs: 1000 })
    expect(slot.nextAt).toEqual((await found()).nextAt)
    await world.work((work) => adjustNext(work, slot, { provider, requestsPerSecond: 2, leftAgoMs: 100 }))
    const { now, nextAt } = await found()
    expect(nextAt.getTime() - now.getTime()).toBeLessThanOrEqual(416)
    expect(nextAt.getTime() - now.getTime()).toBeGreaterThan(0)
    // Not once somebody has reserved after it.
    const next = await reserve(await found())
    await world.work((work) => adjustNext(work, slot, { provider, requestsPerSecond: 2, leftAgoMs: 0 }))
    expect((await found()).nextAt).toEqual(next.nextAt)
  })

  it('are given back by who came too late for one, unless somebody reserved after it', async () => {
    const missed = await reserve(aPace({ nextAt: at(100) }))
    expect(await reserve(aPace({ now: at(150), nextAt: missed.nextAt }), { instead: missed, readyInMs: 4 })).toMatchObject({ freeInMs: -50, beginsInMs: 4, nextAt: at(669) })
    expect(await reserve(aPace({ now: at(150), nextAt: at(1130) }), { instead: missed, readyInMs: 4 })).toMatchObject({ beginsInMs: 980, nextAt: at(1645) })
  })

  it('follow what really left: sooner after an early one, not much sooner than allowed after a late one', () => {
    const pace = aPace({ nextAt: at(515) })
    const last = { nextAt: at(515), evenInMs: 515, secondAgoInMs: null }
    expect(freeInMs(pace, 2, { ...last, leftInMs: -20, evenInMs: 495 })).toBe(495)
    expect(freeInMs(pace, 2, { ...last, leftInMs: 5 })).toBe(515)
    expect(freeInMs(pace, 2, { ...last, leftInMs: 50 })).toBe(557.5)
    // Somebody else reserved in between.
    expect(freeInMs(pace, 2, { ...last, leftInMs: -520, nextAt: at(0) })).toBe(515)
    expect(freeInMs(pace, 2, { ...last, leftInMs: 50, nextAt: at(0), secondAgoInMs: -500 })).toBe(557.5)
  })

  it('make up for a late one where the caller sent all of the last second, and put no more into a second for it', () => {
    const pace = aPace({ nextAt: at(565) })
    const last = { nextAt: at(565), evenInMs: 515, leftInMs: 50 }
    expect(freeInMs(pace, 2, { ...last, secondAgoInMs: -515 })).toBe(515)
    expect(freeInMs(pace, 2, { ...last, secondAgoInMs: -450 })).toBe(565)
    // Nor do they crowd after a very late one.
    expect(freeInMs(pace, 2, { ...last, leftInMs: 300, secondAgoInMs: -515 })).toBe(553.75)
  })

  it('stay where they would be if all had left when they should, for their own caller', async () => {
    const pace = aPace({ nextAt: at(100) })
    const last = { nextAt: at(100), evenInMs: 60, leftInMs: -400, secondAgoInMs: -955 }
    expect(await reserve(pace, { last, readyInMs: 90 })).toMatchObject({ freeInMs: 60, beginsInMs: 90, nextAt: at(605), evenInMs: 567.5, isNextOfOwn: true })
    // A slot that was missed keeps its place too.
    const missed = await reserve(pace, { last })
    const again = await reserve(aPace({ now: at(150), nextAt: missed.nextAt }), {
      last: { ...last, evenInMs: -90, leftInMs: -550, secondAgoInMs: -1105 }, instead: { ...missed, evenInMs: missed.evenInMs - 150 }, readyInMs: 4,
    })
    expect(again).toMatchObject({ beginsInMs: 4, evenInMs: 417.5, isNextOfOwn: true })
    // What is very late begins anew, nearly.
    expect(await reserve(pace, { last, readyInMs: 900 })).toMatchObject({ beginsInMs: 900, evenInMs: 1157.5 })
    // Others go by what was reserved.
    expect(await reserve(pace, { last: { ...last, nextAt: at(0) }, readyInMs: 120 })).toMatchObject({ freeInMs: 107.5, evenInMs: 615, isNextOfOwn: false })
  })

  it('are further apart for a process that is not punctual, and for all after the provider found them too close', async () => {
    expect(await reserve(aPace(), { unpunctualMs: 20 })).toMatchObject({ nextAt: at(525) })
    expect(await reserve(aPace(), { unpunctualMs: 500 })).toMatchObject({ nextAt: at(575) })
    await world.work((work) => holdProvider(work, provider, 1500))
    const held = await found()
    expect(held.heldUntil.getTime() - held.now.getTime()).toBeGreaterThan(1000)
    expect(held.heldUntil.getTime() - held.now.getTime()).toBeLessThanOrEqual(1500)
    expect(held.marginMs).toBe(45)
    // What was under way with it says nothing new, and shortens nothing.
    await world.work((work) => holdProvider(work, provider, 10))
    expect(await found()).toMatchObject({ heldUntil: held.heldUntil, marginMs: 45 })
  })

  it('are as close as at first again after an hour in which nobody used one', async () => {
    expect(await reserve(aPace({ marginMs: 150, nextAt: at(-3_600_000) }))).toMatchObject({ nextAt: at(575) })
    expect(await reserve(aPace({ marginMs: 150, nextAt: at(-3_600_001) }))).toMatchObject({ nextAt: at(515) })
    expect((await found()).marginMs).toBe(30)
  })

  it('wait a day for a provider at most, whatever it or the row says', async () => {
    const dayMs = 86_400_000
    await world.work((work) => holdProvider(work, provider, 9 * dayMs))
    const held = await found()
    expect(holdInMs(held)).toBeGreaterThan(dayMs - 60_000)
    expect(held.heldUntil.getTime() - held.now.getTime()).toBeLessThanOrEqual(dayMs)
    expect(holdInMs(aPace({ heldUntil: at(9 * dayMs) }))).toBe(dayMs)
  })

  it('begin at once when the clock was set back', async () => {
    expect(await reserve(aPace({ nextAt: at(7_200_000) }))).toMatchObject({ beginsInMs: 0, nextAt: at(515) })
  })

  it('keep no quiet that was asked for by another clock: it was set back', () => {
    expect(holdInMs(aPace({ heldAt: at(7_200_000), heldUntil: at(7_260_000) }))).toBe(0)
    expect(holdInMs(aPace({ heldAt: at(50), heldUntil: at(60_000) }))).toBe(60_000)
  })
})
