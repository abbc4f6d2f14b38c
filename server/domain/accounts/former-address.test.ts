import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { moveAccount } from '../../testing/move-account.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putEntry, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { reportMail, sendMail } from '../../testing/send-mail.ts'
import { openWorld, type World } from '../../testing/world.ts'
import type { NoticeContent } from '../outbox/message-content.ts'

const old = 'pat@example.com'
const wanted = 'new.pat@example.com'
let world: World

beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number: '26BA-CV00001' }))
  await putTestAccount(world, old)
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const reading = () => world.reading().tx

const moveToNew = async () => {
  await moveAccount(world, 1, wanted)
  await sendMail(world)
}

async function nextEvening(): Promise<void> {
  world.clock.passMinutes(24 * 60)
  await evening()
  await sendMail(world)
}

const notices = async () => (await reading().select({ id: outboxMessages.id, state: outboxMessages.state, payload: messageContents.payload }).from(outboxMessages)
  .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.kind, 'notice')).orderBy(asc(outboxMessages.id)))
  .map(({ id, state, payload }) => ({ id, state, subject: (payload as NoticeContent).subject }))

async function noticeToOld(): Promise<number> {
  await world.work((work) => putSubscription(work, 1, { email: old, eventTenDays: true }))
  await world.work((work) => putEntry(work, 1))
  await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
  await evening()
  await sendMail(world)
  return (await notices())[0]?.id ?? 0
}

describe('a mail to an address that its account has left (G1, G4)', () => {
  it.each(['bounced', 'bouncedSoftly'] as const)('that %s is told to the new one in the next evening, once, and suppresses nothing', async (fate) => {
    const id = await noticeToOld()
    await moveToNew()
    expect(await reportMail(world, id, fate, old)).toBe('taken')
    expect(await reading().select().from(subscribers)).toMatchObject([{ email: wanted, suppressedAt: null, softBounces: 0 }])
    expect(await reading().select().from(subscriptions)).toMatchObject([{ emailState: 'active' }])
    await world.work((work) => putEntry(work, 1, { description: 'Second' }))
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await notices()).toMatchObject([
      { state: 'bounced', subject: 'Case 26BA-CV00001: 1 new entry, court in 10 days' },
      { state: 'sent', subject: 'Case 26BA-CV00001: 1 new entry, court in 9 days, 1 missed entry' },
    ])
  })

  it('that told of a hearing only is told to the new one too', async () => {
    await world.work((work) => putSubscription(work, 1, { email: old, eventTenDays: true }))
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
    await evening()
    await sendMail(world)
    await moveToNew()
    await reportMail(world, (await notices())[0]?.id ?? 0, 'bounced', old)
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await notices()).toMatchObject([{ state: 'bounced' }, { state: 'sent', subject: 'Case 26BA-CV00001: court in 9 days, Nov 30, 9:00 a.m.' }])
  })

  it('that bounced and arrived after all is not told again', async () => {
    const id = await noticeToOld()
    await moveToNew()
    await reportMail(world, id, 'bounced', old)
    await reportMail(world, id, 'delivered', old)
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await notices()).toMatchObject([{ state: 'delivered' }])
  })

  it('suppresses the old one where somebody tracks with it again', async () => {
    const id = await noticeToOld()
    await moveToNew()
    const again = await world.work((work) => putSubscription(work, 1, { email: old }))
    await reportMail(world, id, 'bounced', old)
    expect(await reading().select().from(subscribers).orderBy(asc(subscribers.id))).toMatchObject([
      { email: wanted, suppressedAt: null }, { email: old, suppressedBecause: 'bounced' },
    ])
    expect(await reading().select().from(subscriptions).where(eq(subscriptions.id, again))).toMatchObject([{ emailState: 'paused', pausedBecause: 'delivery' }])
  })

  it('that was called spam pauses nothing of the new one', async () => {
    const id = await noticeToOld()
    await moveToNew()
    expect(await reportMail(world, id, 'complained', old)).toBe('taken')
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await notices()).toHaveLength(1)
    expect(await reading().select().from(subscribers)).toMatchObject([{ suppressedAt: null }])
  })

  it('is no mail of ours where the provider names another for it', async () => {
    const id = await noticeToOld()
    await moveToNew()
    await world.work(({ tx }) => tx.update(outboxMessages).set({ providerId: 'another' }).where(eq(outboxMessages.id, id)))
    expect(await reportMail(world, id, 'bounced', old)).toBe('unknown')
    await world.work(({ tx }) => tx.update(outboxMessages).set({ providerId: null }).where(eq(outboxMessages.id, id)))
    expect(await reportMail(world, id, 'bounced', old)).toBe('unknown')
    expect((await notices())[0]?.state).toBe('sent')
  })
})
