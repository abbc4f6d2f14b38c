import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketChanges, docketEntries, messageContents, outboxMessages, phones, scheduledEvents, subscribers, subscriptions } from '../../../db/schema.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import type { NoticeContent } from '../outbox/message-content.ts'

const court = '13-BOONE'
const oldNumber = '25BE-CR00311'
const newNumber = '26BE-CR00007'
const entry = (number: string, id: string, facts: object = {}): FeedRecord =>
  ({ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: `Entry ${id}`, ...facts })
const hearing = (number: string, facts: object = {}): FeedRecord =>
  ({ type: 'event', case: number, court, id: 'h-1', startsAt: '2026-11-30T09:00:00-06:00', kind: 'Hearing', ...facts })
const one: FeedRecord = { type: 'case', number: newNumber, court, caption: 'State v. Ilse Brandt', formerNumber: oldNumber }

let world: World
beforeEach(async () => {
  world = await openWorld()
  await takeAll(world, [oldNumber, newNumber].map((number) => ({ type: 'case', number, court, caption: 'State v. Ilse Brandt' })))
})
afterEach(() => world.close())

const reading = () => world.reading().tx
type Facts = Omit<Parameters<typeof putSubscription>[2], 'email'>
const track = async (name: string, number: string, facts: Facts = {}): Promise<number> => {
  const [found] = await reading().select({ id: cases.id }).from(cases).where(eq(cases.number, number))
  return world.work((work) => putSubscription(work, found?.id ?? 0, { email: `${name}@example.org`, ...facts }))
}
const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
/** Who is told what in notices that may leave. */
async function told(): Promise<string[]> {
  const rows = await reading().select({ email: subscribers.email, payload: messageContents.payload, at: messageContents.withdrawnAt }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId)).orderBy(asc(outboxMessages.id))
  // What the evening wrote.
  return rows.filter(({ at }) => at === null).map(({ email, payload }) => `${email.split('@')[0]}: ${(payload as NoticeContent).subject.split(': ')[1]}`)
}
async function nextEvening(): Promise<void> {
  await world.work(({ tx }) => tx.delete(outboxMessages))
  world.clock.passMinutes(24 * 60)
  await evening()
}

describe('notices that wait while two cases become one (A9)', () => {
  it('do not tell an entry or a hearing that is sealed afterwards, and tell the rest', async () => {
    await track('kit', oldNumber, { eventTenDays: true })
    await takeAll(world, [entry(oldNumber, 'e-1'), entry(oldNumber, 'e-2'), hearing(oldNumber), entry(newNumber, 'e-1'), hearing(newNumber)])
    await evening()
    expect(await told()).toEqual(['kit: 2 new entries, court in 10 days'])
    await takeAll(world, [one, entry(newNumber, 'e-1', { security: 'confidential' })])
    expect(await told()).toEqual(['kit: 1 new entry, court in 10 days'])
    await takeAll(world, [hearing(newNumber, { security: 'confidential' })])
    expect(await told()).toEqual(['kit: 1 new entry'])
    expect(JSON.stringify(await reading().select({ payload: messageContents.payload }).from(messageContents).orderBy(asc(messageContents.id)))).toContain('Entry e-2')
  })

  it('do not tell what the other case has sealed, and it stays sealed', async () => {
    await track('kit', oldNumber, { eventTenDays: true })
    await takeAll(world, [entry(oldNumber, 'e-1'), entry(oldNumber, 'e-2'), hearing(oldNumber)])
    await evening()
    await takeAll(world, [entry(newNumber, 'e-1', { security: 'confidential' }), hearing(newNumber, { security: 'confidential' }), one])
    expect(await told()).toEqual(['kit: 1 new entry'])
    expect(await reading().select().from(scheduledEvents)).toMatchObject([{ security: 'confidential', isStartUntaken: false }])
    expect((await reading().select().from(docketEntries).orderBy(asc(docketEntries.sourceId))).map(({ security }) => security)).toEqual(['confidential', 'public'])
  })

  it('lose one sealed entry and not everything where the address tracked both', async () => {
    await track('kit', oldNumber)
    await track('kit', newNumber)
    await takeAll(world, [entry(oldNumber, 'e-1'), entry(oldNumber, 'e-2')])
    await evening()
    await takeAll(world, [one, entry(newNumber, 'e-1', { security: 'confidential' })])
    expect(await told()).toEqual(['kit: 1 new entry'])
  })
})

describe('what came under both numbers (F4)', () => {
  it('is told to those who track the case that stays, and not again to those who knew it', async () => {
    await track('kit', oldNumber)
    await track('pat', newNumber)
    await track('both', oldNumber)
    await track('both', newNumber)
    await takeAll(world, [entry(oldNumber, 'e-1')])
    await evening()
    expect(await told()).toEqual(['kit: 1 new entry', 'both: 1 new entry'])
    await world.work(({ tx }) => tx.delete(outboxMessages))
    await takeAll(world, [entry(newNumber, 'e-1'), entry(newNumber, 'e-2'), one])
    await nextEvening()
    expect((await told()).sort()).toEqual(['both: 1 new entry', 'kit: 1 new entry', 'pat: 2 new entries'])
  })

  it('loses nobody what waits to leave', async () => {
    await track('kit', oldNumber)
    await track('pat', newNumber)
    await takeAll(world, [entry(oldNumber, 'e-1')])
    await evening()
    const [before] = await reading().select().from(subscriptions).orderBy(asc(subscriptions.id))
    await takeAll(world, [entry(newNumber, 'e-1'), one])
    const [after] = await reading().select().from(subscriptions).orderBy(asc(subscriptions.id))
    expect(after?.emailActiveAfter).toBe(before?.emailActiveAfter)
  })
})

describe('a hearing that the two cases have otherwise (F5)', () => {
  it.each([
    ['moved', { startsAt: '2026-12-01T09:00:00-06:00' }, /^kit: hearing moved to Dec 1/],
    ['cancelled', { status: 'cancelled' }, /^kit: hearing of Nov 30, .* cancelled/],
  ])('is told as %s to those who knew it from the one that goes', async (_, facts, expected) => {
    await track('kit', oldNumber, { eventTenDays: true })
    await takeAll(world, [hearing(oldNumber), hearing(oldNumber, { place: 'Courtroom 2' }), hearing(oldNumber, { place: '' })])
    await evening()
    await takeAll(world, [hearing(newNumber, facts), one])
    expect(await reading().select().from(scheduledEvents)).toMatchObject([{ sequence: 3 }])
    await nextEvening()
    expect(await told()).toEqual([expect.stringMatching(expected) as string])
  })

  it('is told to nobody where nobody tracked that one', async () => {
    await takeAll(world, [hearing(oldNumber), hearing(newNumber, { startsAt: '2026-12-01T09:00:00-06:00' })])
    await takeAll(world, [one])
    expect(await reading().$count(docketChanges)).toBe(0)
  })

  it('says nothing of the date that a confidential case had', async () => {
    await track('kit', oldNumber, { eventTenDays: true })
    await takeAll(world, [{ type: 'case', number: oldNumber, court, caption: 'State v. Ilse Brandt', security: 'confidential' }, hearing(oldNumber)])
    await takeAll(world, [hearing(newNumber, { startsAt: '2026-12-01T09:00:00-06:00' }), { ...one, security: 'public' }])
    expect(await reading().$count(docketChanges)).toBe(0)
  })
})

describe('texts of an address that tracked both (F7)', () => {
  const phoneOf = async () => (await reading().select({ number: phones.number }).from(subscriptions).innerJoin(phones, eq(phones.id, subscriptions.phoneId)))
    .map(({ number }) => number)

  it('go on to the phone of the case that stays, unless it answered STOP', async () => {
    await track('kit', oldNumber, { phone: '+15735550123' })
    await track('kit', newNumber, { phone: '+15735550124' })
    await takeAll(world, [one])
    expect(await phoneOf()).toEqual(['+15735550124'])
  })

  it('go on to the phone of the case that goes where the other answered STOP', async () => {
    await track('kit', oldNumber, { phone: '+15735550123' })
    await track('kit', newNumber, { phone: '+15735550124' })
    await world.work(({ tx, now }) => tx.update(phones).set({ stoppedAt: now }).where(eq(phones.number, '+15735550124')))
    await takeAll(world, [one])
    expect(await phoneOf()).toEqual(['+15735550123'])
  })
})
