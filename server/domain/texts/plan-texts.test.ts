import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, courts, messageContents, outboxMessages, phones, subscribers, subscriptions } from '../../../db/schema.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { readingsOf, takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { addDemoEntry } from '../demo/add-demo-entry.ts'
import { takeRecords } from '../docket/take-records.ts'
import type { Site } from '../outbox/message-frame.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { putPhone } from './put-phone.ts'

const number = '26BA-CV00001'
const aCase: FeedRecord = { type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell', caseType: 'CV' }
const entry = (id: string, facts: Partial<Extract<FeedRecord, { type: 'docketEntry' }>> = {}): FeedRecord =>
  ({ type: 'docketEntry', case: number, court: '13-BOONE', id, filedAt: '2026-11-20', description: 'Motion filed', ...facts })

describe('texts of docket changes', () => {
  let world: World
  let last = 0
  beforeEach(async () => {
    world = await openWorld()
    await takeAll(world, [aCase, entry('e-0')])
  })
  afterEach(() => world.close())

  /** Somebody who gets texts of the case from now on. */
  async function text(phoneNumber: string, facts: Partial<typeof subscriptions.$inferInsert> = {}): Promise<{ phoneId: number; subscriptionId: number }> {
    return world.work(async (work) => {
      const email = `texted-${++last}@mail.example.com`
      const [subscriber] = await work.tx.insert(subscribers).values({ email, emailKey: email, confirmedAt: work.now, createdAt: work.now }).returning({ id: subscribers.id })
      const [found] = await work.tx.select({ id: cases.id }).from(cases).where(eq(cases.number, number))
      const phone = await putPhone(work, phoneNumber)
      const after = await lastChangeId(work)
      const [subscription] = await work.tx.insert(subscriptions).values({
        subscriberId: subscriber?.id ?? 0, caseId: found?.id ?? 0, emailState: 'active', textState: 'active', phoneId: phone.id, emailActiveAfter: after,
        textActiveAfter: after, eventTenDays: false, eventTwoDays: false, paymentTwoDays: false, linkVersion: 1, createdAt: work.now,
        emailActiveAt: work.now, ...facts,
      }).returning({ id: subscriptions.id })
      return { phoneId: phone.id, subscriptionId: subscription?.id ?? 0 }
    })
  }
  const site = (facts: { policy?: Partial<Site['profile']['policy']>; textChanges?: number }): Site => {
    const { profile } = world
    return { ...world.site, profile: { ...profile, policy: { ...profile.policy, ...facts.policy }, brakes: { ...profile.brakes, textChanges: facts.textChanges ?? 10 } } }
  }
  const take = (records: readonly FeedRecord[], as: Site = world.site, isQuiet = false) => takeRecords(world.workplace, readingsOf(records), { isQuiet, site: as })
  const owed = () => world.reading().tx.select({
    key: outboxMessages.dedupeKey, phoneId: outboxMessages.phoneId, subscriptionId: outboxMessages.subscriptionId, contentId: outboxMessages.contentId,
    dueAt: outboxMessages.dueAt, content: messageContents.payload, firstChangeId: messageContents.firstChangeId,
  }).from(outboxMessages).innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
  const told = async () => (await owed()).map(({ content }) => (typeof content === 'object' && content !== null && 'told' in content ? content.told : null))

  it('are owed one a change and phone, with what happened and a link (F7)', async () => {
    const { phoneId, subscriptionId } = await text('+15735550101')
    await take([entry('e-1', { description: 'Hearing continued', text: 'Cause passed to December 3, 2026 at 9:00 a.m.' })])
    await take([entry('e-1', { description: 'Hearing continued', text: 'Cause passed to December 4.' })])
    await take([entry('e-1', { description: 'Hearing continued', text: 'Cause passed to December 4.', status: 'voided' })])
    expect(await told()).toEqual([
      `Case ${number}: New entry: Hearing continued. Cause passed to December 3, 2026 at 9:00 a.m.`,
      `Case ${number}: Corrected entry: Hearing continued. Cause passed to December 4.`,
      `Case ${number}: Voided entry: Hearing continued. Cause passed to December 4.`,
    ])
    const [first] = await owed()
    expect(first).toMatchObject({
      key: `text/${phoneId}/${first?.firstChangeId}`, phoneId, subscriptionId, dueAt: world.clock.now(),
      content: { kind: 'text', origin: world.site.origin, address: `${world.site.origin}/cases/${number}`, takesReplies: true, sender: world.profile.textSender.name },
    })
  })

  it('are one to a phone, however many addresses named it, and share what they say', async () => {
    await text('+15735550101')
    await text('+15735550101')
    await text('+15735550102')
    await take([entry('e-1')])
    const rows = await owed()
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map(({ contentId }) => contentId)).size).toBe(1)
    expect(new Set(rows.map(({ phoneId }) => phoneId)).size).toBe(2)
  })

  it('are owed for nothing that was there before, and for nothing repeated', async () => {
    await text('+15735550101')
    await take([entry('e-0'), aCase])
    expect(await owed()).toEqual([])
    await take([entry('e-1')])
    await take([entry('e-1')])
    expect(await owed()).toHaveLength(1)
  })

  it('are not owed to who is pending or stopped, nor to a phone that answered STOP', async () => {
    const pending = await world.work((work) => putPhone(work, '+15735550109'))
    await text('+15735550101', { textState: 'pending', pendingPhoneId: pending.id })
    await text('+15735550102', { textState: 'stopped' })
    const { phoneId } = await text('+15735550103')
    await world.work(({ tx, now }) => tx.update(phones).set({ stoppedAt: now }).where(eq(phones.id, phoneId)))
    await take([entry('e-1')])
    expect(await owed()).toEqual([])
  })

  it('tell nothing of what may not be told: sealed, confidential, quiet, no part taken, type excluded', async () => {
    await text('+15735550101')
    await take([entry('e-1', { security: 'confidential' })])
    await take([entry('e-2')], world.site, true)
    await take([entry('e-3'), { ...aCase, security: 'confidential' }])
    await take([{ ...aCase, security: 'public' }])
    await world.work(({ tx }) => tx.update(courts).set({ isTakingPart: false }).where(eq(courts.code, '13-BOONE')))
    await take([entry('e-4')])
    await world.work(({ tx }) => tx.update(courts).set({ isTakingPart: true }).where(eq(courts.code, '13-BOONE')))
    const excluding = { ...world.site, profile: { ...world.profile, caseTypes: [{ code: 'CV', name: 'Civil', isExcluded: true }] } }
    await take([entry('e-5')], excluding)
    expect(await told()).toEqual([])
    await take([entry('e-6')])
    expect(await told()).toHaveLength(1)
  })

  it('are none where the court sends none, and bare where it says no more', async () => {
    await text('+15735550101')
    await take([entry('e-1')], site({ policy: { texts: 'off' } }))
    expect(await owed()).toEqual([])
    await take([entry('e-2', { description: 'Secret matter' })], site({ policy: { noticeDetail: 'caseNumber' } }))
    expect(await told()).toEqual([`Case ${number}: There is news on its page.`])
  })

  it('are counted in one where many come at once, so that nobody is flooded (I7)', async () => {
    const { phoneId } = await text('+15735550101')
    await take(Array.from({ length: 3 }, (_, nth) => entry(`a-${nth}`)), site({ textChanges: 3 }))
    expect(await owed()).toHaveLength(3)
    await take(Array.from({ length: 4 }, (_, nth) => entry(`b-${nth}`)), site({ textChanges: 3 }))
    const rows = await owed()
    const { firstChangeId } = rows[3] ?? {}
    expect((await told()).slice(3)).toEqual([`Case ${number}: 4 docket entries were added, corrected or voided.`])
    expect(rows[3]?.key).toBe(`text/${phoneId}/${firstChangeId}-${(firstChangeId ?? 0) + 3}`)
  })

  it('wait for the opening of the sending hours (F7)', async () => {
    await text('+15735550101')
    world.clock.set('2026-11-20T21:30:00-06:00')
    await take([entry('e-1')])
    expect((await owed())[0]?.dueAt).toEqual(new Date('2026-11-21T08:00:00-06:00'))
  })

  it('lead to the court where the number is another public case too (A3)', async () => {
    await text('+15735550101')
    const other = world.profile.courts.find(({ code }) => code !== '13-BOONE')?.code ?? ''
    expect(await take([{ ...aCase, court: other }])).toMatchObject({ accepted: 1 })
    await take([entry('e-1')])
    expect((await owed())[0]?.content).toMatchObject({ address: `${world.site.origin}/cases/${number}?court=13-BOONE` })
  })

  it('are owed for the invented entry of the story as well', async () => {
    await text('+15735550101')
    await world.work((work) => addDemoEntry(work, world.site))
    expect(await owed()).toHaveLength(1)
  })
})
