import { eq, inArray } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  accountRequests, accountSessions, bundledNotices, mailboxMessages, messageContents, outboxMessages, phones, rateLimits, subscribers, subscriptions, takenDeliveries,
  textReplies, toldEvents, usedCaptchas,
} from '../../../db/schema.ts'
import { retentionDays } from '../../contract/retention.ts'
import { purge } from '../../evening/purge.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putEntry, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { signLink } from '../links/link-token.ts'
import { describeStopLink } from '../links/describe-link.ts'
import { stopListed, stopTracking } from '../tracking/stop-tracking.ts'

const number = '26BA-CR01482'
const keys = ['k'.repeat(32)]
let world: World
let caseId: number
beforeEach(async () => {
  world = await openWorld()
  caseId = await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const passDays = (days: number) => world.clock.passMinutes(days * 24 * 60)
const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const settle = (state: 'sent' | 'parked' = 'sent') => world.work(({ tx, now }) => tx.update(outboxMessages).set({ state, settledAt: state === 'sent' ? now : null }))
const all = (table: string) => world.rows(`select * from ${table}`)

describe('what is kept for its time only', () => {
  it('deletes messages and what they said after 90 days, to the day, and what waits or is parked never', async () => {
    await world.work((work) => putSubscription(work, caseId, { email: 'a@example.com' }))
    await world.work((work) => putEntry(work, caseId))
    await evening()
    await settle()
    await world.work((work) => putSubscription(work, caseId, { email: 'b@example.com' }))
    await world.work((work) => putEntry(work, caseId))
    passDays(1)
    await evening()
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'parked' }).where(eq(outboxMessages.state, 'waiting')))
    passDays(retentionDays.messages - 1)
    expect(await purge(world.workplace)).toMatchObject({ messages: 0 })
    world.clock.passMinutes(1)
    expect(await purge(world.workplace, { isDryRun: true })).toMatchObject({ messages: 1 })
    expect(await all('outbox_messages')).toHaveLength(3)
    expect(await purge(world.workplace)).toMatchObject({ messages: 1 })
    passDays(400)
    expect(await purge(world.workplace)).toMatchObject({ messages: 0 })
    expect((await all('outbox_messages')).map(({ state }) => state)).toEqual(['parked', 'parked'])
    expect(await all('message_contents')).toHaveLength(1)
    // Who tracks is not touched.
    expect(await all('subscriptions')).toHaveLength(2)
  })

  it('goes on over any number of messages, a slice at a time', async () => {
    await world.work(async ({ tx, now }) => {
      const [content] = await tx.insert(messageContents).values({ payload: { kind: 'notice' }, createdAt: now }).returning({ id: messageContents.id })
      const [subscriber] = await tx.insert(subscribers).values({ email: 'x@example.com', emailKey: 'x@example.com', createdAt: now }).returning({ id: subscribers.id })
      for (let slice = 0; slice < 3; slice++) {
        await tx.insert(outboxMessages).values(Array.from({ length: 400 }, (_, nth) => ({
          dedupeKey: `report/${slice}/${nth}`, kind: 'report' as const, state: 'sent' as const, subscriberId: subscriber?.id ?? 0, contentId: content?.id ?? 0,
          createdAt: now, dueAt: now, settledAt: now, attempts: 1,
        })))
      }
    })
    passDays(91)
    const slices: string[] = []
    expect(await purge(world.workplace, { onSlice: (what) => slices.push(what) })).toMatchObject({ messages: 1_200 })
    expect(slices.filter((what) => what === 'messages')).toHaveLength(3)
    expect(await all('message_contents')).toEqual([])
  })

  it('takes the words of an e-mail for several cases and keeps its one-click stop working (E5, N7)', async () => {
    const other = await world.work((work) => putCase(work, { number: '26BA-CR01483' }))
    await world.work(async (work) => {
      for (const id of [caseId, other]) await putSubscription(work, id, { email: 'a@example.com' })
      await work.tx.update(subscribers).set({ isBundled: true })
      for (const id of [caseId, other]) await putEntry(work, id, { description: 'Words to forget' })
    })
    await evening()
    await settle()
    const [digest] = await world.reading().tx.select({ id: outboxMessages.id }).from(outboxMessages)
    passDays(91)
    await purge(world.workplace)
    expect(JSON.stringify(await all('message_contents'))).not.toContain('forget')
    expect(await world.reading().tx.select().from(bundledNotices)).toHaveLength(2)
    await world.work((work) => stopListed(work, digest?.id ?? 0, 'emailAndText'))
    expect((await all('subscriptions')).map(({ email_state }) => email_state)).toEqual(['stopped', 'stopped'])
    passDays(retentionDays.stopped + 1)
    await purge(world.workplace)
    await purge(world.workplace)
    expect([await all('subscriptions'), await all('bundled_notices'), await all('outbox_messages'), await all('message_contents')]).toEqual([[], [], [], []])
  })

  it('forgets a request that nobody confirmed, with its address and its phone, after 30 days', async () => {
    await ask(world, 'never@example.com', number, { phone: '+15735550177' })
    passDays(retentionDays.unconfirmed)
    await purge(world.workplace)
    expect(await all('tracking_requests')).toHaveLength(1)
    world.clock.passMinutes(1)
    await purge(world.workplace)
    for (const table of ['tracking_requests', 'subscriptions', 'outbox_messages', 'message_contents']) expect(await all(table), table).toEqual([])
    for (const table of ['subscribers', 'phones']) expect(JSON.stringify(await all(table)), table).not.toMatch(/never|0177/)
    // The same address is as new.
    await track(world, 'never@example.com', number)
    expect((await all('subscriptions')).map(({ email_state }) => email_state)).toEqual(['active'])
  })

  it('keeps whoever confirmed, and takes only the phone that never was', async () => {
    const tracked = await track(world, 'a@example.com', number)
    await ask(world, 'a@example.com', number, { phone: '+15735550177' })
    passDays(31)
    await purge(world.workplace)
    expect(await all('subscriptions')).toMatchObject([{ id: tracked.id, email_state: 'active', text_state: 'none', pending_phone_id: null }])
    expect(JSON.stringify(await all('phones'))).not.toContain('0177')
    expect(await all('subscribers')).toMatchObject([{ email: 'a@example.com' }])
  })

  it('forgets a subscription four years after it stopped; the links of its mail answer as before (E5)', async () => {
    const { id, linkVersion } = await trackByText(world, 'a@example.com', number)
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    passDays(retentionDays.stopped)
    await purge(world.workplace)
    expect(await all('subscriptions')).toHaveLength(1)
    world.clock.passMinutes(1)
    await purge(world.workplace)
    expect(await all('subscriptions')).toEqual([])
    expect(JSON.stringify([await all('subscribers'), await all('phones'), await all('tracking_requests')])).not.toMatch(/example|555/)
    const token = signLink(keys, 'stop', { id, version: linkVersion })
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: null })
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
  })

  it('keeps a phone that answered STOP and an address that takes no mail, so that nothing goes there', async () => {
    const { id, phoneId, subscriberId } = await trackByText(world, 'a@example.com', number)
    await world.work(async (work) => {
      await work.tx.update(phones).set({ stoppedAt: work.now }).where(eq(phones.id, phoneId ?? 0))
      await work.tx.update(subscribers).set({ suppressedAt: work.now, suppressedBecause: 'complained' }).where(eq(subscribers.id, subscriberId))
      await stopTracking(work, id, 'emailAndText')
    })
    passDays(retentionDays.stopped + 1)
    await purge(world.workplace)
    expect(await all('subscriptions')).toEqual([])
    expect(await all('phones')).toHaveLength(1)
    expect(JSON.stringify([await all('phones'), await all('subscribers')])).toMatch(/a@example.com/)
  })

  it('keeps what was told of a hearing: it is not told again', async () => {
    await world.work(async (work) => {
      await putSubscription(work, caseId, { email: 'a@example.com', eventTenDays: true, eventTenDaysAt: work.now })
      await putEvent(work, caseId, { startsAt: new Date(work.now.getTime() + 200 * 86_400_000) })
    })
    passDays(191)
    await evening()
    await settle()
    const told = await world.reading().tx.select().from(toldEvents)
    passDays(120)
    await purge(world.workplace)
    expect(await all('outbox_messages')).toEqual([])
    expect(await world.reading().tx.select().from(toldEvents)).toEqual(told)
  })

  it('deletes log-ins, links, tries, answers and copies that are over, and leaves those that are not', async () => {
    const accountId = await putTestAccount(world, 'a@example.com')
    await world.work(async ({ tx, now }) => {
      const [subscriber] = await tx.select().from(subscribers)
      const [phone] = await tx.insert(phones).values({ number: '+15735550188', createdAt: now }).returning({ id: phones.id })
      await tx.insert(accountSessions).values({ userId: accountId, token: 't', expiresAt: now, createdAt: now, updatedAt: now })
      await tx.insert(accountRequests).values({ kind: 'resetPassword', accountId, subscriberId: subscriber?.id ?? 0, createdAt: now, expiresAt: now })
      await tx.insert(rateLimits).values([{ key: 'k', points: 1, expiresAt: now }, { key: 'for ever', points: 1, expiresAt: null }])
      await tx.insert(usedCaptchas).values({ answer: 'a', expiresAt: now })
      await tx.insert(textReplies).values({ providerId: 'SM1', phoneId: phone?.id ?? 0, word: 'help', repliedAt: now })
      await tx.insert(takenDeliveries).values(['courtlistener/1', 'entry/1'].map((key) => ({ key, takenAt: now, report: { accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } } })))
      await tx.insert(mailboxMessages).values({ messageKey: 'm9', sender: 's', recipient: 'r', subject: '', html: '', text: '', headers: {}, arrivedAt: now })
    })
    const before = Object.values(await purge(world.workplace))
    expect(before.every((rows) => rows === 0)).toBe(true)
    passDays(91)
    expect(await purge(world.workplace)).toMatchObject({ 'log-ins': 1, 'account requests': 1, tries: 2, 'text replies': 1, 'webhook answers': 1, mailbox: 1 })
    expect((await all('taken_deliveries')).map(({ key }) => key)).toEqual(['entry/1'])
    expect(await world.reading().tx.select({ id: subscribers.id }).from(subscribers).where(inArray(subscribers.email, ['a@example.com']))).toHaveLength(1)
    expect(await world.reading().tx.select().from(subscriptions)).toEqual([])
  })
})
