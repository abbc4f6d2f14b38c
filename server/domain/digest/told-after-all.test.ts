import { asc, eq, inArray } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { docketChanges, messageContents, outboxMessages, scheduledEvents, subscribers, subscriptions } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase, putEntry, putEvent, putPayment } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { answerMail, failMail, leaseMail, reportMail, sendMail } from '../../testing/send-mail.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { mendAddress } from '../accounts/mend-address.ts'
import type { NoticeContent } from '../outbox/message-content.ts'
import { retryMessage } from '../outbox/retry-message.ts'
import type { MailReport } from '../outbox/take-mail-report.ts'
import { pauseTracking, resumeTracking } from '../tracking/pause-tracking.ts'

let world: World
const number = '26BA-CV00077'
const address = 'a@example.com'

beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const follow = (facts: Partial<Parameters<typeof putSubscription>[2]> = {}) => world.work((work) => putSubscription(work, 1, { email: address, ...facts }))
const enter = (description: string, caseId = 1) => world.work((work) => putEntry(work, caseId, { description }))
const hearing = (startsAt = '2026-11-30T15:00:00Z') => world.work((work) => putEvent(work, 1, { startsAt: new Date(startsAt) }))
const pause = (id: number) => world.work((work) => pauseTracking(work, [id], { because: 'asked', until: null }))
const resume = (id: number) => world.work((work) => resumeTracking(work, [id]))
const reported = (id: number, fate: MailReport['fate']) => reportMail(world, id, fate, address)
const feed = (id: string, security?: 'confidential' | 'public') =>
  takeAll(world, [{ type: 'docketEntry', case: number, court: '13-BOONE', id, filedAt: '2026-11-20', description: `Entry ${id}`, text: '', ...(security && { security }) }])
const rows = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))
const subscription = async () => (await world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id)))[0]

/** The evening of the next day, and its mail. */
async function nextEvening(): Promise<void> {
  world.clock.passMinutes(24 * 60)
  await evening()
  await sendMail(world)
}

/** The notices that left for good. */
async function leftNotices(): Promise<NoticeContent[]> {
  const found = await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(inArray(outboxMessages.state, ['sent', 'delivered'])).orderBy(asc(outboxMessages.id))
  return found.map(({ payload }) => payload as NoticeContent)
}

/** In the words of their subjects. */
const told = async (): Promise<string[]> => (await leftNotices()).map(({ subject }) => subject.replace(`Case ${number}: `, ''))
/** Which entries each tells. */
const entriesTold = async (): Promise<number[][]> =>
  (await leftNotices()).map((notice) => notice.told.flatMap((fact) => ('entryId' in fact && fact.entryId !== null ? [fact.entryId] : [])))

describe('what another notice is to tell yet', () => {
  it('is not counted as missed once more', async () => {
    await follow()
    await enter('One')
    await evening()
    await failMail(world, 'unanswered')
    await pause(1)
    await enter('Two')
    await resume(1)
    world.clock.passMinutes(60)
    await evening()
    // Leasing drops the first, of which nobody knows whether it left; the second is under way.
    const second = await leaseMail(world)
    expect(await rows()).toMatchObject([{ state: 'cancelled' }, { state: 'leased' }])
    await enter('Three')
    await evening()
    if (second) await answerMail(world, second)
    await nextEvening()
    expect(await told()).toEqual(['2 missed entries', '1 new entry'])
  })

  const unanswered = { kind: 'failed', reason: 'No.', isFinal: false, isUnanswered: true, retryAfterMs: 1 } as const

  it('is counted that evening where it is told from before its reader was away, and leaves no more', async () => {
    await follow()
    await enter('One')
    await evening()
    const first = await leaseMail(world)
    await pause(1)
    if (first) await answerMail(world, first, unanswered)
    await resume(1)
    await nextEvening()
    expect(await told()).toEqual(['1 missed entry'])
    await nextEvening()
    expect(await told()).toHaveLength(1)
  })

  it('is told of a payment whose notice was dropped from a batch in the pause', async () => {
    for (const email of [address, 'b@example.com']) await follow({ email, paymentTwoDays: true })
    await world.work((work) => putPayment(work, 1, { dueOn: '2026-11-22' }))
    await evening()
    const both = await leaseMail(world)
    await pause(1)
    if (both) await answerMail(world, both, unanswered)
    world.clock.passMinutes(1)
    await failMail(world, 'unanswered')
    expect(await rows()).toMatchObject([{ state: 'waiting', reason: expect.stringContaining('does not ask') as string }, { state: 'waiting' }])
    await resume(1)
    await enter('One')
    await evening()
    world.clock.passMinutes(60)
    await sendMail(world)
    await nextEvening()
    const sent = (await rows()).filter(({ subscriptionId, state }) => subscriptionId === 1 && state === 'sent')
    expect(sent).toHaveLength(1)
    expect((await leftNotices()).map(({ told: facts }) => facts.map(({ mark }) => mark))).toContainEqual(['New', 'Payment'])
  })
})

describe('a mail that came back for the time being and arrived after all (G4)', () => {
  it('ends the wait, and nothing of what it told is told again', async () => {
    await follow({ eventTenDays: true, paymentTwoDays: true })
    await enter('One')
    await hearing()
    await world.work((work) => putPayment(work, 1, { dueOn: '2026-11-22' }))
    await evening()
    await sendMail(world)
    await reported(1, 'bouncedSoftly')
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery' })
    await reported(1, 'delivered')
    expect(await subscription()).toMatchObject({ emailState: 'active', pausedUntil: null })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ softBounces: 0, softBouncedAt: null }])
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'delivered' }])
  })

  it('lets all else that was missed meanwhile be told', async () => {
    await follow({ eventTenDays: true })
    await enter('One')
    await evening()
    await sendMail(world)
    await enter('Two')
    await hearing()
    await evening()
    await reported(1, 'bouncedSoftly')
    await enter('Three')
    await reported(1, 'delivered')
    await nextEvening()
    expect(await told()).toEqual(['1 new entry', 'court in 9 days, 2 missed entries'])
    await nextEvening()
    expect(await told()).toHaveLength(2)
  })

  it('is told again once where that is known only after the wait', async () => {
    await follow()
    await enter('One')
    await evening()
    await sendMail(world)
    await reported(1, 'bouncedSoftly')
    await nextEvening()
    await reported(1, 'delivered')
    await nextEvening()
    expect(await told()).toEqual(['1 new entry', '1 missed entry'])
  })

  it('is not told a third time where it was told again before that was known', async () => {
    await follow()
    await enter('One')
    await evening()
    await sendMail(world)
    await reported(1, 'bouncedSoftly')
    await nextEvening()
    await reported(1, 'delivered')
    await reported(2, 'bounced')
    await world.work((work) => mendAddress(work, 1))
    await nextEvening()
    expect(await told()).toEqual(['1 new entry'])
  })

  it('ends the wait where nobody knew that it had left, too', async () => {
    await follow({ eventTenDays: true })
    await enter('One')
    await hearing()
    await evening()
    await failMail(world, 'unanswered')
    await reported(1, 'bouncedSoftly')
    expect(await rows()).toMatchObject([{ state: 'bounced' }])
    await reported(1, 'delivered')
    expect(await subscription()).toMatchObject({ emailState: 'active' })
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'delivered' }])
  })

  it.each(['bounced', 'bouncedSoftly'] as const)('that nobody knew to have left and that %s is told after the pause', async (fate) => {
    const id = await follow()
    await enter('One')
    await evening()
    await failMail(world, 'unanswered')
    await pause(id)
    await reported(1, fate)
    await sendMail(world)
    expect(await rows()).toMatchObject([{ state: 'bounced' }])
    await world.work((work) => mendAddress(work, 1))
    await resume(id)
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await told()).toEqual(['1 missed entry'])
  })

  it.each(['before', 'after'] as const)('counts where its reader had paused, %s the pause was over', async (when) => {
    await world.work((work) => putCase(work, { number: '26BA-CV00078' }))
    const ids = [await follow({ eventTenDays: true }), await world.work((work) => putSubscription(work, 2, { email: address }))]
    await world.work(({ tx }) => tx.update(subscribers).set({ isBundled: true }))
    await hearing()
    await enter('One')
    await enter('Other', 2)
    await evening()
    await failMail(world, 'unanswered')
    await world.work((work) => pauseTracking(work, ids, { because: 'asked', until: null }))
    const [mail] = await rows()
    if (when === 'before') await reported(mail?.id ?? 0, 'delivered')
    await world.work((work) => resumeTracking(work, ids))
    if (when === 'after') await reported(mail?.id ?? 0, 'delivered')
    await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'delivered' }])
  })

  it('is told again where nobody knows whether it left, as its pause began', async () => {
    const id = await follow({ eventTenDays: true })
    await enter('One')
    await hearing()
    await evening()
    await failMail(world, 'unanswered')
    await pause(id)
    await resume(id)
    world.clock.passMinutes(24 * 60)
    await evening()
    for (let times = 0; times < 2; times++) {
      await sendMail(world)
      world.clock.passMinutes(24 * 60)
      await evening()
    }
    expect(await rows()).toMatchObject([{ state: 'cancelled' }, { state: 'sent' }])
    expect(await told()).toEqual(['court in 9 days, 1 missed entry'])
  })

  it('comes to the same end in either order (R17)', async () => {
    const ends: unknown[] = []
    await follow()
    for (const order of [['delivered', 'bouncedSoftly'], ['bouncedSoftly', 'delivered']] as const) {
      await enter('One')
      await nextEvening()
      const last = (await rows()).at(-1)
      for (const fate of order) await reported(last?.id ?? 0, fate)
      ends.push([(await rows()).at(-1)?.state, (await subscription())?.emailState])
    }
    expect(ends).toEqual([['delivered', 'active'], ['delivered', 'active']])
  })

  it('leaves a pause that its reader asked for meanwhile, and one for want of an address', async () => {
    const id = await follow()
    await enter('One')
    await evening()
    await sendMail(world)
    await reported(1, 'bouncedSoftly')
    await world.work(({ tx }) => tx.update(subscriptions).set({ pausedBecause: 'asked' }).where(eq(subscriptions.id, id)))
    await reported(1, 'delivered')
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'asked' })
    await resume(id)
    await nextEvening()
    await enter('Two')
    await nextEvening()
    const last = (await rows()).at(-1)
    await reported(last?.id ?? 0, 'bounced')
    await reported(last?.id ?? 0, 'delivered')
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery' })
  })

  it('counts for each case of one mail for several', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00078' }))
    await follow({ eventTenDays: true })
    await world.work((work) => putSubscription(work, 2, { email: address }))
    await world.work(({ tx }) => tx.update(subscribers).set({ isBundled: true }))
    await hearing()
    await enter('One')
    await enter('Other', 2)
    expect(await evening()).toMatchObject({ notices: 2, emails: 1 })
    const [id = 0] = await sendMail(world)
    await reported(id, 'bouncedSoftly')
    await reported(id, 'delivered')
    await nextEvening()
    expect(await rows()).toHaveLength(1)
  })
})

describe('what came back (G4)', () => {
  it('is told again without what left after it and did not come back', async () => {
    await follow({ eventTenDays: true })
    await enter('One')
    await evening()
    await sendMail(world)
    await enter('Two')
    await hearing()
    await nextEvening()
    await reported(1, 'bounced')
    await world.work((work) => mendAddress(work, 1))
    await nextEvening()
    expect(await told()).toEqual(['1 new entry, court in 9 days', '1 missed entry'])
  })

  it('is not told again where a pause began while it was under way and it left', async () => {
    const id = await follow({ eventTenDays: true })
    await enter('One')
    await hearing()
    await evening()
    const batch = await leaseMail(world)
    await pause(id)
    if (batch) await answerMail(world, batch)
    await resume(id)
    await nextEvening()
    expect(await told()).toHaveLength(1)
  })

  it('is told again however often it comes back, and each time with all of it', async () => {
    await follow({ eventTenDays: true })
    await enter('One')
    await hearing()
    await evening()
    await sendMail(world)
    for (let times = 0; times < 2; times++) {
      await reported((await rows()).at(-1)?.id ?? 0, 'bounced')
      await world.work((work) => mendAddress(work, 1))
      await nextEvening()
    }
    expect(await rows()).toMatchObject([{ state: 'bounced' }, { state: 'bounced' }, { state: 'sent' }])
    expect(await told()).toEqual(['court in 8 days, 1 missed entry'])
  })

  describe.each([['a quiet', 0], ['a busy', 1]] as const)('in %s evening', (_, others) => {
    beforeEach(() => world.work((work) => putCase(work, { number: '26BA-CV00078' })))
    const backAndMended = async (nth: number) => {
      await reported((await rows())[nth - 1]?.id ?? 0, 'bounced')
      await world.work((work) => mendAddress(work, 1))
      for (let entries = 0; entries < others; entries++) await enter('Elsewhere', 2)
      await nextEvening()
    }
    const twoNotices = async () => {
      await follow()
      await enter('One')
      await evening()
      await sendMail(world)
      await enter('Two')
      await nextEvening()
    }

    it('is told again where it came back only after what was before it had been told again', async () => {
      await twoNotices()
      await backAndMended(1)
      await backAndMended(2)
      expect(await entriesTold()).toEqual([[1], [2]])
    })

    it('is not told again with what was before it and came back later', async () => {
      await twoNotices()
      await backAndMended(2)
      await backAndMended(1)
      expect(await entriesTold()).toEqual([[2], [1]])
    })

    it('is told again without what arrived meanwhile, however often it comes back', async () => {
      await twoNotices()
      await reported(2, 'delivered')
      await backAndMended(1)
      await backAndMended(3)
      expect(await entriesTold()).toEqual([[2], [1]])
    })
  })

  it('is not told again of a case that turned confidential since, public again or not (F8)', async () => {
    await follow()
    await enter('Before')
    await evening()
    await sendMail(world)
    for (const security of ['confidential', 'public'] as const) await takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell', security }])
    await reported(1, 'bounced')
    await world.work((work) => mendAddress(work, 1))
    await nextEvening()
    expect(await told()).toEqual([])
  })

  it('is told in the first evening after a pause that began when its case was public again, before an evening (F8)', async () => {
    const id = await follow()
    await enter('Before')
    for (const security of ['confidential', 'public'] as const) await takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell', security }])
    await pause(id)
    await enter('Meanwhile')
    await resume(id)
    await evening()
    await sendMail(world)
    expect(await told()).toEqual(['1 missed entry'])
  })
})

it.each([['complained'], ['bounced', 'complained']] as const)('nothing of a mail that was called spam is told again (%s, %s)', async (...fates) => {
  await follow({ eventTenDays: true, paymentTwoDays: true })
  await enter('One')
  await hearing()
  await world.work((work) => putPayment(work, 1, { dueOn: '2026-11-22' }))
  await evening()
  await sendMail(world)
  for (const fate of fates) await reported(1, fate)
  expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery' })
  await world.work((work) => mendAddress(work, 1))
  for (let days = 0; days < 2; days++) await nextEvening()
  expect(await rows()).toMatchObject([{ state: 'delivered' }])
})

describe('a notice that an operator lets leave again', () => {
  it.each([
    ['refused', 'while the pause lasts'], ['refused', 'before the evening after it'], ['refused', 'after that evening'],
    ['unanswered', 'while the pause lasts'], ['unanswered', 'before the evening after it'], ['unanswered', 'after that evening'],
  ] as const)('that was %s, %s, is told once after the pause', async (how, when) => {
    const id = await follow()
    await enter('One')
    await evening()
    await failMail(world, how)
    if (how === 'unanswered') await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'parked' }))
    await pause(id)
    const retry = async () => {
      expect(await world.work((work) => retryMessage(work, 1))).toBe('waiting')
      await sendMail(world)
    }
    if (when === 'while the pause lasts') await retry()
    await resume(id)
    if (when === 'before the evening after it') await retry()
    await nextEvening()
    if (when === 'after that evening') await retry()
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'cancelled' }, { state: 'sent' }])
    expect(await told()).toEqual(['1 missed entry'])
  })

  it('and that reminds of a hearing leaves itself, once', async () => {
    const id = await follow({ eventTenDays: true })
    await hearing()
    await evening()
    await failMail(world, 'refused')
    await pause(id)
    await resume(id)
    await nextEvening()
    await world.work((work) => retryMessage(work, 1))
    await sendMail(world)
    await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'sent' }])
  })

  it('is not told to who stopped and tracks anew (F4)', async () => {
    const id = await follow()
    await enter('One')
    await evening()
    await failMail(world, 'refused')
    await world.work(({ tx, now }) => tx.update(subscriptions).set({ emailActiveAfter: 1, begunAfter: 1, emailActiveAt: now }).where(eq(subscriptions.id, id)))
    await world.work((work) => retryMessage(work, 1))
    await sendMail(world)
    await nextEvening()
    expect(await rows()).toMatchObject([{ state: 'cancelled' }])
  })
})

describe('what was sealed and opened again within a pause (A9, F8)', () => {
  it('is not told of an entry that came before it was sealed, and what came after is, once', async () => {
    const id = await follow()
    await pause(id)
    await feed('1')
    await feed('2')
    await evening()
    await feed('1', 'confidential')
    await nextEvening()
    await feed('1', 'public')
    await takeAll(world, [{ type: 'docketEntry', case: number, court: '13-BOONE', id: '2', filedAt: '2026-11-20', description: 'Entry 2', text: 'More' }])
    await resume(id)
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await told()).toEqual(['1 missed entry'])
  })

  it('is told once of an entry that was opened before any evening had told it', async () => {
    const id = await follow()
    await pause(id)
    await feed('1')
    await feed('1', 'confidential')
    await feed('1', 'public')
    await evening()
    await resume(id)
    for (let days = 0; days < 2; days++) await nextEvening()
    expect(await told()).toEqual(['1 missed entry'])
  })

  it('is not told of a hearing that was moved before it was sealed', async () => {
    const id = await follow({ eventTwoDays: true })
    const event = (startsAt: string, security: 'public' | 'confidential' = 'public') =>
      takeAll(world, [{ type: 'event', case: number, court: '13-BOONE', id: 'h', startsAt, kind: 'Hearing', security }])
    await event('2026-12-28T15:00:00Z')
    await evening()
    await pause(id)
    await event('2026-12-29T15:00:00Z')
    await nextEvening()
    await event('2026-12-29T15:00:00Z', 'confidential')
    await event('2026-12-29T15:00:00Z')
    await resume(id)
    await nextEvening()
    expect(await world.reading().tx.select({ kind: docketChanges.kind, isQuiet: docketChanges.isQuiet }).from(docketChanges).orderBy(asc(docketChanges.id))).toEqual([
      { kind: 'rescheduled', isQuiet: false }, { kind: 'rescheduled', isQuiet: true },
    ])
    expect(await world.reading().tx.select().from(scheduledEvents)).toMatchObject([{ security: 'public' }])
    expect(await told()).toEqual([])
  })
})
