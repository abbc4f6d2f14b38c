import { asc, eq, getTableName, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as schema from '../../../db/schema.ts'
import {
  cases, docketChanges, docketEntries, messageContents, namePairs, nameWords, outboxMessages, parties, scheduledEvents, scheduledPayments, subscribers,
  subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { pairsAmiss } from '../../testing/pair-words.ts'
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
    expect((await tx.select().from(namePairs)).length).toBeGreaterThan(0)
    expect(await pairsAmiss(world.reading())).toEqual([])
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

describe('what is left of an expunged case (A9)', () => {
  const former = '24BE-CR00099'
  const other = '25BE-CC00008'
  const secrets = [number, former, 'Brandt', 'brandt', 'Ilse', 'ilse', 'Courtroom 4E', 'Sealed motion', 'P-881']
  const frame = {
    sender: 'Court <court@example.org>', serviceName: 'Track This Case', origin: 'http://localhost:3000', notOfficial: '',
    helpDesk: { name: '', email: '', phone: '', hours: '' },
  }
  const listed = (subscriptionId: number, caseNumber: string) => ({
    subscriptionId, caseNumber, linkVersion: 1, caseAddress: `http://localhost:3000/cases/${caseNumber}`,
    caption: caseNumber === other ? 'Harbor v. Lowell' : 'State v. Ilse Brandt',
  })
  const verification = (requests: readonly object[], about = number) =>
    ({ ...frame, kind: 'verification', subject: `Confirm that you want to track case ${about}`, emailAddress: 'kit@example.org', requests, more: 0 })
  const report = (tracked: readonly object[]) =>
    ({ ...frame, kind: 'report', subject: 'Your tracking report', emailAddress: 'kit@example.org', reportRequestId: 1, cases: tracked, more: 0 })

  /** A case of which everything was said in every way that there is, beside another that is tracked as well. */
  const tellAll = () => world.work(async ({ tx, now }) => {
    const idOf = async (wanted: string) => (await tx.select().from(cases).where(eq(cases.number, wanted)))[0]?.id ?? 0
    const [gone, kept] = [await idOf(number), await idOf(other)]
    const [person] = await tx.insert(subscribers).values({ email: 'kit@example.org', emailKey: 'kit@example.org', createdAt: now }).returning()
    const [phone] = await tx.insert(schema.phones).values({ number: '+15735550123', createdAt: now }).returning()
    const subscriberId = person?.id ?? 0
    const phoneId = phone?.id ?? 0
    const subscription = { subscriberId, emailState: 'active', textState: 'active', phoneId, emailActiveAfter: 0, textActiveAfter: 0, linkVersion: 1, createdAt: now, ...options } as const
    const [one, two] = await tx.insert(subscriptions).values([{ ...subscription, caseId: gone }, { ...subscription, caseId: kept }]).returning()
    const oneId = one?.id ?? 0
    const twoId = two?.id ?? 0
    await tx.insert(schema.formerSubscriptions).values({ id: 900, subscriptionId: oneId })
    await tx.insert(trackingRequests).values({ subscriberId, caseId: gone, ...options, createdAt: now, expiresAt: now })
    await tx.insert(schema.phoneVerifications).values({ subscriptionId: oneId, subscriberId, phoneId, createdAt: now, expiresAt: now })
    const [run] = await tx.insert(schema.digestRuns).values({
      day: '2026-11-19', startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
    }).returning()
    const runId = run?.id ?? 0
    const [event] = await tx.select().from(scheduledEvents)
    const [payment] = await tx.select().from(scheduledPayments)
    await tx.insert(schema.toldEvents).values({ subscriptionId: oneId, eventId: event?.id ?? 0, startsAt: now, leadDays: 10, runId })
    await tx.insert(schema.toldPayments).values({ subscriptionId: oneId, paymentId: payment?.id ?? 0, amountDueCents: 1, pastDueCents: 0, runId })
    await tx.insert(schema.takenDeliveries).values({
      key: 'courtlistener/1', takenAt: now,
      report: { accepted: 0, unchanged: 0, rejected: [{ line: 1, reason: `No case ${number} is known.` }, { line: 2, reason: 'No date.' }], changes: { added: 0, updated: 0, voided: 0 } },
    })
    await tx.insert(schema.outboxBatches).values({ id: 1, providerKey: 'k', firstTriedAt: now })
    const say = async (name: string, payload: object, message: Partial<typeof outboxMessages.$inferInsert>, caseId: number | null = null) => {
      const [content] = await tx.insert(messageContents).values({ caseId, payload, createdAt: now }).returning()
      const [made] = await tx.insert(outboxMessages).values({
        dedupeKey: name, kind: 'verification', state: 'waiting', contentId: content?.id ?? 0, createdAt: now, dueAt: now, attempts: 0,
        ...(message.phoneId === undefined && { subscriberId }), ...message,
      }).returning()
      await tx.insert(schema.mailboxMessages).values({
        messageKey: `m${made?.id ?? 0}`, sender: 's', recipient: 'r', subject: name, html: '', text: JSON.stringify(payload), headers: {}, arrivedAt: now,
      })
    }
    const both = [listed(oneId, number), listed(twoId, other)]
    await say('notice', { caseNumber: number }, { kind: 'notice', state: 'sent', subscriptionId: oneId }, gone)
    await say('notice of the other', { caseNumber: other }, { kind: 'notice', subscriptionId: twoId }, kept)
    await say('text', { told: `Case ${number}: Sealed motion` }, { kind: 'text', phoneId, subscriptionId: oneId }, gone)
    await say('text of verification', { kind: 'textVerification', caseNumber: number }, { kind: 'textVerification', phoneId, subscriptionId: oneId })
    await say('sent list', verification(both), { state: 'sent' })
    await say('waiting list', verification(both), {})
    await say('tried list', verification(both), { batchId: 1 })
    await say('only', verification([listed(900, number)]), {})
    await say('report', report(both), { kind: 'report' })
    await say('only report', report([listed(oneId, number)]), { kind: 'report' })
    await say('list of the other', verification([listed(twoId, other)], other), {})
  })

  beforeEach(async () => {
    await takeAll(world, [
      { type: 'case', number: former, court: '13-BOONE', caption: 'State v. Ilse Brandt', parties: [{ name: 'Brandt, Ilse', role: 'Defendant' }] },
      { type: 'case', number, court: '13-BOONE', caption: 'State v. Ilse Brandt', formerNumber: former },
      { type: 'case', number: other, court: '13-BOONE', caption: 'Harbor v. Lowell' },
      { type: 'docketEntry', case: number, court: '13-BOONE', id: 'e-1', filedAt: '2026-11-20', description: 'Sealed motion' },
      { type: 'docketEntry', case: number, court: '13-BOONE', id: 'e-1', filedAt: '2026-11-20', description: 'Sealed motion', text: 'Brandt moves.' },
      { type: 'event', case: number, court: '13-BOONE', id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing' },
      { type: 'event', case: number, court: '13-BOONE', id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing', place: 'Courtroom 4E' },
      { type: 'payment', case: number, court: '13-BOONE', plan: 'P-881', person: 'Brandt, Ilse', dueOn: '2026-12-10', amountDueCents: 1, pastDueCents: 0 },
    ])
    await tellAll()
  })

  const everything = async (): Promise<string> => {
    const names = Object.values(schema).map((table) => getTableName(table))
    const rows = []
    for (const name of names) rows.push(name, await world.rows(`select * from ${name}`))
    return JSON.stringify(rows)
  }

  it('is nothing in any table: no number, caption, name, word or copy', async () => {
    const before = await everything()
    expect(secrets.filter((secret) => before.includes(secret))).toEqual(secrets)
    expect(await takeAll(world, [removed('13-BOONE')])).toMatchObject({ accepted: 1 })
    const after = await everything()
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([])
    const kept = ['kit@example.org', other, 'Harbor v. Lowell', 'No date.']
    expect(kept.filter((words) => after.includes(words))).toEqual(kept)
  })

  it('keeps what mail says of other cases, save where it may be on its way', async () => {
    await takeAll(world, [removed('13-BOONE')])
    const left = await world.reading().tx.select({ name: outboxMessages.dedupeKey, content: messageContents }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
    const about = { subject: `Confirm that you want to track case ${other}`, requests: [{ caseNumber: other }] }
    expect(left).toMatchObject([
      { name: 'notice of the other', content: { withdrawnAt: null } },
      { name: 'sent list', content: { payload: about, withdrawnAt: null } },
      { name: 'waiting list', content: { payload: about, withdrawnAt: null } },
      { name: 'tried list', content: { payload: {}, withdrawnAt: new Date('2026-11-20T18:00:00Z') } },
      { name: 'only', content: { payload: {}, withdrawnAt: new Date('2026-11-20T18:00:00Z') } },
      { name: 'report', content: { payload: { cases: [{ caseNumber: other }], reportRequestId: 1 }, withdrawnAt: null } },
      { name: 'only report', content: { payload: { cases: [], reportRequestId: null }, withdrawnAt: null } },
      { name: 'list of the other', content: { withdrawnAt: null } },
    ])
    expect((await world.reading().tx.select().from(schema.mailboxMessages)).map(({ subject }) => subject).sort())
      .toEqual(['list of the other', 'notice of the other'])
  })

  it('is nothing by a number that it had before, either', async () => {
    await takeAll(world, [{ type: 'caseRemoved', number: former, court: '13-BOONE' }])
    const after = await everything()
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([])
  })
})
