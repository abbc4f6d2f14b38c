import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, courts, messageContents, outboxMessages, phones, subscribers, toldEvents } from '../../../db/schema.ts'
import type { EventRecord, FeedRecord, PaymentRecord } from '../../contract/records.ts'
import { addDays } from '../../contract/court-time.ts'
import { previewEvening } from '../../evening/preview-evening.ts'
import { runEvening } from '../../evening/run-evening.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { putCase, putCourt } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { withdrawEventContents } from '../docket/withdraw-contents.ts'
import type { NoticeContent, TextContent } from '../outbox/message-content.ts'
import type { Site } from '../outbox/message-frame.ts'

let world: World
let site: Site
const number = '26BA-CR00077'
const court = '13-BOONE'
const both = { eventTenDays: true, eventTwoDays: true }

beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00-06:00')
  site = world.site
  await world.work((work) => putCase(work, { number, caption: 'State v. Ada Lowell', caseType: 'CR' }))
})
afterEach(() => world.close())

const change = (profile: Partial<CourtProfile>): void => {
  site = { ...site, profile: { ...site.profile, ...profile } }
}
const evening = (day?: string) => runEvening(world.workplace, site, { day, mayBeFuture: false })
/** Holds the evening of that day at its hour. */
async function eveningOf(day: string): Promise<Awaited<ReturnType<typeof evening>>> {
  world.clock.set(`${day}T19:00:00-06:00`)
  return evening()
}
const at = (instant: string) => world.clock.set(instant)
const event = (facts: Partial<EventRecord> & { startsAt: string }): EventRecord =>
  ({ type: 'event', case: number, court, id: 'h-1', kind: 'Plea setting', place: 'Courtroom 2W', ...facts })
const payment = (facts: Partial<PaymentRecord> = {}): PaymentRecord =>
  ({ type: 'payment', case: number, court, plan: 'P-881', person: 'Lowell, Ada', dueOn: '2026-12-10', amountDueCents: 5000, pastDueCents: 0, ...facts })
const take = (...records: FeedRecord[]) => takeAll(world, records)
const entry = (id: string): FeedRecord => ({ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: `Entry ${id}` })
const track = (email: string, facts: Omit<Parameters<typeof putSubscription>[2], 'email'> = {}, caseId = 1) =>
  world.work((work) => putSubscription(work, caseId, { email, ...facts }))

interface Said {
  readonly to: string
  readonly runId: number | null
  readonly content: NoticeContent
}
async function notices(): Promise<Said[]> {
  const rows = await world.reading().tx.select({ to: subscribers.email, runId: outboxMessages.runId, content: messageContents.payload }).from(outboxMessages)
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
  // What the evening wrote.
  return rows.map((row) => ({ ...row, content: row.content as NoticeContent }))
}
async function texts(): Promise<{ to: string; told: string; address: string }[]> {
  const rows = await world.reading().tx.select({ to: phones.number, content: messageContents.payload }).from(outboxMessages)
    .innerJoin(phones, eq(phones.id, outboxMessages.phoneId))
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
  return rows.map(({ to, content }) => {
    const { told, address } = content as TextContent
    return { to, told, address }
  })
}
const subjects = async (): Promise<string[]> => (await notices()).map(({ content }) => content.subject)
const subjectsTo = async (to: string): Promise<string[]> => (await notices()).filter((one) => one.to === to).map(({ content }) => content.subject)
/** Holds every evening of these days and gives what was said on which. */
async function evenings(from: string, to: string): Promise<Record<string, string[]>> {
  const said: Record<string, string[]> = {}
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const before = (await notices()).length
    await eveningOf(day)
    const now = (await subjects()).slice(before)
    if (now.length > 0) said[day] = now
  }
  return said
}

describe('the 10-day and the 2-day notice of an event (F5)', () => {
  it('are due on the evenings that many days before, each once', async () => {
    await track('a@example.com', both)
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    expect(await evenings('2026-11-20', '2026-12-04')).toEqual({
      '2026-11-23': [`Case ${number}: court in 10 days, Dec 3, 9:00 a.m.`],
      '2026-12-01': [`Case ${number}: court in 2 days, Dec 3, 9:00 a.m.`],
    })
    const [{ content } = { content: undefined }] = await notices()
    expect(content).toMatchObject({
      heading: `Case ${number}: court in 10 days`, entries: [], more: 0,
      hearings: [{
        heading: 'Court in 10 days', kind: 'Plea setting', when: 'Thursday, December 3, 2026 at 9:00 a.m.', place: 'Courtroom 2W', was: [],
        calendarAddress: `http://localhost:3000/cases/${number}/events/1/calendar.ics`, calendarLabel: 'Add to calendar',
      }],
    })
  })

  it('go to those who chose them, and count as reminders', async () => {
    await track('ten@example.com', { eventTenDays: true })
    await track('two@example.com', { eventTwoDays: true })
    await track('none@example.com')
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    await eveningOf('2026-11-22')
    expect(await eveningOf('2026-11-23')).toMatchObject({ notices: 1, emails: 1, texts: 0, reminders: 1 })
    expect(await eveningOf('2026-12-01')).toMatchObject({ notices: 1, reminders: 1 })
    expect((await notices()).map(({ to }) => to)).toEqual(['ten@example.com', 'two@example.com'])
  })

  it('are sent once however often the evening is held', async () => {
    await track('a@example.com', both)
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    await eveningOf('2026-11-22')
    at('2026-11-23T19:00:00-06:00')
    const ten = await Promise.all(Array.from({ length: 10 }, () => evening()))
    expect(ten.reduce((sum, one) => sum + one.notices, 0)).toBe(1)
    expect(ten.reduce((sum, one) => sum + one.reminders, 0)).toBe(1)
  })

  it('count days in the court\'s time zone', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'EAST', timeZone: 'America/New_York' })
      await putCase(work, { number: 'E-1', court: 'EAST', caseType: 'CR' })
    })
    await track('east@example.com', { eventTwoDays: true }, 2)
    await track('mid@example.com', { eventTwoDays: true })
    const startsAt = '2026-12-04T00:30:00-05:00'
    await take({ ...event({ startsAt }), case: 'E-1', court: 'EAST' }, event({ startsAt }))
    expect(await evenings('2026-11-30', '2026-12-03')).toEqual({
      '2026-12-01': [`Case ${number}: court in 2 days, Dec 3, 11:30 p.m.`],
      '2026-12-02': ['Case E-1: court in 2 days, Dec 4, 12:30 a.m.'],
    })
  })

  it('are right on both nights of daylight saving', async () => {
    await track('a@example.com', { eventTwoDays: true })
    await take(event({ id: 'w', startsAt: '2027-03-14T03:00:00-05:00' }), event({ id: 's', startsAt: '2027-11-07T00:30:00-05:00' }))
    await eveningOf('2027-03-11')
    expect(await evenings('2027-03-12', '2027-03-13')).toEqual({ '2027-03-12': [`Case ${number}: court in 2 days, Mar 14, 3:00 a.m.`] })
    expect(await evenings('2027-11-04', '2027-11-06')).toEqual({ '2027-11-05': [`Case ${number}: court in 2 days, Nov 7, 12:30 a.m.`] })
  })

  it('come together with the docket in one notice', async () => {
    await track('a@example.com', both)
    await track('plain@example.com')
    await take(event({ startsAt: '2026-11-30T09:00:00-06:00' }), entry('one'))
    await evening()
    expect((await notices()).map(({ to, content }) => [to, content.subject])).toEqual([
      ['a@example.com', `Case ${number}: 1 new entry, court in 10 days`],
      ['plain@example.com', `Case ${number}: 1 new entry`],
    ])
  })
})

describe('an event entered or moved inside a lead time (F5)', () => {
  it('is told once, in the next evening, with the true distance', async () => {
    await track('a@example.com', both)
    await evening()
    await take(event({ startsAt: '2026-11-26T09:00:00-06:00' }))
    expect(await evenings('2026-11-20', '2026-11-26')).toEqual({
      '2026-11-20': [`Case ${number}: court in 6 days, Nov 26, 9:00 a.m.`],
      '2026-11-24': [`Case ${number}: court in 2 days, Nov 26, 9:00 a.m.`],
    })
  })

  it('is mentioned once where both lead times are due, and never again', async () => {
    await track('a@example.com', both)
    await evening()
    await take(event({ startsAt: '2026-11-21T09:00:00-06:00' }))
    expect(await evenings('2026-11-20', '2026-11-21')).toEqual({ '2026-11-20': [`Case ${number}: court tomorrow, Nov 21, 9:00 a.m.`] })
    expect(await world.reading().tx.$count(toldEvents)).toBe(2)
  })

  it('is not told once it has begun, to the minute', async () => {
    await track('a@example.com', both)
    await take(event({ id: 'begun', startsAt: '2026-11-20T12:00:00-06:00' }), event({ id: 'ahead', startsAt: '2026-11-20T12:01:00-06:00' }))
    await evening()
    expect(await subjects()).toEqual([`Case ${number}: court today, Nov 20, 12:01 p.m.`])
  })

  it('is not told from history or once it was seen', async () => {
    await track('a@example.com', both)
    await takeAll(world, [event({ startsAt: '2026-11-24T09:00:00-06:00' })], { isQuiet: true })
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('is told of moving, which does for its lead times', async () => {
    await track('a@example.com', both)
    await take(event({ startsAt: '2026-12-15T13:30:00-06:00' }))
    await evening()
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }))
    expect(await evenings('2026-11-20', '2026-11-22')).toEqual({ '2026-11-20': [`Case ${number}: hearing moved to Nov 22, 9:00 a.m.`] })
  })
})

describe('an evening that does not come (F5)', () => {
  const weekdays = { digest: { hour: 19, days: [1, 2, 3, 4, 5], holidays: ['2026-11-26', '2026-11-27'] } }

  it('leaves what is due on it to the last evening before', async () => {
    change(weekdays)
    await track('a@example.com', { eventTwoDays: true })
    await take(
      event({ id: 'sat', startsAt: '2026-12-07T09:00:00-06:00' }), event({ id: 'sun', startsAt: '2026-12-08T09:00:00-06:00' }),
      event({ id: 'mon', startsAt: '2026-12-09T09:00:00-06:00' }), event({ id: 'holiday', startsAt: '2026-11-29T09:00:00-06:00' }),
    )
    await evening()
    await eveningOf('2026-11-23')
    await eveningOf('2026-11-24')
    expect(await subjects()).toEqual([])
    await eveningOf('2026-11-25')
    expect(await subjects()).toEqual([`Case ${number}: court in 4 days, Nov 29, 9:00 a.m.`])
    await eveningOf('2026-12-04')
    expect((await subjects()).slice(1)).toEqual([`Case ${number}: court in 3 days, court in 4 days`])
    await eveningOf('2026-12-07')
    expect((await subjects()).slice(2)).toEqual([`Case ${number}: court in 2 days, Dec 9, 9:00 a.m.`])
  })

  it('is made up for with the true date, and not after the event has begun', async () => {
    await track('a@example.com', { eventTenDays: true })
    await take(event({ id: 'over', startsAt: '2026-12-05T09:00:00-06:00' }), event({ id: 'ahead', startsAt: '2026-12-06T19:01:00-06:00' }))
    await evening()
    await eveningOf('2026-12-06')
    expect(await subjects()).toEqual([`Case ${number}: court today, Dec 6, 7:01 p.m.`])
  })

  it('is the next run\'s when one was held beforehand for a day to come', async () => {
    await track('a@example.com', { eventTwoDays: true })
    await take(event({ id: 'before', startsAt: '2026-12-01T18:59:00-06:00' }), event({ id: 'after', startsAt: '2026-12-01T19:01:00-06:00' }))
    await runEvening(world.workplace, site, { day: '2026-12-01', mayBeFuture: true })
    expect(await subjects()).toEqual([`Case ${number}: court today, Dec 1, 7:01 p.m.`])
  })
})

describe('an event that changes after a notice went out (F5)', () => {
  beforeEach(async () => {
    await track('a@example.com', both)
    await track('plain@example.com')
    await take(event({ startsAt: '2026-11-24T13:30:00-06:00' }))
    await evening()
    at('2026-11-21T12:00:00-06:00')
  })
  const last = async (): Promise<NoticeContent | undefined> => (await notices()).at(-1)?.content

  it('is told as moved with the old date, and is due again for its new start', async () => {
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    expect(await eveningOf('2026-11-21')).toMatchObject({ notices: 1, reminders: 1 })
    expect(await last()).toMatchObject({
      subject: `Case ${number}: hearing moved to Dec 3, 9:00 a.m.`,
      hearings: [{
        heading: 'Hearing date changed', when: 'Thursday, December 3, 2026 at 9:00 a.m.', was: ['Was November 24, 2026 at 1:30 p.m.'],
        calendar: { sequence: 1, isCancelled: false },
      }],
    })
    expect(await evenings('2026-11-22', '2026-12-03')).toEqual({
      '2026-11-23': [`Case ${number}: court in 10 days, Dec 3, 9:00 a.m.`],
      '2026-12-01': [`Case ${number}: court in 2 days, Dec 3, 9:00 a.m.`],
    })
  })

  it('is told with a change of place, a cancelling and a putting back', async () => {
    await take(event({ startsAt: '2026-11-24T13:30:00-06:00', place: 'Courtroom 4' }))
    await eveningOf('2026-11-21')
    expect(await last()).toMatchObject({
      subject: `Case ${number}: hearing place changed, Nov 24, 1:30 p.m.`, hearings: [{ place: 'Courtroom 4', was: ['Place was Courtroom 2W'] }],
    })
    at('2026-11-22T12:00:00-06:00')
    await take(event({ startsAt: '2026-11-24T13:30:00-06:00', place: 'Courtroom 4', status: 'cancelled' }))
    await eveningOf('2026-11-22')
    expect(await last()).toMatchObject({
      subject: `Case ${number}: hearing of Nov 24, 1:30 p.m. cancelled`, hearings: [{ heading: 'Hearing cancelled', calendar: { isCancelled: true } }],
    })
    at('2026-11-23T12:00:00-06:00')
    await take(event({ startsAt: '2026-11-24T13:30:00-06:00', place: 'Courtroom 4', status: 'scheduled' }))
    await eveningOf('2026-11-23')
    expect(await last()).toMatchObject({ subject: `Case ${number}: hearing scheduled again for Nov 24, 1:30 p.m.` })
    expect((await notices()).every(({ to }) => to === 'a@example.com'), 'nothing of it to who chose no event notices').toBe(true)
  })

  it('is told by what it comes to: moved twice is one move, moved back is none', async () => {
    await take(event({ startsAt: '2026-12-24T09:00:00-06:00' }))
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    await eveningOf('2026-11-21')
    expect((await last())?.hearings?.[0]?.was).toEqual(['Was November 24, 2026 at 1:30 p.m.'])
    at('2026-11-22T12:00:00-06:00')
    const before = (await notices()).length
    await take(event({ startsAt: '2026-12-24T09:00:00-06:00' }))
    await take(event({ startsAt: '2026-12-03T09:00:00-06:00' }))
    expect(await eveningOf('2026-11-22')).toMatchObject({ notices: 0 })
    expect(await notices()).toHaveLength(before)
  })

  it('is not told to a subscription that became active after the change', async () => {
    await take(event({ startsAt: '2027-01-12T09:00:00-06:00' }))
    await track('later@example.com', both)
    await eveningOf('2026-11-21')
    expect(await subjectsTo('later@example.com')).toEqual([])
    expect((await subjectsTo('a@example.com')).at(-1)).toBe(`Case ${number}: hearing moved to Jan 12, 2027, 9:00 a.m.`)
  })

  it('is told only beside a docket entry where the court will have it so (I3)', async () => {
    change({ policy: { ...site.profile.policy, schedulingChanges: 'never' } })
    await take(event({ startsAt: '2026-12-24T09:00:00-06:00' }))
    expect(await eveningOf('2026-11-21')).toMatchObject({ notices: 0 })
    at('2026-11-22T12:00:00-06:00')
    await take(event({ startsAt: '2026-12-28T09:00:00-06:00' }), entry('one'))
    await eveningOf('2026-11-22')
    expect((await subjectsTo('a@example.com')).at(-1)).toBe(`Case ${number}: 1 new entry, hearing moved`)
    expect((await subjectsTo('plain@example.com')).at(-1)).toBe(`Case ${number}: 1 new entry`)
  })

  it('is not told when it was over and done with as the court changed its record', async () => {
    at('2026-11-25T12:00:00-06:00')
    await take(event({ startsAt: '2026-11-24T13:30:00-06:00', status: 'cancelled' }))
    expect(await evening()).toMatchObject({ notices: 0 })
  })
})

describe('a subscription that begins inside a lead time (F5)', () => {
  it('is owed only what still lies ahead', async () => {
    await take(event({ startsAt: '2026-11-28T09:00:00-06:00' }))
    await evening()
    at('2026-11-21T12:00:00-06:00')
    await track('a@example.com', both)
    expect(await evenings('2026-11-21', '2026-11-28')).toEqual({ '2026-11-26': [`Case ${number}: court in 2 days, Nov 28, 9:00 a.m.`] })
  })

  it('is owed what falls due on its first day, and not what was due the day before, whether or not a run has seen the event', async () => {
    await take(event({ id: 'today', startsAt: '2026-11-30T09:00:00-06:00' }), event({ id: 'yesterday', startsAt: '2026-11-29T09:00:00-06:00' }))
    at('2026-11-20T13:00:00-06:00')
    await track('a@example.com', { eventTenDays: true })
    await eveningOf('2026-11-20')
    expect(await subjects()).toEqual([`Case ${number}: court in 10 days, Nov 30, 9:00 a.m.`])
  })

  it('counts from its options, where these are newer', async () => {
    await track('a@example.com', { eventTenDays: true, eventTenDaysAt: new Date('2026-11-22T18:00:00Z') })
    await take(event({ startsAt: '2026-11-29T09:00:00-06:00' }))
    at('2026-11-22T12:30:00-06:00')
    expect(await evening()).toMatchObject({ notices: 0 })
  })
})

describe('who begins between evenings (F5)', () => {
  it('keeps what an option asked for when another is chosen since', async () => {
    await track('a@example.com', { eventTenDays: true, paymentTwoDays: true, paymentTwoDaysAt: new Date('2026-11-20T21:00:00Z') })
    at('2026-11-20T14:00:00-06:00')
    await take(event({ startsAt: '2026-11-25T09:00:00-06:00' }))
    await eveningOf('2026-11-20')
    expect(await subjects()).toEqual([`Case ${number}: court in 5 days, Nov 25, 9:00 a.m.`])
  })

  it('is owed what falls due before the next evening, though the last one saw to it', async () => {
    change({ digest: { hour: 19, days: [1, 2, 3, 4, 5], holidays: [] } })
    await take(event({ startsAt: '2026-11-24T09:00:00-06:00' }), payment({ dueOn: '2026-11-24' }))
    await eveningOf('2026-11-20')
    at('2026-11-21T12:00:00-06:00')
    await track('saturday@example.com', { eventTwoDays: true, paymentTwoDays: true })
    at('2026-11-23T12:00:00-06:00')
    await track('monday@example.com', { eventTwoDays: true, paymentTwoDays: true })
    expect(await eveningOf('2026-11-23')).toMatchObject({ notices: 1, reminders: 2 })
    expect((await notices()).map(({ to }) => to)).toEqual(['saturday@example.com'])
    expect(await eveningOf('2026-11-24')).toMatchObject({ notices: 0 })
  })
})

describe('what is not told of at all (F8, A5, A6, A9)', () => {
  it.each(['sealed', 'confidential', 'no part', 'excluded', 'cancelled'])('leaves out an event: %s', async (why) => {
    await track('a@example.com', both)
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00', ...(why === 'sealed' && { security: 'confidential' }), ...(why === 'cancelled' && { status: 'cancelled' }) }), payment({ dueOn: '2026-11-22' }))
    await world.work(async ({ tx }) => {
      if (why === 'confidential') await tx.update(cases).set({ security: 'confidential' })
      if (why === 'no part') await tx.update(courts).set({ isTakingPart: false })
      if (why === 'excluded') await tx.update(cases).set({ caseType: world.profile.caseTypes.find((type) => type.isExcluded)?.code ?? '' })
    })
    expect(await evening()).toMatchObject({ notices: 0, reminders: 0 })
  })

  it('takes a sealed event out of what waits, and leaves the rest to be told', async () => {
    await track('a@example.com', { ...both, phone: '+15735550123' })
    await track('b@example.com', both)
    await take(event({ id: 'h-1', startsAt: '2026-11-22T09:00:00-06:00' }), event({ id: 'h-2', startsAt: '2026-11-25T09:00:00-06:00' }), entry('one'))
    await evening()
    await world.work((work) => withdrawEventContents(work, 1, 1))
    expect((await notices()).map(({ content }) => [content.subject, content.hearings?.length])).toEqual([
      [`Case ${number}: 1 new entry, court in 5 days`, 1], [`Case ${number}: 1 new entry, court in 5 days`, 1],
    ])
    const withdrawn = await world.rows('select variant from message_contents where withdrawn_at is not null and variant like \'text%\'')
    expect(withdrawn).toEqual([{ variant: 'text event:1/due/' }])
    expect(JSON.stringify(await world.rows('select payload from message_contents where withdrawn_at is null'))).not.toContain('November 22')
  })
})

describe('the notice of a payment (F6)', () => {
  beforeEach(() => track('a@example.com', { paymentTwoDays: true }))
  const last = async (): Promise<NoticeContent | undefined> => (await notices()).at(-1)?.content

  it('is due two days before, once, with all that the court said', async () => {
    await take(payment({ pastDueCents: 1250 }))
    expect(await evenings('2026-12-06', '2026-12-11')).toEqual({ '2026-12-08': [`Case ${number}: payment of $50.00 due Dec 10`] })
    expect(await last()).toMatchObject({
      payments: [{ heading: 'Payment due December 10, 2026', person: 'Lowell, Ada', plan: 'P-881', amountDue: 'Amount due $50.00', pastDue: 'Past due $12.50' }],
      heading: `Case ${number}: payment due`,
    })
  })

  it('goes to those who chose it', async () => {
    await track('b@example.com', both)
    await take(payment({ dueOn: '2026-11-22' }))
    expect(await evening()).toMatchObject({ notices: 1, reminders: 1 })
    expect((await notices()).map(({ to }) => to)).toEqual(['a@example.com'])
  })

  it.each([{ status: 'paid' }, { status: 'cancelled' }, { amountDueCents: 0 }] as const)('is none of one that is %o', async (facts) => {
    await take(payment({ dueOn: '2026-11-22', ...facts }))
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('is said of two plans and two dates by themselves', async () => {
    await take(payment({ dueOn: '2026-11-22' }), payment({ dueOn: '2026-11-22', plan: 'P-2' }), payment({ dueOn: '2026-11-23' }))
    await evening()
    expect(await last()).toMatchObject({ subject: `Case ${number}: 2 payments due` })
    await eveningOf('2026-11-21')
    expect(await last()).toMatchObject({ subject: `Case ${number}: payment of $50.00 due Nov 23` })
  })

  it('is made up for until the day it is due, entered late or missed, and not after', async () => {
    await evening()
    await take(payment({ plan: 'today', dueOn: '2026-11-21' }), payment({ plan: 'past', dueOn: '2026-11-20' }))
    await eveningOf('2026-11-21')
    expect((await last())?.payments?.map(({ plan }) => plan)).toEqual(['today'])
    await eveningOf('2026-11-22')
    expect(await notices()).toHaveLength(1)
  })

  it('is owed to a subscription that begins inside its time only where it still lies ahead', async () => {
    await take(payment({ dueOn: '2026-11-22' }), payment({ plan: 'yesterday', dueOn: '2026-11-21' }))
    at('2026-11-20T13:00:00-06:00')
    await track('later@example.com', { paymentTwoDays: true })
    await evening()
    expect((await notices()).map(({ to, content }) => [to, content.payments?.map(({ plan }) => plan)])).toEqual([
      ['a@example.com', ['yesterday', 'P-881']], ['later@example.com', ['P-881']],
    ])
  })

  it('says an amount that changed since, once, and only to who was told another', async () => {
    await take(payment({ dueOn: '2026-11-22' }))
    await evening()
    at('2026-11-21T10:00:00-06:00')
    await track('later@example.com', { paymentTwoDays: true })
    await take(payment({ dueOn: '2026-11-22', amountDueCents: 4000, pastDueCents: 500 }))
    expect(await evening()).toMatchObject({ notices: 1, reminders: 1 })
    expect(await last()).toMatchObject({
      subject: `Case ${number}: payment due Nov 22 is now $40.00`,
      payments: [{ amountDue: 'Amount due is now $40.00 (was $50.00)', pastDue: 'Past due is now $5.00 (was $0.00)' }],
    })
    expect(await eveningOf('2026-11-22')).toMatchObject({ notices: 0 })
    await take(payment({ dueOn: '2026-11-22', status: 'paid' }))
    expect(await evening(), 'a payment that was made is no trigger (F1)').toMatchObject({ notices: 0 })
  })
})

describe('the texts of an evening (F7)', () => {
  const phone = '+15735550123'

  it('tell an event and a payment each in one text, beside the e-mail', async () => {
    await track('a@example.com', { ...both, paymentTwoDays: true, phone })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }), payment({ dueOn: '2026-11-22', pastDueCents: 1250 }))
    at('2026-11-20T19:00:00-06:00')
    expect(await evening()).toMatchObject({ notices: 1, emails: 1, texts: 2, reminders: 2 })
    expect(await texts()).toEqual([
      {
        to: phone, told: `Case ${number}: Plea setting Nov 22, 2026, 9:00 a.m., Courtroom 2W. Plan how you will get there.`,
        address: `http://localhost:3000/cases/${number}/events`,
      },
      {
        to: phone, told: `Case ${number}: Lowell, Ada, payment due Nov 22, 2026, plan P-881, amount due $50.00, past due $12.50.`,
        address: `http://localhost:3000/cases/${number}/payments`,
      },
    ])
  })

  it('say an amount that changed, and that it changed back', async () => {
    await track('a@example.com', { paymentTwoDays: true, phone })
    for (const amountDueCents of [5000, 6000, 5000]) {
      await take(payment({ dueOn: '2026-11-22', amountDueCents }))
      await evening()
    }
    expect((await texts()).map(({ told }) => /amount due.*/.exec(told)?.[0]))
      .toEqual(['amount due $50.00.', 'amount due $60.00 (was $50.00).', 'amount due $50.00 (was $60.00).'])
  })

  it('end with one full stop where no place is said', async () => {
    await track('a@example.com', { ...both, phone })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00', place: 'Hall '.repeat(20) }))
    await evening()
    expect((await texts()).map(({ told }) => told)).toEqual([`Case ${number}: Plea setting Nov 22, 2026, 9:00 a.m. Plan how you will get there.`])
  })

  it('go out once to a phone that several addresses named, and to one whose e-mail is not active', async () => {
    await track('a@example.com', { eventTenDays: true, phone })
    await track('b@example.com', { ...both, phone })
    await track('c@example.com', { ...both, phone: '+15735550188', emailState: 'paused' })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }))
    expect(await evening()).toMatchObject({ notices: 2, texts: 2, reminders: 3 })
    expect((await texts()).map(({ to }) => to)).toEqual([phone, '+15735550188'])
  })

  it('say that a hearing moved or is cancelled, to who became active by text before', async () => {
    await take(event({ startsAt: '2026-12-24T09:00:00-06:00' }))
    await track('a@example.com', { ...both, phone })
    await evening()
    await take(event({ startsAt: '2026-12-28T10:00:00-06:00' }))
    await track('later@example.com', { ...both, phone: '+15735550188' })
    await eveningOf('2026-11-21')
    at('2026-11-22T12:00:00-06:00')
    await take(event({ startsAt: '2026-12-28T10:00:00-06:00', status: 'cancelled' }))
    await eveningOf('2026-11-22')
    expect((await texts()).map(({ to, told }) => [to, told])).toEqual([
      [phone, `Case ${number}: Plea setting moved to Dec 28, 2026, 10:00 a.m. (was Dec 24, 2026, 9:00 a.m.), Courtroom 2W. Plan how you will get there.`],
      [phone, `Case ${number}: Plea setting of Dec 28, 2026, 10:00 a.m. is cancelled.`],
      ['+15735550188', `Case ${number}: Plea setting of Dec 28, 2026, 10:00 a.m. is cancelled.`],
    ])
  })

  it('are none to a phone that answered STOP, is pending, or where the court sends none (I3)', async () => {
    await track('a@example.com', { ...both, phone })
    await track('b@example.com', { ...both, phone: '+15735550188', textState: 'stopped' })
    await world.work(({ tx, now }) => tx.update(phones).set({ stoppedAt: now }).where(eq(phones.number, phone)))
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }))
    expect(await evening()).toMatchObject({ notices: 2, texts: 0 })
    await track('c@example.com', { ...both, phone: '+15735550177' })
    change({ policy: { ...site.profile.policy, texts: 'off' } })
    await take(event({ id: 'h-2', startsAt: '2026-11-23T09:00:00-06:00' }))
    expect(await evening()).toMatchObject({ notices: 3, texts: 0 })
  })
})

describe('number and link only, where the court wants no more told (I3)', () => {
  it('says nothing else in e-mail and text', async () => {
    change({ policy: { ...site.profile.policy, noticeDetail: 'caseNumber' } })
    await track('a@example.com', { ...both, paymentTwoDays: true, phone: '+15735550123' })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }), payment({ dueOn: '2026-11-22' }), entry('one'))
    await evening()
    const [{ content } = { content: undefined }] = await notices()
    expect(content).toMatchObject({
      subject: `Update on case ${number}`, heading: `Update on case ${number}`, leads: ['There is something new in this case. The case page shows it.'],
      caption: '', entries: [], more: 0,
    })
    // Texts of docket entries are the intake's.
    const ofEvening = (await texts()).filter(({ address }) => /(events|payments)$/.test(address))
    for (const said of [JSON.stringify(content), JSON.stringify(ofEvening)]) {
      for (const word of ['Plea', 'Courtroom', 'November', 'Nov 22', 'Lowell', '$50', 'Entry one', 'P-881']) expect(said).not.toContain(word)
    }
    expect(ofEvening).toHaveLength(2)
    expect(ofEvening[0]?.told).toBe(`Case ${number}: there is something new. The case page shows it.`)
  })
})

describe('many changes of one case (I7)', () => {
  it('are listed up to the set number of entries, and beyond it told as a count and a link', async () => {
    change({ brakes: { ...site.profile.brakes, noticeChanges: 3 } })
    await track('a@example.com')
    await take(entry('1'), entry('2'), entry('3'))
    await evening()
    await take(entry('4'), entry('5'), entry('6'), entry('7'))
    await evening()
    expect((await notices()).map(({ content }) => [content.subject, content.entries.length, content.more])).toEqual([
      [`Case ${number}: 3 new entries`, 3, 0], [`Case ${number}: 4 new entries`, 0, 4],
    ])
  })
})

describe('a later run on the same day (F2)', () => {
  it('sends only what has come or fallen due since', async () => {
    await track('a@example.com', { ...both, paymentTwoDays: true })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }))
    expect(await evening()).toMatchObject({ notices: 1 })
    expect((await evening()).runId).toBeNull()
    await take(event({ id: 'h-2', startsAt: '2026-11-23T09:00:00-06:00' }), payment({ dueOn: '2026-11-21' }))
    expect(await evening()).toMatchObject({ notices: 1, reminders: 2 })
    expect((await notices()).at(-1)?.content.subject).toBe(`Case ${number}: court in 3 days, payment due`)
  })
})

describe('calendar files (F10)', () => {
  const alone = () => world.reading().tx.$count(outboxMessages, eq(outboxMessages.isAlone, true))

  it('go with up to 500 notices of an evening', async () => {
    await world.work(async (work) => {
      for (let nth = 0; nth < 500; nth++) await putSubscription(work, 1, { email: `p${nth}@example.com`, eventTwoDays: true })
    })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }))
    expect(await evening()).toMatchObject({ notices: 500 })
    expect(await alone()).toBe(500)
    expect((await notices())[0]?.content.isCalendarAttached).toBe(true)
    await track('more@example.com', { eventTwoDays: true })
    await take(event({ startsAt: '2026-11-23T09:00:00-06:00' }))
    expect(await eveningOf('2026-11-21')).toMatchObject({ notices: 501 })
    expect(await alone(), 'beyond that they are linked').toBe(500)
    expect((await notices()).at(-1)?.content.isCalendarAttached).toBeUndefined()
  }, 120_000)

  it('do not keep notices without a hearing from sharing requests', async () => {
    await track('a@example.com', both)
    await track('b@example.com')
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }), entry('one'))
    await evening()
    expect(await alone()).toBe(1)
  })
})

describe('a dry run', () => {
  it('says exactly what would leave, and leaves nothing', async () => {
    await track('a@example.com', { ...both, paymentTwoDays: true, phone: '+15735550123' })
    await track('b@example.com')
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }), payment({ dueOn: '2026-11-22' }), entry('one'))
    const preview = () => previewEvening(world.workplace, site, { mayBeFuture: false, isListed: true })
    const would = await preview()
    expect(would).toMatchObject({
      notices: 2, emails: 2, texts: 2, reminders: 2,
      list: [
        { email: 'a@example.com', caseNumber: number }, { email: 'b@example.com', caseNumber: number },
        { phone: '+15735550123', caseNumber: number }, { phone: '+15735550123', caseNumber: number },
      ],
    })
    expect(await preview()).toEqual(would)
    const { list: _, ...counts } = would
    expect(await evening()).toMatchObject(counts)
  })
})

describe('planning what is due', () => {
  it('reaches everybody, however many track a case and however many cases there are', async () => {
    await world.work(async (work) => {
      for (let nth = 0; nth < 2001; nth++) await putSubscription(work, 1, { email: `p${nth}@example.com`, eventTwoDays: true, ...(nth % 2 === 0 && { emailActiveAfter: nth % 5 }) })
      for (let nth = 0; nth < 101; nth++) {
        const id = await putCase(work, { number: `26BA-CR1${nth}`, caseType: 'CR' })
        await putSubscription(work, id, { email: `p${nth}@example.com`, eventTwoDays: true })
        await putSubscription(work, id, { email: `t${nth}@example.com`, eventTwoDays: true, emailState: 'paused', phone: '+15735550123' })
      }
    })
    const startsAt = '2026-11-22T09:00:00-06:00'
    await take(event({ startsAt }), ...Array.from({ length: 101 }, (_, nth) => ({ ...event({ startsAt }), case: `26BA-CR1${nth}` })))
    expect(await evening()).toMatchObject({ notices: 2102, texts: 101, reminders: 2203 })
  }, 120_000)

  it('reads what falls due and what came, never all events, payments or subscriptions', async () => {
    await take(event({ id: 'moves', startsAt: '2026-12-22T09:00:00-06:00' }))
    await track('a@example.com', { ...both, paymentTwoDays: true, phone: '+15735550123' })
    await take(event({ startsAt: '2026-11-22T09:00:00-06:00' }), event({ id: 'moves', startsAt: '2026-11-23T09:00:00-06:00' }), payment({ dueOn: '2026-11-22' }), entry('one'))
    const sent = await watchQueries(() => evening())
    const about = sent.filter(({ sql }) => /^(select|update)/.test(sql) && /scheduled_|subscriptions|told_|message_contents|docket_changes/.test(sql))
    expect(about.length).toBeGreaterThan(12)
    for (const [nth, plan] of (await explain(world, about)).entries()) {
      expect(plan, about[nth]?.sql).not.toMatch(/Seq Scan on (scheduled_|subscriptions|told_|message_contents|docket_changes|phones)|SCAN (scheduled_events|scheduled_payments|subscriptions|told_events|told_payments|message_contents|docket_changes|phones)(?! USING (COVERING )?INDEX \w+_untaken)/)
      expect(plan, about[nth]?.sql).not.toMatch(/SEARCH (subscriptions|cases|docket_changes) USING INTEGER PRIMARY KEY \(rowid>/)
    }
  })
})
