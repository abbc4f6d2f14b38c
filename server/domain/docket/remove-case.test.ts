import { asc, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  cases, docketChanges, docketEntries, messageContents, nameWords, outboxMessages, parties, scheduledEvents, scheduledPayments, subscribers,
  subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'

const number = '25BE-CR00311'
const body = (court: string): FeedRecord[] => [
  { type: 'case', number, court, caption: 'State v. Ilse Brandt', parties: [{ name: 'Brandt, Ilse', role: 'Defendant' }] },
  { type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-20', description: 'Order entered' },
  { type: 'event', case: number, court, id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing' },
  {
    type: 'payment', case: number, court, plan: 'P-1', person: 'Brandt, Ilse', dueOn: '2026-12-10', amountDueCents: 5_000, pastDueCents: 0,
  },
]
const removed = (court: string | null): FeedRecord => ({ type: 'caseRemoved', number, court })

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const options = { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }

/** Somebody who tracks each case, asked for it, and was written to about it. */
const track = () => world.work(async ({ tx, now }) => {
  const [person] = await tx.insert(subscribers).values({ email: 'kit@example.org', emailKey: 'kit@example.org', createdAt: now })
    .returning()
  for (const one of await tx.select().from(cases)) {
    const [subscription] = await tx.insert(subscriptions).values({
      subscriberId: person?.id ?? 0, caseId: one.id, emailState: 'active', textState: 'none', ...options,
      emailActiveAfter: 0, linkVersion: 1, createdAt: now,
    }).returning()
    await tx.insert(trackingRequests).values({ subscriberId: person?.id ?? 0, caseId: one.id, ...options, createdAt: now, expiresAt: now })
    const contents = await tx.insert(messageContents).values([
      { caseId: one.id, payload: { caseNumber: one.number }, createdAt: now },
      { payload: { requests: [{ caseNumber: one.number }, { caseNumber: '25BE-CC00008' }] }, createdAt: now },
    ]).returning()
    await tx.insert(outboxMessages).values(contents.map(({ id, caseId }) => ({
      dedupeKey: `message ${id}`, kind: caseId ? 'notice' as const : 'verification' as const, state: 'waiting' as const,
      subscriberId: person?.id ?? 0, subscriptionId: caseId ? subscription?.id ?? 0 : null,
      contentId: id, createdAt: now, dueAt: now, attempts: 0,
    })))
  }
})

describe('a case that is expunged (A9)', () => {
  it('goes with everything that hangs on it, and no other case does', async () => {
    await takeAll(world, [...body('13-BOONE'), ...body('19-COLE')])
    await track()
    expect(await takeAll(world, [removed('13-BOONE')])).toMatchObject({ accepted: 1, rejected: [] })
    const { tx } = world.reading()
    const tables = [cases, parties, docketEntries, docketChanges, scheduledEvents, scheduledPayments, subscriptions, trackingRequests]
    for (const table of tables) {
      expect(await tx.$count(table)).toBe(1)
    }
    expect((await tx.select().from(cases))[0]?.court).toBe('19-COLE')
    expect(await tx.$count(nameWords)).toBe(6)
  })

  it('takes its number out of messages that speak of other cases too, and keeps that they were', async () => {
    await takeAll(world, body('13-BOONE'))
    await track()
    await world.work(({ tx, now }) => tx.insert(messageContents)
      .values({ payload: { requests: [{ caseNumber: '25BE-CC00008' }] }, createdAt: now }))
    await takeAll(world, [removed('13-BOONE')])
    const contents = await world.reading().tx.select().from(messageContents).orderBy(asc(messageContents.id))
    expect(JSON.stringify(contents)).not.toContain(number)
    expect(contents.map(({ payload, withdrawnAt }) => ({ payload, isWithdrawn: withdrawnAt !== null }))).toEqual([
      { payload: {}, isWithdrawn: true }, { payload: { requests: [{ caseNumber: '25BE-CC00008' }] }, isWithdrawn: false },
    ])
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ kind: 'verification' }])
  })

  it('leaves what speaks of a case whose number differs in its letters only', async () => {
    await takeAll(world, body('13-BOONE'))
    await track()
    const other = { requests: [{ caseNumber: number.toLowerCase() }] }
    await world.work(({ tx }) => tx.update(messageContents).set({ payload: other }).where(isNull(messageContents.caseId)))
    await takeAll(world, [removed('13-BOONE')])
    expect(await world.reading().tx.select().from(messageContents)).toMatchObject([{ payload: other, withdrawnAt: null }])
  })

  it('is no fault when it is not here, or no longer', async () => {
    await takeAll(world, body('13-BOONE'))
    expect(await takeAll(world, [removed('13-BOONE'), removed('13-BOONE')])).toMatchObject({ accepted: 1, unchanged: 1, rejected: [] })
  })

  it('needs its court only where several have the number', async () => {
    await takeAll(world, [...body('13-BOONE'), ...body('19-COLE')])
    expect((await takeAll(world, [removed(null)])).rejected).toEqual([
      { line: 1, reason: 'Several courts have a case 25BE-CR00311: 13-BOONE, 19-COLE. Name its court.' },
    ])
    await takeAll(world, [removed('19-COLE')])
    expect(await takeAll(world, [removed(null)])).toMatchObject({ accepted: 1 })
    expect(await world.reading().tx.$count(cases)).toBe(0)
  })

  it('can come again, in the same body too, as a new case', async () => {
    await takeAll(world, body('13-BOONE'))
    expect(await takeAll(world, [removed('13-BOONE'), ...body('13-BOONE')])).toMatchObject({ accepted: 5, changes: { added: 1 } })
    expect((await world.reading().tx.select().from(cases))[0]?.lastActivityAt).toEqual(new Date('2026-11-20T18:00:00Z'))
  })

  it('takes nothing more in after it', async () => {
    const report = await takeAll(world, [...body('13-BOONE'), removed('13-BOONE'), ...body('13-BOONE').slice(1, 2)])
    expect(report.rejected).toMatchObject([{ line: 6 }])
    expect(await world.reading().tx.$count(docketEntries)).toBe(0)
  })
})
