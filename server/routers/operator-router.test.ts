import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, outages, outboxMessages, subscribers, subscriptions } from '../../db/schema.ts'
import { Refusal } from '../contract/refusals.ts'
import { pauseTracking } from '../domain/tracking/pause-tracking.ts'
import { clearRestorations } from '../domain/restorations/clear-restorations.ts'
import { enterRestoration } from '../domain/restorations/enter-restoration.ts'
import { runEvening } from '../evening/run-evening.ts'
import type { DeadJob } from '../ports.ts'
import { aContext, callerIn } from '../testing/a-context.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase } from '../testing/put-case.ts'
import { takeAll } from '../testing/take-all.ts'
import { track } from '../testing/visitor.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Context } from '../trpc.ts'
import { appRouter } from './app-router.ts'

let world: World
let operatorId: number
beforeEach(async () => {
  world = await openWorld('2026-11-16T14:00:00-06:00')
  operatorId = await putTestAccount(world, 'clerk@example.com', { isOperator: true })
})
afterEach(() => world.close())

const asOperator = (more: Partial<Context> = {}) => callerIn(aContext(world, { accountId: operatorId, ...more })).operator

const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? error.cause : error
}

type Operator = ReturnType<typeof asOperator>
const calls: Readonly<Record<string, (operator: Operator) => Promise<unknown>>> = {
  'operator.overview': (operator) => operator.overview(),
  'operator.troubles': (operator) => operator.troubles(),
  'operator.outages': (operator) => operator.outages(),
  'operator.retry': (operator) => operator.retry({ id: 1, mayLeaveTwice: true }),
  'operator.redriveJobs': (operator) => operator.redriveJobs(),
  'operator.releaseEvening': (operator) => operator.releaseEvening({ id: 1 }),
  'operator.liftSuppression': (operator) => operator.liftSuppression({ subscriberId: 2 }),
  'operator.announceOutage': (operator) => operator.announceOutage(unplanned),
  'operator.endOutage': (operator) => operator.endOutage({ id: 1 }),
  'operator.grantRegistered': (operator) => operator.grantRegistered({ email: 'new@example.com', name: '', mailingAddress: '', barNumber: '' }),
  'operator.addOperator': (operator) => operator.addOperator({ email: 'new@example.com' }),
}
const unplanned = { startsAt: '', startsAtTime: '', endsAt: '', endsAtTime: '', what: 'E-mail leaves slowly.', isPlanned: false }

/** A failed, a parked and a bounced message, and an address that is suppressed for the last. */
async function putTroubles() {
  const owed = await world.work((work) => oweNotices(work, { cases: 3 }))
  const [failed, parked, bounced] = owed
  if (!failed || !parked || !bounced) throw new Error('Not all is owed.')
  await world.work(async (work) => {
    const become = (state: 'failed' | 'parked' | 'bounced', { messageId }: { messageId: number }) => work.tx.update(outboxMessages)
      .set({ state, attempts: 3, settledAt: work.now, reason: `It ${state}.` }).where(eq(outboxMessages.id, messageId))
    await become('failed', failed)
    await become('parked', parked)
    await become('bounced', bounced)
    await work.tx.update(subscribers).set({ suppressedAt: work.now, suppressedBecause: 'bounced' }).where(eq(subscribers.id, bounced.subscriberId))
    await pauseTracking(work, [bounced.subscriptionId], { because: 'delivery', until: null })
  })
  return { failed, parked, bounced }
}

describe('S15: the operator\'s procedures', () => {
  it('are there for operators alone, and change nothing for others', async () => {
    expect(Object.keys(calls).sort()).toEqual(Object.keys(appRouter._def.procedures).filter((name) => name.startsWith('operator.')).sort())
    const { failed } = await putTroubles()
    await asOperator().announceOutage(unplanned)
    const others = [undefined, await putTestAccount(world, 'pat@example.com'), await putTestAccount(world, 'attorney@example.com', { kind: 'registered' })]
    const kept = () => Promise.all(['outbox_messages', 'subscribers', 'subscriptions', 'accounts', 'outages'].map((table) => world.rows(`select * from ${table} order by id`)))
    const before = await kept()
    for (const accountId of others) {
      const { operator } = callerIn(aContext(world, accountId === undefined ? {} : { accountId }))
      for (const [name, call] of Object.entries(calls)) await expect(call(operator), name).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
      // Refused before what was sent is read: a wrong form tells nothing either.
      await expect(operator.retry({ id: failed.messageId - 1_000_000, mayLeaveTwice: false })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await kept()).toEqual(before)
  })
})

describe('what an operator sees (I5)', () => {
  it('is what runs owed, what is in the outbox and how far behind the feed is', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00077' }))
    await track(world, 'pat@example.com', '26BA-CV00077')
    await takeAll(world, [{ type: 'docketEntry', case: '26BA-CV00077', court: '13-BOONE', id: 'e-1', filedAt: '2026-11-16', description: 'Order' }])
    world.clock.set('2026-11-16T19:00:00-06:00')
    expect((await asOperator().overview()).feed).toMatchObject({
      lastTakenAt: new Date('2026-11-16T14:00:00-06:00'), untaken: { count: 1, isExact: true }, lastEvening: null,
      dueEvening: { day: '2026-11-16', isLate: false },
    })
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    const { runs, evenings, outbox, feed } = await asOperator().overview()
    expect(runs).toMatchObject([{ day: '2026-11-16', startedAt: world.clock.now(), changes: 1, notices: 1, emails: 1, texts: 0, reminders: 0 }])
    expect(runs[0]?.durationMs).toBeGreaterThan(0)
    expect(evenings).toEqual([{ day: '2026-11-16', emails: 1 }])
    expect(outbox.kinds.map(({ kind, states }) => [kind, states.waiting])).toEqual([
      ['notice', { count: 1, isExact: true }], ['verification', { count: 1, isExact: true }],
    ])
    expect(outbox.oldestDueAt).toEqual(new Date('2026-11-16T14:00:00-06:00'))
    expect(feed).toMatchObject({ untaken: { count: 0 }, lastEvening: { day: '2026-11-16' }, dueEvening: null })
    world.clock.set('2026-11-17T20:00:01-06:00')
    expect((await asOperator().overview()).feed.dueEvening).toMatchObject({ day: '2026-11-17', isLate: true })
  })

  it('is the restored backup that keeps notices from leaving, until somebody says that all was looked after (R14)', async () => {
    expect((await asOperator().overview()).unclearedBackup).toBeNull()
    const backedUpAt = new Date('2026-11-16T13:00:00-06:00')
    await world.work((work) => enterRestoration(work, { backedUpAt, hasNothingLeft: false }))
    expect((await asOperator().overview()).unclearedBackup).toEqual({ backedUpAt, restoredAt: world.clock.now() })
    await world.work(clearRestorations)
    expect((await asOperator().overview()).unclearedBackup).toBeNull()
  })

  it('is what did not arrive, why, and whom for, masked', async () => {
    const { failed, parked, bounced } = await putTroubles()
    const { failures, suppressed, deadJobs } = await asOperator().troubles()
    expect(failures.map(({ id, state, reason, recipient }) => [id, state, reason, recipient])).toEqual([
      [bounced.messageId, 'bounced', 'It bounced.', 'o…0@mail.example.com'], [parked.messageId, 'parked', 'It parked.', 'o…0@mail.example.com'],
      [failed.messageId, 'failed', 'It failed.', 'o…0@mail.example.com'],
    ])
    expect(suppressed).toEqual([{
      subscriberId: bounced.subscriberId, address: 'o…0@mail.example.com', since: world.clock.now(), because: 'bounced', paused: 1,
    }])
    expect(deadJobs).toEqual([])
  })
})

describe('what an operator does (I5)', () => {
  it('lets a failed message leave again, and a parked one by the word that it may leave twice', async () => {
    const { failed, parked, bounced } = await putTroubles()
    expect(await asOperator().retry({ id: failed.messageId, mayLeaveTwice: false })).toEqual({ message: `Message ${failed.messageId} waits to leave again.` })
    expect(await refusalOf(asOperator().retry({ id: parked.messageId, mayLeaveTwice: false }))).toMatchObject({
      code: 'inputInvalid', message: `Nobody knows whether message ${parked.messageId} has left. Tick that it may leave twice, then retry it.`,
    })
    await asOperator().retry({ id: parked.messageId, mayLeaveTwice: true })
    for (const id of [bounced.messageId, failed.messageId, 999_999]) {
      expect(await refusalOf(asOperator().retry({ id, mayLeaveTwice: true }))).toMatchObject({ code: 'notFound' })
    }
    const states = await world.reading().tx.select({ id: outboxMessages.id, state: outboxMessages.state }).from(outboxMessages).orderBy(outboxMessages.id)
    expect(states.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'bounced'])
  })

  it('sends to a suppressed address again: what was paused for it goes on', async () => {
    const { bounced } = await putTroubles()
    await asOperator().liftSuppression({ subscriberId: bounced.subscriberId })
    expect((await asOperator().troubles()).suppressed).toEqual([])
    const [subscription] = await world.reading().tx.select().from(subscriptions).where(eq(subscriptions.id, bounced.subscriptionId))
    expect(subscription).toMatchObject({ emailState: 'active', pausedAt: null, pausedBecause: null })
    expect(await refusalOf(asOperator().liftSuppression({ subscriberId: bounced.subscriberId }))).toMatchObject({ code: 'notFound' })
  })

  it('puts jobs back that were given up', async () => {
    const dead: DeadJob[] = [{ id: 'j-1', kind: 'deliver', diedAt: world.clock.now(), tries: 5, reason: 'The worker ended.' }]
    const jobs: Context['jobs'] = { listDead: async () => dead, redrive: async () => dead.splice(0).length }
    expect((await asOperator({ jobs }).troubles()).deadJobs).toHaveLength(1)
    expect(await asOperator({ jobs }).redriveJobs()).toEqual({ message: '1 job was put back.' })
    expect((await asOperator({ jobs }).troubles()).deadJobs).toEqual([])
  })

  it('is logged by numbers alone (H5)', async () => {
    const logged: unknown[] = []
    await asOperator({ log: { info: (...words) => logged.push(words), error: () => undefined } }).addOperator({ email: 'new@example.com' })
    expect(logged).toEqual([['An operator acted.', { account: operatorId, act: 'addOperator', of: operatorId + 1 }]])
  })
})

describe('an outage announced on the page (I6)', () => {
  const planned = { startsAt: '2026-11-19', startsAtTime: '14:00', endsAt: '2026-11-19', endsAtTime: '18:00', what: 'New disks.', isPlanned: true }

  it('begins and ends at times of the court\'s wall', async () => {
    await asOperator().announceOutage(planned)
    await asOperator().announceOutage(unplanned)
    expect(await asOperator().outages()).toMatchObject([
      { kind: 'unplanned', startsAt: world.clock.now(), endsAt: null },
      { kind: 'planned', startsAt: new Date('2026-11-19T14:00:00-06:00'), endsAt: new Date('2026-11-19T18:00:00-06:00'), what: 'New disks.' },
    ])
    expect(await asOperator().endOutage({ id: 1 })).toEqual({ message: 'Outage 1 is called off.' })
    expect(await asOperator().endOutage({ id: 2 })).toEqual({ message: 'Outage 2 is over.' })
    expect(await refusalOf(asOperator().endOutage({ id: 2 }))).toMatchObject({ code: 'notFound' })
  })

  it('is refused at the field that is wrong', async () => {
    const wrong = async (otherwise: Partial<typeof planned>): Promise<unknown> => {
      const refused = await refusalOf(asOperator().announceOutage({ ...planned, ...otherwise }))
      return refused instanceof Refusal ? refused.fields : refused
    }
    expect(await wrong({ startsAtTime: '13:59' })).toMatchObject({ startsAt: expect.stringContaining('at least three business days ahead') as string })
    expect(await wrong({ startsAt: '', startsAtTime: '' })).toEqual({ startsAt: 'Enter a day and a time for when it begins.' })
    expect(await wrong({ startsAtTime: '', endsAt: '2026-02-30' })).toEqual({
      startsAt: 'Enter a day and a time for when it begins.', endsAt: 'Enter a day and a time for when it ends.',
    })
    expect(await wrong({ endsAt: '', endsAtTime: '' })).toEqual({ endsAt: 'Say when a planned outage ends.' })
    expect(await wrong({ endsAtTime: '13:00' })).toEqual({ endsAt: 'An outage ends after it begins.' })
    expect(await wrong({ what: ' ' })).toEqual({ what: 'Say in one sentence what will not work, or what for.' })
    expect(await world.reading().tx.$count(outages)).toBe(0)
  })
})

describe('accounts that an operator makes (D7)', () => {
  it('are registered ones or operators\', made where there is none', async () => {
    const given = { email: ' Attorney@example.com', name: 'Dana Lee', mailingAddress: '1 Main Street', barNumber: '12345' }
    expect((await asOperator().grantRegistered(given)).message).toContain('There was no account, so one was made')
    expect(await asOperator().grantRegistered({ ...given, name: '', mailingAddress: '', barNumber: '' })).toEqual({
      message: 'The account is a registered one.', email: 'Attorney@example.com',
    })
    await asOperator().addOperator({ email: 'attorney@example.com' })
    const [made] = await world.reading().tx.select().from(accounts).where(eq(accounts.email, 'attorney@example.com'))
    expect(made).toMatchObject({ kind: 'registered', isOperator: true, name: 'Dana Lee', mailingAddress: '1 Main Street', barNumber: '12345' })
    expect(await refusalOf(asOperator().addOperator({ email: 'nobody' }))).toMatchObject({ fields: { email: expect.any(String) as string } })
  })
})
