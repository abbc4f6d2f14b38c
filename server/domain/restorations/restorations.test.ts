import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountRequests, accounts, accountSessions, outboxMessages, restorations } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { oweNotices } from '../../testing/owe-notices.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { dropMessage } from '../outbox/drop-message.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import { putBatch } from '../outbox/put-batch.ts'
import { retryMessage } from '../outbox/retry-message.ts'
import { clearRestorations } from './clear-restorations.ts'
import { enterRestoration } from './enter-restoration.ts'
import { listParkedByRestoration } from './list-parked.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const enter = (hasNothingLeft = false) => world.work((work) => enterRestoration(work, { backedUpAt: new Date(work.now.getTime() - 3_600_000), hasNothingLeft }))
const order = () => ({ channel: 'email' as const, profile: world.profile, worker: 'w', limit: 3, seconds: 60, remembersForMs: 24 * 3_600_000 })
const states = async () => (await world.rows('select state from outbox_messages order by id')).map(({ state }) => state)

describe('R14: a database that was made from a backup', () => {
  it('parks what waited and what was in its first try, and lets go on what waits under a key that was tried before', async () => {
    await world.work((work) => oweNotices(work, { cases: 2, recipients: 5 }))
    // The first three are tried and wait under their key; three more are in their first try; the rest waits.
    const first = await world.work((work) => leaseBatch(work, order()))
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'waiting', leasedBy: null, leasedUntil: null, dueAt: new Date(world.clock.now().getTime() + 30_000) })
      .where(eq(outboxMessages.batchId, first.batch?.batchId ?? 0)))
    await world.work((work) => leaseBatch(work, { ...order(), worker: 'x' }))
    world.clock.passMinutes(60)
    expect(await enter()).toMatchObject({ parked: 7, remembered: 3 })
    expect(await states()).toEqual([...Array<string>(3).fill('waiting'), ...Array<string>(7).fill('parked')])
    const again = await world.work((work) => leaseBatch(work, order()))
    expect(again.batch).toMatchObject({ batchId: first.batch?.batchId, providerKey: first.batch?.providerKey, isRetry: true })
    expect((await world.work((work) => leaseBatch(work, order()))).batch).toBeNull()
    expect(await world.work((work) => listParkedByRestoration(work, { after: 0, limit: 100 }))).toHaveLength(7)
  })

  it('keeps the lease of a second try, whose messages can have left under their key only', async () => {
    await world.work((work) => oweNotices(work, { cases: 1, recipients: 2 }))
    const first = await world.work((work) => leaseBatch(work, order()))
    world.clock.passMinutes(2)
    const second = await world.work((work) => leaseBatch(work, { ...order(), worker: 'x' }))
    expect(second.batch).toMatchObject({ providerKey: first.batch?.providerKey, isRetry: true })
    expect(await enter()).toMatchObject({ parked: 0, remembered: 2 })
  })

  it('parks a half that was cut off a batch and never tried: it may have left under another key', async () => {
    await world.work((work) => oweNotices(work, { cases: 1, recipients: 2 }))
    await world.work(async (work) => {
      const { batchId } = await putBatch(work, [], new Date(0))
      await work.tx.update(outboxMessages).set({ batchId })
    })
    expect(await enter()).toMatchObject({ parked: 2, remembered: 0 })
    expect(await world.rows('select id from outbox_batches')).toHaveLength(1)
  })

  it('parks what evenings and changes owe until an operator says that it is clear, and lets each be sent or dropped', async () => {
    const caseId = await world.work((work) => putCase(work, { number: '26BA-CR01482' }))
    await world.work((work) => putSubscription(work, caseId, { email: 'reader@example.com', phone: '+15735550123' }))
    await world.work((work) => putEntry(work, caseId))
    await enter()
    expect(await runEvening(world.workplace, world.site, { mayBeFuture: false })).toMatchObject({ notices: 1 })
    await takeAll(world, [
      { type: 'docketEntry', case: '26BA-CR01482', court: '13-BOONE', id: 'e-2', filedAt: '2026-11-20', description: 'Hearing continued', text: '' },
    ])
    expect(await states()).toEqual(['parked', 'parked'])
    const reasons = (await world.rows('select reason from outbox_messages')).map(({ reason }) => reason)
    for (const reason of reasons) expect(reason).toMatch(/backup was restored/)
    const [notice = 0, text = 0] = await world.work((work) => listParkedByRestoration(work, { after: 0, limit: 10 }))
    expect(await world.work((work) => retryMessage(work, notice))).toBe('waiting')
    expect(await world.work((work) => dropMessage(work, text))).toBe('dropped')
    expect(await states()).toEqual(['waiting', 'cancelled'])

    expect(await world.work(clearRestorations)).toBe(1)
    await world.work((work) => putEntry(work, caseId))
    world.clock.passMinutes(24 * 60)
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    expect((await states()).filter((state) => state === 'waiting')).toHaveLength(2)
    expect(await world.work(clearRestorations)).toBe(0)
  })

  it('parks nothing where nothing left since the backup was made', async () => {
    await world.work((work) => oweNotices(work, { cases: 1, recipients: 2 }))
    expect(await enter(true)).toMatchObject({ parked: 0, remembered: 2 })
    expect(await states()).toEqual(['waiting', 'waiting'])
    expect((await world.reading().tx.select().from(restorations))[0]?.clearedAt).not.toBeNull()
  })

  it('logs everybody out, and withdraws links that choose a password', async () => {
    const accountId = await putTestAccount(world, 'reader@example.com')
    await world.work(async ({ tx, now }) => {
      const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
      await tx.insert(accountSessions).values({ userId: accountId, token: 't', expiresAt: now, createdAt: now, updatedAt: now })
      await tx.insert(accountRequests).values({ kind: 'resetPassword', accountId, subscriberId: account?.subscriberId ?? 0, createdAt: now, expiresAt: now })
    })
    await enter()
    expect(await world.rows('select id from account_sessions')).toEqual([])
    expect(await world.rows('select id from account_requests where withdrawn_at is null')).toEqual([])
  })
})
