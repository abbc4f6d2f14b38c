import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestRuns, docketChanges, eveningHolds, messageContents, outboxMessages, subscribers } from '../../db/schema.ts'
import { findWaitingEvening, releaseEvening } from '../domain/digest/evening-holds.ts'
import { countVisitorMails, takeVisitorMail } from '../domain/limits/take-visitor-mail.ts'
import { isEveningOverdue } from '../domain/operator/read-feed-lag.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import { putSubscriber } from '../domain/tracking/put-subscriber.ts'
import { aContext, callerIn } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { takeAll } from '../testing/take-all.ts'
import { openWorld, type World } from '../testing/world.ts'
import { eveningHandler } from './evening-handler.ts'
import { previewEvening } from './preview-evening.ts'
import { runEvening, type HeldEvening } from './run-evening.ts'

const number = (nth: number): string => `26BA-CV0${String(nth).padStart(4, '0')}`
let world: World
let site: Site
let entered = 0
beforeEach(async () => {
  world = await openWorld('2026-11-01T19:00:00-06:00')
  const profile = { ...world.profile, brakes: { ...world.profile.brakes, runTimesUsual: 10, runNotices: 15 } }
  site = { ...world.site, profile }
  entered = 0
  await world.work(async (work) => {
    for (let nth = 0; nth < 30; nth++) await putSubscription(work, await putCase(work, { number: number(nth) }), { email: `reader${nth}@example.com` })
  })
})
afterEach(() => world.close())

/** A new entry in each of so many tracked cases. */
const enter = (count: number, how?: { isQuiet: boolean }) => takeAll(world, Array.from({ length: count }, (_, nth) => ({
  type: 'docketEntry' as const, case: number(nth), court: '13-BOONE', id: `e-${++entered}`, filedAt: '2026-11-01', code: 'MOT', description: 'Motion filed', text: '', status: 'active' as const,
})), how)

const hold = (day?: string): Promise<HeldEvening> => runEvening(world.workplace, site, { day, mayBeFuture: false })
const holds = () => world.reading().tx.select().from(eveningHolds).orderBy(asc(eveningHolds.id))

/** Evenings from November 1 on, each with so many notices; it is the evening after the last then. */
async function passEvenings(counts: readonly number[]): Promise<void> {
  for (const [nth, count] of counts.entries()) {
    world.clock.set(`2026-11-${String(nth + 1).padStart(2, '0')}T19:00:00-06:00`)
    await enter(count)
    expect((await hold()).notices).toBe(count)
  }
  world.clock.set(`2026-11-${String(counts.length + 1).padStart(2, '0')}T19:00:00-06:00`)
}
const usualWeek = [2, 1, 2, 2, 3, 2, 2]

const toldOperators = async () => {
  const rows = await world.reading().tx.select({ to: subscribers.email, said: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .where(eq(outboxMessages.kind, 'account')).orderBy(asc(outboxMessages.id))
  return rows.map(({ to, said }) => [to, JSON.stringify(said)] as const)
}

describe('an evening ten times the usual', () => {
  it('I7: waits for a yes with nothing taken or owed, and every operator is told at once, once', async () => {
    await putTestAccount(world, 'clerk@example.com', { isOperator: true })
    await putTestAccount(world, 'unverified@example.com', { isOperator: true, emailVerified: false })
    await putTestAccount(world, 'reader@example.com')
    await passEvenings(usualWeek)
    await enter(20)
    const before = await world.reading().tx.$count(digestRuns)
    for (let ping = 0; ping < 3; ping++) {
      expect(await hold()).toMatchObject({ day: '2026-11-08', state: 'waiting', notices: 0, emails: 0, texts: 0, reminders: 0, runId: null })
      world.clock.passMinutes(5)
    }
    expect(await world.reading().tx.$count(digestRuns)).toBe(before)
    expect(await holds()).toMatchObject([{ day: '2026-11-08', notices: 20, usual: 2, releasedAt: null }])
    const told = await toldOperators()
    expect(told.map(([to]) => to)).toEqual(['clerk@example.com'])
    expect(told[0]?.[1]).toContain('would owe 20 notices, where 2 are usual')
  })

  it('I7: tells operators without taking from what visitors may cause, together or to their mailboxes (H1)', async () => {
    await putTestAccount(world, 'clerk@example.com', { isOperator: true })
    await passEvenings(usualWeek)
    await enter(20)
    await hold()
    expect(await toldOperators()).toHaveLength(1)
    expect(await countVisitorMails(world.reading(), site.profile)).toBe(0)
    const mostOne = { ...site.profile, limits: { ...site.profile.limits, confirmedPerHour: 1, visitorMailsPerDay: 1 } }
    expect(await world.work(async (work) => takeVisitorMail(work, await putSubscriber(work, 'clerk@example.com'), mostOne))).toBe(true)
  })

  it('I7: goes on gathering, and a yes lets all of it leave, each change once', async () => {
    await passEvenings(usualWeek)
    await enter(20)
    await hold()
    await enter(25)
    const day = await world.work((work) => releaseEvening(work, 'command', {}))
    expect(await hold(day)).toMatchObject({ state: 'completed', notices: 25 })
    expect(await holds()).toMatchObject([{ releasedBy: 'command' }])
    expect(await hold()).toMatchObject({ state: 'completed', notices: 0 })
    // One yes is for that evening: what more comes for it leaves too.
    await enter(22)
    expect(await hold()).toMatchObject({ state: 'completed', notices: 22 })
    await expect(world.work((work) => releaseEvening(work, 'page', {}))).rejects.toMatchObject({ code: 'notFound' })
    const [untaken] = await world.rows('select count(*) as n from docket_changes where run_id is null')
    expect(Number(untaken?.['n'])).toBe(0)
    expect(await world.reading().tx.$count(docketChanges)).toBe(14 + 20 + 25 + 22)
  })

  it('I7: is asked about anew the next evening where nobody said yes, with all that came since', async () => {
    await putTestAccount(world, 'clerk@example.com', { isOperator: true })
    await passEvenings(usualWeek)
    await enter(20)
    await hold()
    world.clock.set('2026-11-09T19:00:00-06:00')
    await enter(26)
    expect(await hold()).toMatchObject({ day: '2026-11-09', state: 'waiting' })
    expect(await toldOperators()).toHaveLength(2)
    expect(await findWaitingEvening(world.reading())).toMatchObject({ day: '2026-11-09', notices: 26 })
    const asked = await holds()
    await world.work((work) => releaseEvening(work, 'page', { id: asked[1]?.id ?? 0 }))
    expect(await hold()).toMatchObject({ state: 'completed', notices: 26 })
    expect(await findWaitingEvening(world.reading()), 'the one of before waits no more').toBeUndefined()
    await expect(hold('2026-11-08')).rejects.toMatchObject({ code: 'dayAlreadyHeld' })
  })

  it('I7: is none where fewer than seven evenings tell what is usual, or below the least', async () => {
    await passEvenings(usualWeek.slice(1))
    await enter(30)
    expect(await hold()).toMatchObject({ state: 'completed', notices: 30 })
    world.clock.set('2026-11-08T19:00:00-06:00')
    await enter(15)
    expect(await hold(), 'the least itself passes').toMatchObject({ state: 'completed', notices: 15 })
    world.clock.set('2026-11-09T19:00:00-06:00')
    await enter(19)
    expect(await hold(), 'not ten times').toMatchObject({ state: 'completed', notices: 19 })
    world.clock.set('2026-11-10T19:00:00-06:00')
    await enter(20)
    expect(await hold(), 'exactly ten times').toMatchObject({ state: 'waiting' })
    expect(await holds()).toMatchObject([{ usual: 2, notices: 20 }])
  })

  it('I7: is none for history that nobody is told of, and evenings of more than four weeks ago do not count', async () => {
    await passEvenings(usualWeek)
    await enter(30, { isQuiet: true })
    expect(await hold()).toMatchObject({ state: 'completed', notices: 0 })
    world.clock.set('2026-12-20T19:00:00-06:00')
    await enter(30)
    expect(await hold()).toMatchObject({ state: 'completed', notices: 30 })
  })

  it('I7: counts as overdue, and a schedule asks for it without planning it again', async () => {
    await passEvenings(usualWeek)
    await enter(20)
    const days: string[] = []
    const { hold: look } = eveningHandler({
      workplace: world.workplace, site, log: { info: () => undefined, error: () => undefined },
      holdEvening: async (day) => {
        const held = await hold(day)
        days.push(held.state)
        return held
      },
    })
    await look()
    world.clock.passMinutes(61)
    await look()
    expect(days).toEqual(['waiting', 'waiting'])
    expect(await isEveningOverdue(world.reading(), world.profile, 60)).toBe(true)
    expect((await holds()).map(({ heldAt }) => heldAt.toISOString())).toEqual(['2026-11-09T01:00:00.000Z'])
    await world.work((work) => releaseEvening(work, 'page', {}))
    await look()
    await look()
    expect(days).toEqual(['waiting', 'waiting', 'completed'])
    expect(await isEveningOverdue(world.reading(), world.profile, 60)).toBe(false)
  })

  it('I7: is shown to operators, whose button holds it; what is asked only to count says what it owes', async () => {
    const accountId = await putTestAccount(world, 'clerk@example.com', { isOperator: true })
    await passEvenings(usualWeek)
    await enter(20)
    await hold()
    expect(await previewEvening(world.workplace, site, { mayBeFuture: false, isListed: false })).toMatchObject({ notices: 20 })
    const { operator } = callerIn(aContext(world, { accountId, site, holdEvening: hold }))
    const { feed: { waitingEvening } } = await operator.overview()
    expect(waitingEvening).toMatchObject({ day: '2026-11-08', notices: 20, usual: 2 })
    await expect(operator.releaseEvening({ id: (waitingEvening?.id ?? 0) + 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await operator.releaseEvening({ id: waitingEvening?.id ?? 0 })).toEqual({ message: 'You said yes to the evening of November 8, 2026. It was held: 20 notices leave now.' })
    expect((await operator.overview()).feed.waitingEvening).toBeNull()
  })
})
