import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, subscribers, subscriptions } from '../../../db/schema.ts'
import { putEntry, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { reportMail, sendMail } from '../../testing/send-mail.ts'
import { holdEvening, listNotices, moveToNew, nextEvening, old, putCaseAndAccount, wanted } from '../../testing/two-addresses.ts'
import { openWorld, type World } from '../../testing/world.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
  await putCaseAndAccount(world)
})
afterEach(() => world.close())

const reading = () => world.reading().tx

async function noticeToOld(): Promise<number> {
  await world.work((work) => putSubscription(work, 1, { email: old, eventTenDays: true }))
  await world.work((work) => putEntry(work, 1))
  await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
  await holdEvening(world)
  await sendMail(world)
  return (await listNotices(world))[0]?.id ?? 0
}

describe('a mail to an address that its account has left (G1, G4)', () => {
  it.each(['bounced', 'bouncedSoftly'] as const)('that %s is told to the new one in the next evening, once, and suppresses nothing', async (fate) => {
    const id = await noticeToOld()
    await moveToNew(world)
    expect(await reportMail(world, id, fate, old)).toBe('taken')
    expect(await reading().select().from(subscribers)).toMatchObject([{ email: wanted, suppressedAt: null, softBounces: 0 }])
    expect(await reading().select().from(subscriptions)).toMatchObject([{ emailState: 'active' }])
    await world.work((work) => putEntry(work, 1, { description: 'Second' }))
    for (let days = 0; days < 2; days++) await nextEvening(world)
    expect(await listNotices(world)).toMatchObject([
      { state: 'bounced', subject: 'Case 26BA-CV00001: 1 new entry, court in 10 days' },
      { state: 'sent', subject: 'Case 26BA-CV00001: 1 new entry, court in 9 days, 1 missed entry' },
    ])
  })

  it('that told of a hearing only is told to the new one too', async () => {
    await world.work((work) => putSubscription(work, 1, { email: old, eventTenDays: true }))
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
    await holdEvening(world)
    await sendMail(world)
    await moveToNew(world)
    await reportMail(world, (await listNotices(world))[0]?.id ?? 0, 'bounced', old)
    for (let days = 0; days < 2; days++) await nextEvening(world)
    expect(await listNotices(world)).toMatchObject([{ state: 'bounced' }, { state: 'sent', subject: 'Case 26BA-CV00001: court in 9 days, Nov 30, 9:00 a.m.' }])
  })

  it('that bounced and arrived after all is not told again', async () => {
    const id = await noticeToOld()
    await moveToNew(world)
    await reportMail(world, id, 'bounced', old)
    await reportMail(world, id, 'delivered', old)
    for (let days = 0; days < 2; days++) await nextEvening(world)
    expect(await listNotices(world)).toMatchObject([{ state: 'delivered' }])
  })

  it('suppresses the old one where somebody tracks with it again', async () => {
    const id = await noticeToOld()
    await moveToNew(world)
    const again = await world.work((work) => putSubscription(work, 1, { email: old }))
    await reportMail(world, id, 'bounced', old)
    expect(await reading().select().from(subscribers).orderBy(asc(subscribers.id))).toMatchObject([
      { email: wanted, suppressedAt: null }, { email: old, suppressedBecause: 'bounced' },
    ])
    expect(await reading().select().from(subscriptions).where(eq(subscriptions.id, again))).toMatchObject([{ emailState: 'paused', pausedBecause: 'delivery' }])
  })

  it('that was called spam pauses nothing of the new one', async () => {
    const id = await noticeToOld()
    await moveToNew(world)
    expect(await reportMail(world, id, 'complained', old)).toBe('taken')
    for (let days = 0; days < 2; days++) await nextEvening(world)
    expect(await listNotices(world)).toHaveLength(1)
    expect(await reading().select().from(subscribers)).toMatchObject([{ suppressedAt: null }])
  })

  it('is no mail of ours where the provider names another for it', async () => {
    const id = await noticeToOld()
    await moveToNew(world)
    await world.work(({ tx }) => tx.update(outboxMessages).set({ providerId: 'another' }).where(eq(outboxMessages.id, id)))
    expect(await reportMail(world, id, 'bounced', old)).toBe('unknown')
    await world.work(({ tx }) => tx.update(outboxMessages).set({ providerId: null }).where(eq(outboxMessages.id, id)))
    expect(await reportMail(world, id, 'bounced', old)).toBe('unknown')
    expect((await listNotices(world))[0]?.state).toBe('sent')
  })
})
