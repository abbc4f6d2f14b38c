import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engineOf } from '../../../db/engine.ts'
import { cases, messageContents, outboxBatches, outboxMessages, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { anEmptyReport, oweReport, oweVerification, type OwedAsked } from '../../testing/owe-asked.ts'
import { oweNotices } from '../../testing/owe-notices.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import type { Work } from '../../work.ts'
import { countRemaining, hasDueMessages } from './count-remaining.ts'
import type { BatchAnswer } from './decide-fates.ts'
import { leaseBatch, type LeaseOrder } from './lease-messages.ts'
import type { LeasedBatch } from './leased-batch.ts'
import { mayHaveLeft } from './may-have-left.ts'
import { obstacles } from './obstacles.ts'
import { putMessage } from './put-message.ts'
import { retryMessage } from './retry-message.ts'
import { settleBatch, settleUncomposed } from './settle-batch.ts'
import { loadProfile } from '../../profile/load-profile.ts'
import { pauseTracking, resumeTracking } from '../tracking/pause-tracking.ts'

const dayMs = 86_400_000
let leases = 0
const order = (facts: Partial<LeaseOrder> = {}): LeaseOrder =>
  ({ channel: 'email', profile: loadProfile(), worker: `worker/${++leases}`, limit: 100, seconds: 60, remembersForMs: dayMs, ...facts })
const unanswered: BatchAnswer = { kind: 'failed', reason: 'No answer.', isFinal: false, isUnanswered: true, retryAfterMs: null }
const circumstances = { remembersForMs: dayMs, jitter: 0.5 }

describe('leasing', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  const lease = (facts: Partial<LeaseOrder> = {}) => world.work((work) => leaseBatch(work, order(facts)))
  async function leased(facts: Partial<LeaseOrder> = {}): Promise<LeasedBatch> {
    const { batch } = await lease(facts)
    if (!batch) throw new Error('Nothing was leased.')
    return batch
  }
  const settle = (batch: LeasedBatch, answer: BatchAnswer, remembersForMs = dayMs) =>
    world.work((work) => settleBatch(work, batch, answer, { ...circumstances, remembersForMs }))
  const allSent = (batch: LeasedBatch): BatchAnswer =>
    ({ kind: 'answered', mails: batch.messages.map(({ id }) => ({ kind: 'sent', providerId: `p${id}` })) })
  const rows = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))
  const states = async () => (await rows()).map((row) => row.state)
  const ids = (batch: LeasedBatch) => batch.messages.map((message) => message.id)

  describe('of what is due', () => {
    it('takes messages in order, counts the try and remembers the batch before it', async () => {
      const owed = await world.work((work) => oweNotices(work, { cases: 2, recipients: 2 }))
      const batch = await leased({ limit: 3 })
      expect(ids(batch)).toEqual(owed.slice(0, 3).map((one) => one.messageId))
      expect(batch.messages[0]).toMatchObject({ kind: 'notice', address: owed[0]?.email, subscriptionId: owed[0]?.subscriptionId, linkVersion: 1, attempts: 1 })
      expect(new Set(batch.contents.keys())).toEqual(new Set([owed[0]?.contentId, owed[2]?.contentId]))
      expect(batch).toMatchObject({ isRetry: false, dropped: [] })
      const [remembered] = await world.reading().tx.select().from(outboxBatches)
      expect(remembered).toMatchObject({ id: batch.batchId, providerKey: batch.providerKey, firstTriedAt: world.clock.now() })
      expect(await rows()).toMatchObject([
        { state: 'leased', attempts: 1, batchId: batch.batchId, leasedBy: batch.worker, leasedUntil: new Date(world.clock.now().getTime() + 60_000) },
        { state: 'leased' }, { state: 'leased' }, { state: 'waiting', attempts: 0, batchId: null },
      ])
    })

    it('does not take what another holds, what is not due yet, or anything when nothing is', async () => {
      await world.work((work) => oweNotices(work, { cases: 2 }))
      await leased({ limit: 1 })
      const later = new Date(world.clock.now().getTime() + 1)
      await world.work((work) => work.tx.update(outboxMessages).set({ dueAt: later }).where(eq(outboxMessages.state, 'waiting')))
      expect(await hasDueMessages(world.reading(), world.profile)).toBe(false)
      expect(await lease()).toMatchObject({ batch: null })
      expect(await countRemaining(world.reading(), world.profile)).toBe(2)
      world.clock.set(later.toISOString())
      expect(await hasDueMessages(world.reading(), world.profile)).toBe(true)
      expect((await leased()).messages).toHaveLength(1)
    })

    it('takes mail that a visitor waits for before any notice, and never both', async () => {
      await world.work(async (work) => {
        await oweNotices(work, { cases: 3 })
        await oweVerification(work)
        await oweReport(work)
      })
      expect((await leased({ limit: 1 })).messages.map((message) => message.kind)).toEqual(['verification'])
      await world.work((work) => oweVerification(work))
      expect((await leased()).messages.map((message) => message.kind)).toEqual(['report', 'verification'])
      expect((await leased()).messages.map((message) => message.kind)).toEqual(['notice', 'notice', 'notice'])
      expect(await lease()).toMatchObject({ batch: null })
    })

    it('gives each batch a key of its own, the same only for the same messages', async () => {
      await world.work((work) => oweNotices(work, { cases: 3 }))
      const first = await leased({ limit: 2 })
      const second = await leased()
      expect(first.providerKey).toMatch(/^batch-1-[\w-]{22}$/)
      expect(second.providerKey).not.toBe(first.providerKey)
      // Another installation, whose rows have the same numbers.
      const other = await openWorld('2026-11-20T12:00:01-06:00')
      await other.work((work) => oweNotices(work, { cases: 3 }))
      const { batch } = await other.work((work) => leaseBatch(work, order({ limit: 2 })))
      await other.close()
      expect(batch?.batchId).toBe(first.batchId)
      expect(batch?.providerKey).not.toBe(first.providerKey)
    })

    it('reads and writes through indexes that hold what is under way, not what was sent before', async () => {
      await world.work(async (work) => {
        await oweNotices(work, { cases: 2 })
        await oweVerification(work)
      })
      const sent = await watchQueries(async () => {
        await settle(await leased(), unanswered)
        world.clock.passMinutes(2)
        const batch = await leased()
        await settle(batch, allSent(batch))
        await leased()
        world.clock.passMinutes(2)
        await leased()
        await countRemaining(world.reading(), world.profile)
      })
      // Postgres takes figures of tables by itself whenever it likes: of all, or it goes by a few of them.
      if (engineOf(world.url) === 'postgres') await world.rows('analyze')
      const asked = sent.filter(({ sql }) => sql.includes('outbox_messages'))
      const steps = (await explain(world, asked)).flatMap((plan, nth) => plan.split('\n').map((step) => `${step} in ${asked[nth]?.sql ?? ''}`))
      // The step within a bitmap's names the index.
      const ways = steps.filter((step) => /outbox_messages USING|(Scan|Index).* using outbox_messages|Scan on outbox_messages/.test(step) && !step.includes('Bitmap Heap Scan'))
      expect(ways.length).toBeGreaterThan(8)
      expect(steps.filter((step) => /SCAN outbox_messages in|Seq Scan on outbox_messages/.test(step))).toEqual([])
      // By number: those that were found so just before.
      expect(ways.filter((step) => !/_(notice_due|asked_due|text_due|asked_text_due|leased|batch|pkey) ?|PRIMARY KEY/.test(step))).toEqual([])
    })
  })

  describe('asks again whether a message may leave', () => {
    const cancels = async (change: (work: Work) => Promise<unknown>, reason: string) => {
      await world.work(change)
      expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
      expect(await rows()).toMatchObject([{ state: 'cancelled', reason, settledAt: world.clock.now(), attempts: 0 }])
    }
    const notices: readonly (readonly [string, (work: Work) => Promise<unknown>, string])[] = [
      ['stopped', ({ tx }) => tx.update(subscriptions).set({ emailState: 'stopped' }), 'The subscription does not ask for e-mail any more.'],
      ['paused', ({ tx, now }) => tx.update(subscriptions).set({ emailState: 'paused', pausedAt: now, pausedBecause: 'asked', missedAfter: 0 }), 'The subscription does not ask for e-mail any more.'],
      ['confidential', ({ tx }) => tx.update(cases).set({ security: 'confidential' }), 'A case that it names is not public any more.'],
      ['withdrawn', ({ tx, now }) => tx.update(messageContents).set({ withdrawnAt: now }), 'What it says was withdrawn.'],
      ['suppressed', ({ tx, now }) => tx.update(subscribers).set({ suppressedAt: now, suppressedBecause: 'bounced' }), 'Mail to this address is suppressed.'],
    ]
    for (const [name, change, reason] of notices) {
      it(`cancels a notice that is ${name}`, async () => {
        await world.work((work) => oweNotices(work, { cases: 1 }))
        await cancels(change, reason)
      })
    }

    const verifications: readonly (readonly [string, (work: Work) => Promise<unknown>, string])[] = [
      ['confirmed', ({ tx, now }) => tx.update(trackingRequests).set({ confirmedAt: now }), 'Nothing that it asks waits to be confirmed any more.'],
      ['withdrawn', ({ tx, now }) => tx.update(trackingRequests).set({ withdrawnAt: now }), 'Nothing that it asks waits to be confirmed any more.'],
      ['expired', ({ tx, now }) => tx.update(trackingRequests).set({ expiresAt: now }), 'Nothing that it asks waits to be confirmed any more.'],
      ['confidential', ({ tx }) => tx.update(cases).set({ security: 'confidential' }), 'A case that it names is not public any more.'],
      ['expunged', ({ tx }) => tx.delete(cases), 'A case that it names is not public any more.'],
    ]
    for (const [name, change, reason] of verifications) {
      it(`cancels a verification of what is ${name}`, async () => {
        await world.work((work) => oweVerification(work, 2))
        await cancels(change, reason)
      })
    }

    it('sends what an address asked for though notices to it are held back, so that its reader can mend that (G4)', async () => {
      await world.work((work) => oweVerification(work, 2))
      await world.work(({ tx, now }) => tx.update(subscribers).set({ suppressedAt: now, suppressedBecause: 'bounced' }))
      expect((await leased()).messages).toHaveLength(1)
    })

    it('sends a verification while one of its requests is pending', async () => {
      const { requests } = await world.work((work) => oweVerification(work, 2))
      await world.work(({ tx, now }) => tx.update(trackingRequests).set({ confirmedAt: now }).where(eq(trackingRequests.id, requests[0]?.requestId ?? 0)))
      expect((await leased()).messages).toHaveLength(1)
    })

    it('cancels a report whose cases are not public any more, and sends one that names none', async () => {
      await world.work((work) => oweReport(work, 2))
      await world.work((work) => oweReport(work, 0))
      await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
      expect((await leased()).messages).toHaveLength(1)
      expect(await states()).toEqual(['cancelled', 'leased'])
    })

    /** Hides the first of the cases named. */
    const hideFirst = ({ requests }: OwedAsked) =>
      world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, requests[0]?.caseId ?? 0)))
    const saidIn = ({ contents }: LeasedBatch) => [...contents.values()].map((text): unknown => JSON.parse(text))

    it('sends a verification without the case that is not public any more', async () => {
      const owed = await world.work((work) => oweVerification(work, 3))
      await hideFirst(owed)
      const batch = await leased()
      expect(saidIn(batch)).toMatchObject([{
        subject: 'Confirm that you want to track 2 cases', requests: owed.requests.slice(1).map(({ requestId }) => ({ requestId })),
      }])
      expect([...batch.contents.values()].join()).not.toContain(`26BA-ASKED-${owed.requests[0]?.requestId}"`)
    })

    it('sends a verification of one case where one is left', async () => {
      const owed = await world.work((work) => oweVerification(work, 2))
      await hideFirst(owed)
      expect(saidIn(await leased())).toMatchObject([{ subject: `Confirm that you want to track case 26BA-ASKED-${owed.requests[1]?.requestId}` }])
    })

    it('cancels a verification of which only what was answered is left', async () => {
      const owed = await world.work((work) => oweVerification(work, 2))
      await world.work(({ tx, now }) => tx.update(trackingRequests).set({ confirmedAt: now }).where(eq(trackingRequests.id, owed.requests[1]?.requestId ?? 0)))
      await hideFirst(owed)
      expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
    })

    it('sends a report without the case that is not public any more', async () => {
      const owed = await world.work((work) => oweReport(work, 2))
      await hideFirst(owed)
      expect(saidIn(await leased())).toMatchObject([{ subject: 'Your tracking report', cases: [{ subscriptionId: owed.requests[1]?.subscriptionId }] }])
    })

    it('says the same in every try, and drops mail of which a case turns confidential after the first', async () => {
      const owed = await world.work((work) => oweVerification(work, 3))
      await hideFirst(owed)
      const first = await leased()
      await settle(first, unanswered)
      world.clock.passMinutes(1)
      const second = await leased()
      expect(second.contents).toEqual(first.contents)
      await settle(second, unanswered)
      await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, owed.requests[1]?.caseId ?? 0)))
      world.clock.passMinutes(5)
      expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
      expect(await rows()).toMatchObject([{ reason: 'A case that it names is not public any more. Whether an earlier try arrived is not known.' }])
    })

    it('fills the request with those that may leave and cancels the others with it', async () => {
      const owed = await world.work((work) => oweNotices(work, { cases: 4 }))
      await world.work(({ tx }) => tx.update(subscriptions).set({ emailState: 'stopped' }).where(eq(subscriptions.id, owed[1]?.subscriptionId ?? 0)))
      const { batch, settled } = await lease({ limit: 3 })
      expect(settled).toMatchObject({ cancelled: 1 })
      expect(batch?.messages.map((message) => message.id)).toEqual([owed[0]?.messageId, owed[2]?.messageId])
      expect(await states()).toEqual(['leased', 'cancelled', 'leased', 'waiting'])
    })

    it('asks for another try when all it looked at was cancelled', async () => {
      await world.work((work) => oweNotices(work, { cases: 2, recipients: 2 }))
      await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, '26BA-owed-0')))
      expect(await lease({ limit: 2 })).toMatchObject({ batch: null, settled: { cancelled: 2 } })
      expect((await leased({ limit: 2 })).messages).toHaveLength(2)
    })
  })

  describe('of a batch that was tried before', () => {
    async function triedOnce(count = 3): Promise<LeasedBatch> {
      await world.work((work) => oweNotices(work, { cases: count }))
      const batch = await leased()
      await settle(batch, unanswered)
      return batch
    }
    const stop = (index: number, emailState: 'stopped' | 'active' = 'stopped') => world.work(async ({ tx }) => {
      const row = (await tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id)))[index]
      await tx.update(subscriptions).set({ emailState }).where(eq(subscriptions.id, row?.subscriptionId ?? 0))
    })

    it('waits, then takes exactly its messages under its key, alone', async () => {
      const first = await triedOnce()
      expect(await lease()).toMatchObject({ batch: null, settled: { sent: 0, cancelled: 0 } })
      world.clock.passMinutes(1)
      await world.work((work) => oweNotices(work, { cases: 2, name: 'later' }))
      const again = await leased()
      expect(again).toMatchObject({ batchId: first.batchId, providerKey: first.providerKey, isRetry: true, dropped: [] })
      expect(ids(again)).toEqual(ids(first))
      expect(again.messages[0]?.attempts).toBe(2)
      expect((await leased()).messages).toHaveLength(2)
    })

    it('drops what may not leave any more, and cancels it when the rest is taken', async () => {
      const first = await triedOnce()
      await stop(1)
      world.clock.passMinutes(1)
      const again = await leased()
      expect(again.providerKey).toBe(first.providerKey)
      expect(ids(again)).toEqual([ids(first)[0], ids(first)[2]])
      expect(again.dropped).toEqual([{ id: ids(first)[1], reason: 'The subscription does not ask for e-mail any more.' }])
      expect(await settle(again, allSent(again))).toMatchObject({ sent: 2, cancelled: 1, lost: 0 })
      expect(await states()).toEqual(['sent', 'cancelled', 'sent'])
    })

    it('settles all as sent when the key was used with another body', async () => {
      await triedOnce()
      await stop(1)
      world.clock.passMinutes(1)
      const again = await leased()
      expect(await settle(again, { kind: 'replayed' })).toMatchObject({ sent: 3, cancelled: 0 })
      expect(await states()).toEqual(['sent', 'sent', 'sent'])
    })

    it('keeps dropped what it dropped once, even when it would be allowed again', async () => {
      await triedOnce()
      await stop(1)
      world.clock.passMinutes(1)
      await settle(await leased(), unanswered)
      await stop(1, 'active')
      world.clock.passMinutes(5)
      const third = await leased()
      expect(third.dropped).toHaveLength(1)
      // The same when the worker of the second try died instead.
      world.clock.passMinutes(2)
      const fourth = await leased()
      expect(fourth.dropped).toHaveLength(1)
      await settle(fourth, allSent(fourth))
      expect(await states()).toEqual(['sent', 'cancelled', 'sent'])
    })

    it('takes for sent nothing that a try was without, though its reader paused again since (N1)', async () => {
      const [, second] = ids(await triedOnce())
      const ofSecond = (await rows()).find(({ id }) => id === second)?.subscriptionId ?? 0
      const pause = () => world.work((work) => pauseTracking(work, [ofSecond], { because: 'asked', until: null }))
      await pause()
      world.clock.passMinutes(1)
      await settle(await leased(), unanswered)
      await world.work((work) => resumeTracking(work, [ofSecond]))
      await pause()
      await stop(2)
      world.clock.passMinutes(5)
      expect(await settle(await leased(), { kind: 'replayed' })).toMatchObject({ sent: 2, cancelled: 1 })
      expect(await rows()).toMatchObject([{ state: 'sent' }, { state: 'cancelled', reason: mayHaveLeft(obstacles.paused) }, { state: 'sent' }])
    })

    it('cancels all when none may leave any more, and says that an earlier try may have arrived', async () => {
      await triedOnce(2)
      await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
      world.clock.passMinutes(1)
      expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 2 } })
      expect((await rows())[0]?.reason).toBe('A case that it names is not public any more. Whether an earlier try arrived is not known.')
    })

    it('parks what stayed unknown for as long as the provider remembers, ten minutes early', async () => {
      await triedOnce(1)
      world.clock.passMinutes(24 * 60 - 11)
      const again = await leased()
      expect(again.isRetry).toBe(true)
      world.clock.passMinutes(1)
      await settle(again, { ...unanswered, retryAfterMs: 0 })
      expect(await lease()).toMatchObject({ batch: null, settled: { parked: 1 } })
      expect(await rows()).toMatchObject([{ state: 'parked', reason: 'Whether it left is not known, and the provider does not remember it any more.' }])
      expect(await lease()).toMatchObject({ batch: null, settled: { parked: 0 } })
    })

    it('tries a verification anew instead, under another key', async () => {
      await world.work((work) => oweVerification(work))
      const first = await leased()
      await settle(first, unanswered)
      world.clock.passMinutes(25 * 60)
      expect(await lease()).toMatchObject({ batch: null, settled: { retrying: 1 } })
      const anew = await leased()
      expect(anew).toMatchObject({ isRetry: false })
      expect(anew.providerKey).not.toBe(first.providerKey)
    })
  })

  describe('when a worker died or froze', () => {
    it('leaves its lease alone until it runs out, then tries the same batch again', async () => {
      await world.work((work) => oweNotices(work, { cases: 2 }))
      const first = await leased()
      world.clock.passMinutes(1)
      expect(await lease()).toMatchObject({ batch: null, settled: { retrying: 0 } })
      expect(await hasDueMessages(world.reading(), world.profile)).toBe(false)
      world.clock.passMinutes(0.001)
      expect(await hasDueMessages(world.reading(), world.profile)).toBe(true)
      const second = await leased()
      expect(second).toMatchObject({ batchId: first.batchId, providerKey: first.providerKey, isRetry: true })
      expect(ids(second)).toEqual(ids(first))
    })

    it('does not let it settle what it lost', async () => {
      await world.work((work) => oweNotices(work, { cases: 2 }))
      const frozen = await leased()
      world.clock.passMinutes(2)
      const second = await leased()
      expect(await settle(frozen, { kind: 'failed', reason: 'late', isFinal: true, isUnanswered: false, retryAfterMs: null })).toMatchObject({ failed: 0, lost: 2 })
      expect(await settle(frozen, allSent(frozen))).toMatchObject({ sent: 0, lost: 2 })
      expect(await states()).toEqual(['leased', 'leased'])
      expect(await settle(second, allSent(second))).toMatchObject({ sent: 2, lost: 0 })
      expect(await settle(frozen, unanswered)).toMatchObject({ lost: 2 })
      expect(await states()).toEqual(['sent', 'sent'])
    })

    it('parks at once where the provider remembers nothing, a verification excepted', async () => {
      await world.work(async (work) => {
        await oweNotices(work, { cases: 1 })
        await oweVerification(work)
      })
      const asked = await leased({ remembersForMs: 0, limit: 1 })
      await leased({ remembersForMs: 0, limit: 1 })
      world.clock.passMinutes(2)
      const again = await leased({ remembersForMs: 0, limit: 1 })
      expect(again).toMatchObject({ isRetry: false, messages: [{ kind: 'verification', attempts: 2 }] })
      expect(again.providerKey).not.toBe(asked.providerKey)
      expect(await lease({ remembersForMs: 0 })).toMatchObject({ batch: null })
      expect(await states()).toEqual(['parked', 'leased'])
    })

    it('gives up on what eight workers died of', async () => {
      await world.work(async (work) => {
        await oweNotices(work, { cases: 1 })
        await oweVerification(work)
      })
      for (let tries = 0; tries < 8; tries++) {
        await leased()
        await leased()
        world.clock.passMinutes(2)
      }
      expect(await lease()).toMatchObject({ batch: null })
      expect(await lease()).toMatchObject({ batch: null })
      expect(await states()).toEqual(['parked', 'failed'])
    })
  })

  describe('and settling', () => {
    it('writes what the provider said of each mail', async () => {
      await world.work((work) => oweNotices(work, { cases: 3 }))
      const batch = await leased()
      const counted = await settle(batch, {
        kind: 'answered',
        mails: [
          { kind: 'sent', providerId: 'id-1' },
          { kind: 'refused', reason: 'No such address: someone@mail.example.com', isFinal: true },
          { kind: 'refused', reason: 'Mailbox busy', isFinal: false },
        ],
      })
      expect(counted).toEqual({ sent: 1, failed: 1, retrying: 1, cancelled: 0, parked: 0, lost: 0 })
      const now = world.clock.now()
      expect(await rows()).toMatchObject([
        { state: 'sent', providerId: 'id-1', settledAt: now, reason: null, leasedBy: null, leasedUntil: null },
        { state: 'failed', reason: 'No such address: (address)', settledAt: now },
        { state: 'waiting', reason: 'Mailbox busy', batchId: null, dueAt: new Date(now.getTime() + 30_000), settledAt: null },
      ])
    })

    it('cuts a batch that was refused as a whole in two, until the mail that is wrong is alone', async () => {
      const owed = await world.work((work) => oweNotices(work, { cases: 10 }))
      const bad = owed[6]?.messageId ?? 0
      let requests = 0
      for (let batch = (await lease()).batch; batch; batch = (await lease()).batch) {
        requests++
        const isBad = ids(batch).includes(bad)
        await settle(batch, isBad ? { kind: 'failed', reason: 'One is wrong.', isFinal: true, isUnanswered: false, retryAfterMs: null } : allSent(batch))
      }
      expect((await rows()).filter((row) => row.state === 'sent')).toHaveLength(9)
      expect((await rows()).find((row) => row.id === bad)).toMatchObject({ state: 'failed', reason: 'One is wrong.' })
      expect(requests).toBeLessThanOrEqual(9)
    })

    it('parks what is refused as a whole after a try without an answer, a verification excepted', async () => {
      const refused: BatchAnswer = { kind: 'failed', reason: 'Refused.', isFinal: true, isUnanswered: false, retryAfterMs: null }
      await world.work(async (work) => {
        await oweNotices(work, { cases: 2 })
        await oweVerification(work)
      })
      for (let lanes = 0; lanes < 2; lanes++) await settle(await leased(), unanswered)
      world.clock.passMinutes(1)
      for (let lanes = 0; lanes < 2; lanes++) await settle(await leased(), refused)
      expect(await states()).toEqual(['parked', 'parked', 'waiting'])
      expect((await rows())[0]).toMatchObject({ reason: 'Refused. Whether an earlier one left is not known.' })
      world.clock.passMinutes(10)
      expect(await leased()).toMatchObject({ isRetry: false, messages: [{ kind: 'verification' }] })
    })

    it('takes a half for tried only once it was', async () => {
      const refused: BatchAnswer = { kind: 'failed', reason: 'Refused.', isFinal: true, isUnanswered: false, retryAfterMs: null }
      await world.work((work) => oweNotices(work, { cases: 4 }))
      await settle(await leased(), refused)
      // However long it had to wait for its first try.
      world.clock.passMinutes(25 * 60)
      const half = await leased()
      expect(half).toMatchObject({ isRetry: false, messages: [{ id: 1 }, { id: 2 }] })
      await settle(half, unanswered)
      world.clock.passMinutes(1)
      await settle(await leased(), { kind: 'answered', mails: [{ kind: 'sent', providerId: null }, { kind: 'sent', providerId: null }] })
      world.clock.passMinutes(5)
      const again = await leased()
      expect(again).toMatchObject({ batchId: half.batchId, isRetry: true })
      await settle(again, refused)
      expect(await states()).toEqual(['parked', 'parked', 'sent', 'sent'])
    })

    it('fails what no mail can be made of alone; parks it when it had been in an earlier try', async () => {
      await world.work((work) => oweNotices(work, { cases: 2 }))
      const batch = await leased()
      const [one] = ids(batch)
      expect(await world.work((work) => settleUncomposed(work, batch, [{ id: one ?? 0, reason: 'unreadable' }]))).toMatchObject({ failed: 1 })
      expect(await states()).toEqual(['failed', 'leased'])
      world.clock.passMinutes(2)
      const again = await leased()
      expect(again.messages).toHaveLength(1)
      expect(await world.work((work) => settleUncomposed(work, again, [{ id: ids(again)[0] ?? 0, reason: 'unreadable' }]))).toMatchObject({ parked: 1 })
    })

    it('lets an operator retry what failed or was parked, under another key and with all its tries', async () => {
      await world.work((work) => oweNotices(work, { cases: 1 }))
      const batch = await leased()
      await settle(batch, { kind: 'answered', mails: [{ kind: 'refused', reason: 'wrong', isFinal: true }] })
      const [id] = ids(batch)
      expect(await world.work((work) => retryMessage(work, id ?? 0))).toBe('waiting')
      expect(await world.work((work) => retryMessage(work, id ?? 0))).toBe('notRetried')
      expect(await world.work((work) => retryMessage(work, 999))).toBe('notRetried')
      const again = await leased()
      expect(again).toMatchObject({ isRetry: false, messages: [{ attempts: 1 }] })
      expect(again.providerKey).not.toBe(batch.providerKey)
    })

    it('owes one message a fact, however often it is told', async () => {
      const { messageId, subscriberId } = await world.work((work) => oweReport(work))
      const [first] = await rows()
      const again = await world.work((work) =>
        putMessage(work, { dedupeKey: first?.dedupeKey ?? '', kind: 'report', subscriberId, content: anEmptyReport('other@mail.example.com') }))
      expect(again).toBe(messageId)
      expect(await rows()).toHaveLength(1)
      expect(await world.reading().tx.$count(messageContents)).toBe(1)
    })

    it('takes no second message of one fact from anybody, by the database itself (N2)', async () => {
      await world.work((work) => oweReport(work))
      const [first] = await rows()
      if (!first) throw new Error('Nothing was owed.')
      const { id: _, ...same } = first
      await expect(world.work(({ tx }) => tx.insert(outboxMessages).values(same))).rejects.toThrow()
      await expect(world.work(({ tx }) => tx.insert(outboxMessages).values(same).onConflictDoNothing())).resolves.toBeDefined()
      expect(await rows()).toHaveLength(1)
    })

    it('does not touch what others hold of the same batch', async () => {
      await world.work((work) => oweNotices(work, { cases: 2 }))
      const batch = await leased()
      await world.work(({ tx }) => tx.update(outboxMessages).set({ leasedBy: 'somebody' }).where(eq(outboxMessages.id, ids(batch)[1] ?? 0)))
      expect(await settle(batch, allSent(batch))).toMatchObject({ sent: 1, lost: 1 })
      expect(await states()).toEqual(['sent', 'leased'])
    })
  })
})
