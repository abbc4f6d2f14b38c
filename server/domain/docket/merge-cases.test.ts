import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  cases, digestRuns, docketChanges, docketEntries, formerCaseNumbers, formerSubscriptions, messageContents, nameWords, outboxMessages, parties, phones,
  phoneVerifications, scheduledEvents, scheduledPayments, subscribers, subscriptions, toldEvents, toldPayments, trackingRequests,
} from '../../../db/schema.ts'
import type { CaseRecord, FeedRecord } from '../../contract/records.ts'
import { pairsAmiss } from '../../testing/pair-words.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'

const court = '13-BOONE'
const oldNumber = '25BE-CR00311'
const newNumber = '26BE-CR00007'
const aCase = (number: string, facts: Partial<CaseRecord> = {}): CaseRecord =>
  ({ type: 'case', number, court, caption: 'State v. Ilse Brandt', ...facts })
const entry = (number: string, id: string, facts: object = {}): FeedRecord =>
  ({ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: 'Order entered', ...facts })
const hearing = (number: string, id: string, facts: object = {}): FeedRecord =>
  ({ type: 'event', case: number, court, id, startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing', ...facts })
const payment = (number: string, dueOn: string): FeedRecord =>
  ({ type: 'payment', case: number, court, plan: 'P-1', person: 'Brandt, Ilse', dueOn, amountDueCents: 5_000, pastDueCents: 0 })
const one = aCase(newNumber, { formerNumber: oldNumber })

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const reading = () => world.reading().tx
const caseId = async (number: string) => (await reading().select().from(cases).where(eq(cases.number, number)))[0]?.id ?? 0
type Row = typeof subscriptions.$inferInsert

async function subscriber(email: string): Promise<number> {
  const [made] = await world.work(({ tx, now }) => tx.insert(subscribers).values({ email, emailKey: email, createdAt: now })
    .onConflictDoUpdate({ target: subscribers.emailKey, set: { email } }).returning())
  return made?.id ?? 0
}
async function subscribe(email: string, number: string, facts: Partial<Row> = {}): Promise<number> {
  const subscriberId = await subscriber(email)
  const to = await caseId(number)
  const [made] = await world.work(({ tx, now }) => tx.insert(subscriptions).values({
    subscriberId, caseId: to, emailState: 'active', textState: 'none', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
    emailActiveAfter: 0, linkVersion: 1, createdAt: now, emailActiveAt: now, ...facts,
  }).returning())
  return made?.id ?? 0
}
const run = async () => (await world.work(({ tx, now }) => tx.insert(digestRuns).values({
  day: '2026-11-19', startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
}).returning()))[0]?.id ?? 0

describe('two cases that turn out to be one (A9)', () => {
  it('become the one with the new number, with all that either has, once', async () => {
    await takeAll(world, [
      aCase(oldNumber, { filedOn: '2025-02-03', judge: 'R. Osei', parties: [{ name: 'Brandt, Ilse', role: 'Defendant' }] }),
      entry(oldNumber, 'e-1'), entry(oldNumber, 'e-2'), hearing(oldNumber, 'h-1'), hearing(oldNumber, 'h-2'),
      payment(oldNumber, '2026-12-10'), payment(oldNumber, '2027-01-10'),
      aCase(newNumber, { caption: newNumber, status: 'closed' }), entry(newNumber, 'e-2'), entry(newNumber, 'e-3'), hearing(newNumber, 'h-2'),
      payment(newNumber, '2027-01-10'),
    ])
    const id = await caseId(newNumber)
    expect(await takeAll(world, [{ ...one, caption: newNumber }])).toMatchObject({ accepted: 1, rejected: [] })
    expect(await reading().select().from(cases).orderBy(asc(cases.id))).toMatchObject([
      { id, number: newNumber, caption: 'State v. Ilse Brandt', filedOn: '2025-02-03', judge: 'R. Osei', status: 'closed' },
    ])
    const of = async (table: typeof docketEntries | typeof scheduledEvents) =>
      (await reading().select({ caseId: table.caseId, sourceId: table.sourceId }).from(table)).map((row) => `${row.caseId} ${row.sourceId}`).sort()
    expect(await of(docketEntries)).toEqual([`${id} e-1`, `${id} e-2`, `${id} e-3`])
    expect(await of(scheduledEvents)).toEqual([`${id} h-1`, `${id} h-2`])
    expect(await reading().$count(scheduledPayments, eq(scheduledPayments.caseId, id))).toBe(2)
    expect(await reading().select().from(parties)).toMatchObject([{ caseId: id, name: 'Brandt, Ilse' }])
    expect(new Set((await reading().select().from(nameWords)).map((row) => `${row.caseId} ${row.word}`)))
      .toEqual(new Set(['state', 'v', 'ilse', 'brandt'].map((word) => `${id} ${word}`)))
    expect(await pairsAmiss(world.reading())).toEqual([])
    expect(new Set((await reading().select().from(docketChanges)).map((row) => row.caseId))).toEqual(new Set([id]))
    expect(await reading().select().from(formerCaseNumbers)).toMatchObject([{ number: oldNumber, caseId: id }])
    expect(await takeAll(world, [{ ...one, caption: newNumber }])).toMatchObject({ accepted: 0, unchanged: 1 })
  })

  it('keep what led to the one that goes', async () => {
    await takeAll(world, [aCase('24-1'), aCase(oldNumber, { formerNumber: '24-1' }), aCase(newNumber), one])
    const id = await caseId(newNumber)
    expect(await reading().select().from(formerCaseNumbers).orderBy(asc(formerCaseNumbers.number)))
      .toMatchObject([{ number: '24-1', caseId: id }, { number: oldNumber, caseId: id }])
  })

  it('tell nobody again what was told under the old number', async () => {
    await takeAll(world, [aCase(oldNumber), entry(oldNumber, 'e-1'), entry(oldNumber, 'e-2')])
    await subscribe('kit@example.org', oldNumber)
    const runId = await run()
    await world.work(({ tx }) => tx.update(docketChanges).set({ runId }))
    await takeAll(world, [aCase(newNumber), entry(newNumber, 'e-1'), entry(newNumber, 'e-2', { text: 'Amended.' }), entry(newNumber, 'e-3'), one])
    const untaken = (await reading().select({ change: docketChanges, entry: docketEntries.sourceId }).from(docketChanges)
      .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))).filter(({ change }) => change.runId === null && !change.isQuiet)
    expect(untaken.map(({ entry: id }) => id).sort()).toEqual(['e-2', 'e-3'])
  })

  it('still tell what no run has taken of either', async () => {
    await takeAll(world, [aCase(oldNumber), entry(oldNumber, 'e-1'), aCase(newNumber), entry(newNumber, 'e-1'), entry(newNumber, 'e-2')])
    await subscribe('kit@example.org', oldNumber)
    await takeAll(world, [one])
    const changes = await reading().select().from(docketChanges)
    expect(changes).toHaveLength(3)
    expect(changes.every(({ isQuiet, runId }) => !isQuiet && runId === null)).toBe(true)
  })

  it('silence what is not told when either is confidential, and become confidential', async () => {
    await takeAll(world, [aCase(oldNumber, { security: 'confidential' }), entry(oldNumber, 'e-1'), aCase(newNumber), entry(newNumber, 'e-2'), hearing(newNumber, 'h-1')])
    const said = await caseId(newNumber)
    await world.work(async ({ tx, now }) => tx.insert(messageContents).values({ caseId: said, payload: {}, createdAt: now }))
    await takeAll(world, [one])
    expect(await reading().select().from(cases)).toMatchObject([{ number: newNumber, security: 'confidential' }])
    expect((await reading().select().from(docketChanges)).map(({ isQuiet }) => isQuiet)).toEqual([true, true])
    expect(await reading().select().from(scheduledEvents)).toMatchObject([{ isStartUntaken: false }])
    expect(await reading().select().from(messageContents)).toMatchObject([{ withdrawnAt: world.reading().now }])
    await takeAll(world, [aCase(oldNumber, { security: 'public' }), aCase(newNumber, { security: 'public' })])
    expect(await reading().select().from(cases)).toMatchObject([{ security: 'public' }])
  })

  it('are public when the record says so', async () => {
    await takeAll(world, [aCase(oldNumber, { security: 'confidential' }), aCase(newNumber), entry(newNumber, 'e-2'), { ...one, security: 'public' }])
    expect(await reading().select().from(cases)).toMatchObject([{ security: 'public' }])
    expect(await reading().select().from(docketChanges)).toMatchObject([{ isQuiet: false }])
  })
})

describe('subscriptions of two cases that become one (A9)', () => {
  beforeEach(() => takeAll(world, [aCase(oldNumber), aCase(newNumber), hearing(oldNumber, 'h-1'), hearing(newNumber, 'h-1'), payment(oldNumber, '2026-12-10'), payment(newNumber, '2026-12-10')]))

  it('move with their requests, messages and what they were told', async () => {
    const runId = await run()
    const id = await subscribe('kit@example.org', oldNumber, { eventTenDays: true })
    const [event] = await reading().select().from(scheduledEvents).where(eq(scheduledEvents.caseId, await caseId(oldNumber)))
    const [due] = await reading().select().from(scheduledPayments).where(eq(scheduledPayments.caseId, await caseId(oldNumber)))
    const subscriberId = await subscriber('kit@example.org')
    const from = await caseId(oldNumber)
    const into = await caseId(newNumber)
    await world.work(async ({ tx, now }) => {
      await tx.insert(trackingRequests).values({ subscriberId, caseId: from, eventTenDays: true, eventTwoDays: false, paymentTwoDays: false, createdAt: now, expiresAt: now })
      const [content] = await tx.insert(messageContents).values({ caseId: from, runId, variant: 'events', payload: {}, createdAt: now }).returning()
      await tx.insert(messageContents).values({ caseId: into, runId, variant: 'events', payload: {}, createdAt: now })
      await tx.insert(outboxMessages).values({
        dedupeKey: 'notice/1/1', kind: 'notice', state: 'waiting', subscriberId, subscriptionId: id, contentId: content?.id ?? 0, runId, createdAt: now, dueAt: now, attempts: 0,
      })
      await tx.insert(toldEvents).values({ subscriptionId: id, eventId: event?.id ?? 0, startsAt: event?.startsAt ?? now, leadDays: 10, runId })
      await tx.insert(toldPayments).values({ subscriptionId: id, paymentId: due?.id ?? 0, amountDueCents: 5_000, pastDueCents: 0, runId })
    })
    await takeAll(world, [one])
    expect(await reading().select().from(subscriptions)).toMatchObject([{ id, caseId: into, emailState: 'active', eventTenDays: true }])
    expect(await reading().select().from(trackingRequests)).toMatchObject([{ caseId: into }])
    expect(await reading().$count(messageContents, eq(messageContents.caseId, into))).toBe(2)
    expect(await reading().select().from(outboxMessages)).toMatchObject([{ subscriptionId: id, state: 'waiting' }])
    const [kept] = await reading().select().from(scheduledEvents)
    expect(await reading().select().from(toldEvents)).toMatchObject([{ subscriptionId: id, eventId: kept?.id, leadDays: 10 }])
    expect(await reading().select().from(toldPayments)).toMatchObject([{ subscriptionId: id, amountDueCents: 5_000 }])
    expect(await reading().$count(formerSubscriptions)).toBe(0)
  })

  it('become one of a subscriber, the livelier of two, and the links of the other act on it', async () => {
    const [phone, other] = await world.work(({ tx, now }) => tx.insert(phones).values([
      { number: '+15735550123', createdAt: now }, { number: '+15735550124', createdAt: now },
    ]).returning())
    const gone = await subscribe('kit@example.org', oldNumber, {
      emailActiveAfter: 3, textState: 'active', phoneId: phone?.id ?? 0, textActiveAfter: 5, eventTwoDays: true, createdAt: new Date('2026-01-01T00:00:00Z'),
    })
    const kept = await subscribe('kit@example.org', newNumber, {
      emailState: 'stopped', textState: 'pending', pendingPhoneId: other?.id ?? 0, emailActiveAfter: 1, stoppedAt: new Date('2026-02-01T00:00:00Z'), paymentTwoDays: true,
      linkVersion: 4,
    })
    const earlier = gone + kept + 100
    const subscriberId = await subscriber('kit@example.org')
    await world.work(async ({ tx, now }) => {
      await tx.insert(formerSubscriptions).values({ id: earlier, subscriptionId: gone })
      await tx.insert(phoneVerifications).values({
        subscriptionId: gone, subscriberId, phoneId: phone?.id ?? 0, createdAt: now, expiresAt: now,
      })
    })
    await takeAll(world, [one])
    expect(await reading().select().from(subscriptions)).toMatchObject([{
      id: kept, caseId: await caseId(newNumber), emailState: 'active', textState: 'active', phoneId: phone?.id, pendingPhoneId: other?.id,
      emailActiveAfter: 3, textActiveAfter: 5, eventTwoDays: true, paymentTwoDays: false, eventTenDays: false, linkVersion: 4, stoppedAt: null,
      createdAt: new Date('2026-01-01T00:00:00Z'),
    }])
    expect(await reading().select().from(formerSubscriptions).orderBy(asc(formerSubscriptions.id)))
      .toEqual([{ id: gone, subscriptionId: kept }, { id: earlier, subscriptionId: kept }])
    expect(await reading().select().from(phoneVerifications)).toMatchObject([{ subscriptionId: kept }])
  })

  it('keep the earlier beginning and all options of two that are both active', async () => {
    await subscribe('kit@example.org', oldNumber, { emailActiveAfter: 3, eventTwoDays: true })
    await subscribe('kit@example.org', newNumber, { emailActiveAfter: 1, paymentTwoDays: true })
    await subscribe('pat@example.org', newNumber, { emailState: 'stopped' })
    await takeAll(world, [one])
    expect(await reading().select().from(subscriptions).orderBy(asc(subscriptions.id))).toMatchObject([
      { emailState: 'active', emailActiveAfter: 1, eventTwoDays: true, paymentTwoDays: true }, { emailState: 'stopped' },
    ])
  })
})
