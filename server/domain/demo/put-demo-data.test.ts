import { and, asc, count, countDistinct, eq, gt, inArray, like, lt } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  cases, courts, docketChanges, docketEntries, outboxMessages, parties, scheduledEvents, scheduledPayments, subscribers, subscriptions,
} from '../../../db/schema.ts'
import { findCaseType } from '../../profile/look-up.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { isDatabaseEmpty } from './is-database-empty.ts'
import { putDemoData, type DemoSize } from './put-demo-data.ts'

const put = (world: World, size: Partial<DemoSize>, onProgress?: (done: number) => void) =>
  putDemoData(world.workplace, world.site, { cases: 0, subscriptions: 0, entries: 0, seed: 1, ...size }, onProgress)
const rowsOf = async ({ tx }: ReturnType<World['reading']>) => ({
  cases: await tx.select().from(cases).orderBy(asc(cases.id)),
  entries: await tx.select().from(docketEntries).orderBy(asc(docketEntries.id)),
  events: await tx.select().from(scheduledEvents).orderBy(asc(scheduledEvents.id)),
  payments: await tx.select().from(scheduledPayments).orderBy(asc(scheduledPayments.id)),
})

describe('demonstration data', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    await put(world, { cases: 600 })
  })
  afterAll(() => world.close())
  const reading = () => world.reading()

  it('stands in every court, those that take no part included, and in excluded case types', async () => {
    const { tx } = reading()
    expect(await tx.$count(cases)).toBe(600)
    const [row] = await tx.select({ courts: countDistinct(cases.court) }).from(cases)
    expect(row?.courts).toBe(world.profile.courts.length)
    const types = (await tx.selectDistinct({ type: cases.caseType }).from(cases)).map(({ type }) => findCaseType(world.profile, type))
    expect(types.every((type) => type !== undefined)).toBe(true)
    expect(types.filter((type) => type?.isExcluded).length).toBeGreaterThan(0)
    const takingNoPart = tx.select({ code: courts.code }).from(courts).where(eq(courts.isTakingPart, false))
    expect(await tx.$count(cases, inArray(cases.court, takingNoPart))).toBeGreaterThan(0)
  })

  it('holds about ten entries a case, some of them corrected, voided or sealed, and codes that the profile explains', async () => {
    const { tx } = reading()
    expect(await tx.$count(docketEntries)).toBeGreaterThan(10 * 600)
    const kinds = await tx.select({ kind: docketChanges.kind, changes: count() }).from(docketChanges).groupBy(docketChanges.kind)
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['added', 'updated', 'voided'])
    expect(await tx.$count(docketEntries, eq(docketEntries.security, 'confidential'))).toBeGreaterThan(0)
    const codes = (await tx.selectDistinct({ code: docketEntries.code }).from(docketEntries)).map(({ code }) => code)
    expect(codes.filter((code) => !world.profile.docketCodes.some((known) => known.code === code))).toEqual([])
    expect(codes.length).toBeGreaterThan(60)
    expect(await tx.$count(docketEntries, like(docketEntries.text, '%{%'))).toBe(0)
  })

  it('is open for the most part, and seldom confidential', async () => {
    const { tx } = reading()
    const closed = await tx.$count(cases, eq(cases.status, 'closed'))
    expect(closed).toBeGreaterThan(600 * 0.2)
    expect(closed).toBeLessThan(600 * 0.3)
    const confidential = await tx.$count(cases, eq(cases.security, 'confidential'))
    expect(confidential).toBeGreaterThan(0)
    expect(confidential).toBeLessThan(600 * 0.03)
  })

  it('has hearings in the next thirty days and before, and payments due and paid', async () => {
    const { tx, now } = reading()
    const inThirtyDays = new Date(now.getTime() + 30 * 86_400_000)
    const isSoon = and(gt(scheduledEvents.startsAt, now), lt(scheduledEvents.startsAt, inThirtyDays))
    expect(await tx.$count(scheduledEvents, isSoon)).toBeGreaterThan(60)
    expect(await tx.$count(scheduledEvents, lt(scheduledEvents.startsAt, now))).toBeGreaterThan(100)
    expect(await tx.$count(scheduledPayments, eq(scheduledPayments.status, 'paid'))).toBeGreaterThan(100)
    const isBehind = and(eq(scheduledPayments.status, 'due'), gt(scheduledPayments.pastDueCents, 0))
    expect(await tx.$count(scheduledPayments, isBehind)).toBeGreaterThan(0)
  })

  it('is history: told to nobody, and nothing of it was recorded later than now', async () => {
    const { tx, now } = reading()
    expect(await tx.$count(docketChanges, isUntaken)).toBe(0)
    expect(await tx.$count(outboxMessages)).toBe(0)
    expect(await tx.$count(docketChanges, gt(docketChanges.recordedAt, now))).toBe(0)
    expect(await tx.$count(docketEntries, gt(docketEntries.filedAt, now))).toBe(0)
    const moments = await tx.select({ at: cases.lastActivityAt }).from(cases)
    expect(new Set(moments.map(({ at }) => at?.toISOString().slice(0, 10))).size).toBeGreaterThan(90)
  })

  it('never has the number or the names of the published examples', async () => {
    const { tx } = reading()
    expect(await tx.$count(cases, eq(cases.number, '26BA-CR01482'))).toBe(0)
    const names = [...(await tx.select({ name: parties.name }).from(parties)), ...(await tx.select({ name: cases.judge }).from(cases))]
    expect(names.filter(({ name }) => /Reyes|Jordan|Alvarez|Dana|\bLee\b/.test(name ?? ''))).toEqual([])
  })

  it('is not empty any more', async () => {
    expect(await isDatabaseEmpty(reading())).toBe(false)
  })
})

describe('demonstration data of a size', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('goes into a database that is empty but for its courts', async () => {
    expect(await isDatabaseEmpty(world.reading())).toBe(true)
    await takeAll(world, [{ type: 'case', number: '25BE-CR00311', court: '13-BOONE', caption: 'Harbor v. Lowell' }])
    expect(await isDatabaseEmpty(world.reading())).toBe(false)
  })

  it('is the same for the same seed and another for another', async () => {
    const other = await openWorld()
    const third = await openWorld()
    try {
      await put(world, { cases: 60 })
      await put(other, { cases: 60 })
      await put(third, { cases: 60, seed: 2 })
      const rows = await rowsOf(world.reading())
      expect(await rowsOf(other.reading())).toEqual(rows)
      expect((await rowsOf(third.reading())).cases).not.toEqual(rows.cases)
    } finally {
      await other.close()
      await third.close()
    }
  })

  it('adds as many cases again, and leaves those that are here as they are', async () => {
    await put(world, { cases: 60 })
    const before = await rowsOf(world.reading())
    await put(world, { cases: 60 })
    await put(world, { cases: 60, seed: 2 })
    const after = await rowsOf(world.reading())
    expect(after.cases).toHaveLength(180)
    expect(after.cases.slice(0, 60)).toEqual(before.cases)
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries)
  })

  it('tracks cases that can be tracked, each person some of them, from after their history', async () => {
    await put(world, { cases: 200, subscriptions: 500 })
    const { tx } = world.reading()
    expect(await tx.$count(subscribers)).toBe(167)
    const [person] = await tx.select({ email: subscribers.email }).from(subscribers).orderBy(asc(subscribers.id))
    expect(person?.email).toBe('person000001@example.com')
    const tracked = await tx.select().from(subscriptions)
      .innerJoin(cases, eq(cases.id, subscriptions.caseId)).innerJoin(courts, eq(courts.code, cases.court))
    expect(tracked).toHaveLength(500)
    expect(tracked.filter(({ cases: one, courts: court }) =>
      one.security !== 'public' || !court.isTakingPart || findCaseType(world.profile, one.caseType)?.isExcluded !== false)).toEqual([])
    const newest = await tx.$count(docketChanges)
    expect(tracked.every(({ subscriptions: one }) => one.emailState === 'active' && one.emailActiveAfter === newest)).toBe(true)
    expect(await tx.$count(outboxMessages)).toBe(0)
  })

  it('brings entries of today to tracked cases, after their tracking became active, and no other mail', async () => {
    await put(world, { cases: 100, subscriptions: 30, entries: 250 })
    const { tx } = world.reading()
    const untaken = await tx.select().from(docketChanges).where(isUntaken)
    expect(untaken).toHaveLength(250)
    expect(untaken.every(({ kind }) => kind === 'added')).toBe(true)
    const tracked = new Map((await tx.select().from(subscriptions)).map((one) => [one.caseId, one.emailActiveAfter ?? Infinity]))
    expect(untaken.filter(({ id, caseId }) => id <= (tracked.get(caseId) ?? Infinity))).toEqual([])
    expect(await tx.$count(outboxMessages)).toBe(0)
  })

  it('adds people and entries to what is here when no cases are asked for', async () => {
    await put(world, { cases: 50 })
    await put(world, { subscriptions: 10, entries: 5 })
    await put(world, { subscriptions: 10, entries: 5 })
    const { tx } = world.reading()
    expect(await tx.$count(cases)).toBe(50)
    expect(await tx.$count(subscriptions)).toBe(20)
    expect(await tx.$count(docketChanges, isUntaken)).toBe(10)
  })

  it('makes no two subscriptions of one person to one case, however few cases there are', async () => {
    await put(world, { cases: 4, subscriptions: 25 })
    const { tx } = world.reading()
    expect(await tx.$count(subscriptions)).toBe(25)
    expect(await tx.$count(subscribers)).toBe(9)
  })

  it('says that nothing can be tracked where nothing can', async () => {
    await expect(put(world, { subscriptions: 1 })).rejects.toThrow('There is no case here that can be tracked')
  })

  it('tells its progress up to the whole', async () => {
    const told: number[] = []
    await put(world, { cases: 60, subscriptions: 40, entries: 30 }, (done) => told.push(done))
    expect(told.at(-1)).toBe(130)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('needs no code or court letters of Missouri', async () => {
    const [first, second] = world.profile.courts
    if (!first || !second) throw new Error('no courts')
    const caseTypes = [{ code: 'X', name: 'Any', isExcluded: false }]
    const profile = { ...world.profile, courts: [first, second], docketCodes: [], caseTypes }
    await putDemoData(world.workplace, { ...world.site, profile }, { cases: 20, subscriptions: 3, entries: 5, seed: 1 })
    const { tx } = world.reading()
    expect(await tx.$count(cases, inArray(cases.court, [first.code, second.code]))).toBe(20)
    expect((await tx.selectDistinct({ code: docketEntries.code }).from(docketEntries)).map(({ code }) => code)).toEqual([null])
  })
})
