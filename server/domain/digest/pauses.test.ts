import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundledNotices, docketChanges, messageContents, outboxMessages, scheduledEvents, subscribers, subscriptions } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase, putEntry, putEvent, putPayment } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { withdrawEntryContents, withdrawEventContents } from '../docket/withdraw-contents.ts'
import type { FieldChange } from '../../contract/vocabulary.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import type { NoticeContent } from '../outbox/message-content.ts'
import { obstacles } from '../outbox/obstacles.ts'
import { settleBatch } from '../outbox/settle-batch.ts'
import { suppressAddress } from '../outbox/suppress-address.ts'
import { missUntold } from '../tracking/miss-untold.ts'
import { pauseTracking, resumeTracking } from '../tracking/pause-tracking.ts'

let world: World
const number = '26BA-CV00077'

beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const follow = (facts: Partial<Parameters<typeof putSubscription>[2]> = {}) => world.work((work) => putSubscription(work, 1, { email: 'a@example.com', ...facts }))
const enter = (description: string, more: Parameters<typeof putEntry>[2] = {}) => world.work((work) => putEntry(work, 1, { description, ...more }))
const change = (entryId: number, kind: 'updated' | 'voided', { from, to } = { from: 'a', to: 'z' }) => world.work(({ tx, now }) =>
  tx.insert(docketChanges).values({ caseId: 1, entryId, kind, fields: [{ field: 'text', from, to }], recordedAt: now, isQuiet: false }))
const pause = (id: number, until: string | null = null) => world.work((work) => pauseTracking(work, [id], { because: 'asked', until }))
const resume = (id: number) => world.work((work) => resumeTracking(work, [id]))
const hearing = (startsAt: string) => world.work((work) => putEvent(work, 1, { startsAt: new Date(startsAt) }))
const reschedule = (eventId: number, fields: readonly FieldChange[], set: Partial<typeof scheduledEvents.$inferInsert>) => world.work(async ({ tx, now }) => {
  await tx.update(scheduledEvents).set(set).where(eq(scheduledEvents.id, eventId))
  await tx.insert(docketChanges).values({ caseId: 1, eventId, kind: 'rescheduled', fields, recordedAt: now, isQuiet: false })
})
const messagesNow = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))
const nextDay = () => world.clock.passMinutes(24 * 60)

async function notices(): Promise<NoticeContent[]> {
  const rows = await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).where(eq(outboxMessages.kind, 'notice')).orderBy(asc(outboxMessages.id))
  return rows.map(({ payload }) => payload as NoticeContent)
}

describe('a pause (G4)', () => {
  it('holds notices back, and the evening after it tells in short what was missed and when the next hearing is, once', async () => {
    const id = await follow()
    await pause(id)
    const { entryId } = await enter('First')
    nextDay()
    await enter('Second')
    await enter('Sealed', { security: 'confidential' })
    await enter('History', { isQuiet: true })
    await change(entryId, 'updated')
    expect(await evening()).toMatchObject({ notices: 0 })
    nextDay()
    const { entryId: old } = await enter('Old', { isQuiet: true })
    await change(old, 'updated')
    await resume(id)
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-12-28T15:00:00Z') }))
    expect(await evening()).toMatchObject({ notices: 1, emails: 1 })
    expect(await notices()).toMatchObject([{
      subject: `Case ${number}: 3 missed entries`,
      heading: `3 missed entries in case ${number}`,
      leads: [
        'While your notices were paused, 2 entries were added and 1 corrected, from November 20, 2026 to November 22, 2026.',
        'The next hearing is on Monday, December 28, 2026 at 9:00 a.m.',
      ],
      entries: [], more: 0,
    }])
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
    expect(await world.reading().tx.select().from(subscriptions)).toMatchObject([{ emailState: 'active', missedAfter: null, missedThrough: null, pausedAt: null }])
  })

  it('tells in full what came after it, beside what was missed', async () => {
    const id = await follow()
    await pause(id)
    await enter('Missed')
    await resume(id)
    await enter('Told')
    await evening()
    expect(await notices()).toMatchObject([{
      subject: `Case ${number}: 1 new entry, 1 missed entry`,
      leads: ['While your notices were paused, 1 entry was added, on November 20, 2026.'], entries: [{ title: 'Told' }],
    }])
  })

  it('owes nothing where nothing was missed', async () => {
    const id = await follow()
    await pause(id)
    await resume(id)
    expect(await evening()).toMatchObject({ notices: 0 })
    expect(await world.reading().tx.$count(subscriptions, eq(subscriptions.emailState, 'active'))).toBe(1)
  })

  it('ends by itself with the evening of its day, and not before', async () => {
    const id = await follow()
    await pause(id, '2026-11-22')
    await enter('One')
    await evening()
    nextDay()
    await evening()
    expect(await notices()).toEqual([])
    nextDay()
    await enter('Two')
    expect(await evening()).toMatchObject({ notices: 1 })
    expect(await notices()).toMatchObject([{ leads: ['While your notices were paused, 2 entries were added, from November 20, 2026 to November 22, 2026.'], entries: [] }])
  })

  it('counts as missed what came before it and no evening took, and what waited to be sent', async () => {
    const id = await follow()
    await enter('In a notice that waits')
    await evening()
    await enter('Not taken yet')
    await pause(id)
    await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 10, seconds: 60, remembersForMs: 0 }))
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ state: 'cancelled' }])
    nextDay()
    await evening()
    await resume(id)
    nextDay()
    await evening()
    expect((await notices()).at(-1)).toMatchObject({ leads: ['While your notices were paused, 2 entries were added, on November 20, 2026.'] })
  })

  it('tells only what its choice of entries lets through', async () => {
    const id = await follow({ entryChoice: 'decisions' })
    await pause(id)
    await enter('Proof', { code: 'CERS' })
    await resume(id)
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('tells who missed the same and chose otherwise each by its own choice', async () => {
    const [all, few] = [await follow(), await follow({ email: 'b@example.com', entryChoice: 'decisions' })]
    for (const id of [all, few]) await pause(id)
    for (const code of ['ORD', 'CERS', 'CERS']) await enter('Entry', { code })
    for (const id of [all, few]) await resume(id)
    await evening()
    expect((await notices()).map(({ leads }) => leads[0])).toEqual([
      'While your notices were paused, 3 entries were added, on November 20, 2026.', 'While your notices were paused, 1 entry was added, on November 20, 2026.',
    ])
  })

  it('tells nothing after it of what arrived before the case turned confidential, public again or not (F8)', async () => {
    const id = await follow()
    await pause(id)
    await enter('Before')
    await evening()
    const turn = (security: 'public' | 'confidential') => takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'Harbor v. Lowell', security }])
    await turn('confidential')
    nextDay()
    await turn('public')
    await resume(id)
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('lets an entry or a hearing that is sealed meanwhile go from what it tells', async () => {
    const id = await follow()
    await pause(id)
    const one = await enter('One')
    await enter('Two')
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-12-28T15:00:00Z') }))
    await resume(id)
    await evening()
    await world.work((work) => withdrawEntryContents(work, 1, one.entryId))
    expect(await notices()).toMatchObject([{ subject: `Case ${number}: 1 missed entry`, leads: ['While your notices were paused, 1 entry was added, on November 20, 2026.', 'The next hearing is on Monday, December 28, 2026 at 9:00 a.m.'] }])
    await world.work((work) => withdrawEventContents(work, 1, 1))
    expect((await notices())[0]?.leads).toHaveLength(1)
  })

  it('tells the notice that told what was missed again, when it came back or waited as a second pause began', async () => {
    const id = await follow()
    await pause(id)
    await enter('Missed')
    await resume(id)
    await evening()
    await pause(id)
    expect(await messagesNow()).toMatchObject([{ state: 'cancelled', reason: obstacles.paused }])
    await resume(id)
    nextDay()
    await evening()
    expect((await notices()).at(-1)?.leads).toEqual(['While your notices were paused, 1 entry was added, on November 20, 2026.'])
    await world.work(async (work) => {
      await work.tx.update(outboxMessages).set({ state: 'bounced', settledAt: work.now }).where(eq(outboxMessages.id, 2))
      await suppressAddress(work, 1, 'bounced')
      await missUntold(work, [2], 'open')
      await work.tx.update(subscribers).set({ suppressedAt: null, suppressedBecause: null })
    })
    await resume(id)
    nextDay()
    await evening()
    expect(await notices()).toHaveLength(3)
    expect((await notices()).at(-1)?.leads).toEqual(['While your notices were paused, 1 entry was added, on November 20, 2026.'])
    // Told at last: no more of it.
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('misses what was in a worker’s hands when it began and did not leave', async () => {
    const id = await follow()
    await enter('One')
    await evening()
    const order = { channel: 'email', profile: world.profile, worker: 'w', limit: 10, seconds: 60, remembersForMs: 0 } as const
    const { batch } = await world.work((work) => leaseBatch(work, order))
    if (!batch) throw new Error('Nothing was leased.')
    await pause(id)
    expect(await messagesNow()).toMatchObject([{ state: 'leased' }])
    await world.work((work) => settleBatch(work, batch, { kind: 'failed', reason: 'Busy.', isFinal: false, isUnanswered: false, retryAfterMs: 1 }, { remembersForMs: 0, jitter: 0 }))
    nextDay()
    expect((await world.work((work) => leaseBatch(work, order))).settled).toMatchObject({ cancelled: 1 })
    await resume(id)
    await evening()
    expect((await notices()).at(-1)?.leads).toEqual(['While your notices were paused, 1 entry was added, on November 20, 2026.'])
  })

  it('tells after it that a hearing was moved, one cancelled and the case opened again without an entry (F5, E7)', async () => {
    const id = await follow({ eventTenDays: true, eventTwoDays: true })
    const [moved, cancelled] = [await hearing('2026-12-28T15:00:00Z'), await hearing('2026-12-29T15:00:00Z')]
    await evening()
    await pause(id)
    await reschedule(moved, [{ field: 'startsAt', from: '2026-12-28T15:00:00.000Z', to: '2026-12-30T16:00:00.000Z' }], { startsAt: new Date('2026-12-30T16:00:00Z') })
    await reschedule(cancelled, [{ field: 'status', from: 'scheduled', to: 'cancelled' }], { status: 'cancelled' })
    await world.work(({ tx, now }) => tx.insert(docketChanges).values({ caseId: 1, kind: 'reopened', recordedAt: now, isQuiet: false }))
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
    await resume(id)
    nextDay()
    expect(await evening()).toMatchObject({ notices: 1 })
    const [notice] = await notices()
    expect(notice).toMatchObject({ entries: [], subject: `Case ${number}: hearing cancelled, hearing moved, case reopened` })
    expect(notice?.hearings?.map(({ heading }) => heading)).toEqual(['Hearing cancelled', 'Hearing date changed'])
    expect(notice?.leads).toContain('The court has opened this case again.')
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
    // It would not leave to somebody who stopped and began anew, nor be kept from this reader.
    expect(await world.reading().tx.select({ first: messageContents.firstChangeId, after: messageContents.missedAfter }).from(messageContents)).toEqual([{ first: null, after: 0 }])
    expect((await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 10, seconds: 60, remembersForMs: 0 }))).batch?.messages).toHaveLength(1)
  })

  it('tells nothing after it of a hearing that was moved and has begun by then (F5)', async () => {
    const id = await follow({ eventTwoDays: true })
    const moved = await hearing('2026-11-28T15:00:00Z')
    await evening()
    await pause(id)
    await reschedule(moved, [{ field: 'startsAt', from: '2026-11-28T15:00:00.000Z', to: '2026-11-26T15:00:00.000Z' }], { startsAt: new Date('2026-11-26T15:00:00Z') })
    world.clock.passMinutes(10 * 24 * 60)
    await resume(id)
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('tells nothing after it of an entry that was corrected and corrected back', async () => {
    const id = await follow()
    const { entryId } = await enter('One')
    await evening()
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'sent' }))
    await pause(id)
    for (const [from, to] of [['a', 'b'], ['b', 'a']] as const) await change(entryId, 'updated', { from, to })
    await resume(id)
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('owes after it the hearing and the payment that fell due in it and still lie ahead, and what waited when it began', async () => {
    const id = await follow({ eventTenDays: true, eventTwoDays: true, paymentTwoDays: true })
    await hearing('2026-11-30T15:00:00Z')
    await world.work((work) => putPayment(work, 1, { dueOn: '2026-11-24' }))
    // Its notice of 10 days before waits.
    expect(await evening()).toMatchObject({ notices: 1, reminders: 1 })
    await pause(id)
    nextDay()
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
    await resume(id)
    nextDay()
    expect(await evening()).toMatchObject({ notices: 1, reminders: 2 })
    expect((await notices()).at(-1)).toMatchObject({ hearings: [{}], payments: [{}], entries: [] })
    nextDay()
    expect(await evening()).toMatchObject({ notices: 0 })
  })

  it('that began before an evening was sent lets one mail for several cases leave without its case, and misses it', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00078' }))
    const id = await follow()
    await world.work((work) => putSubscription(work, 2, { email: 'a@example.com' }))
    await world.work(({ tx }) => tx.update(subscribers).set({ isBundled: true }))
    await enter('One')
    await world.work((work) => putEntry(work, 2, { description: 'Other' }))
    expect(await evening()).toMatchObject({ notices: 2, emails: 1 })
    await pause(id)
    expect(await world.reading().tx.select({ id: bundledNotices.subscriptionId }).from(bundledNotices)).toEqual([{ id: 2 }])
    await resume(id)
    nextDay()
    await evening()
    expect((await notices()).at(-1)?.leads).toEqual(['While your notices were paused, 1 entry was added, on November 20, 2026.'])
  })

  it('that its reader asked for holds back texts too; one for want of delivery does not', async () => {
    await follow({ phone: '+15735550101', emailState: 'paused', pausedBecause: 'asked' })
    await follow({ email: 'b@example.com', phone: '+15735550102', emailState: 'paused', pausedBecause: 'delivery' })
    await takeAll(world, [{ type: 'docketEntry', case: number, court: '13-BOONE', id: '1', filedAt: '2026-11-20T10:00:00-06:00', code: 'MOT', description: 'Motion', text: '' }])
    expect(await world.reading().tx.select({ phoneId: outboxMessages.phoneId }).from(outboxMessages)).toEqual([{ phoneId: 2 }])
    await world.work(({ tx }) => tx.update(subscriptions).set({ pausedBecause: 'asked' }))
    await world.work((work) => leaseBatch(work, { channel: 'text', profile: world.profile, worker: 'w', limit: 10, seconds: 60, remembersForMs: 0 }))
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ state: 'cancelled' }])
  })
})

// Against a model that knows nothing of rows: three lists of what each subscription should have heard of.
describe('pauses, resumes and evenings in any order', () => {
  /** A generator whose numbers are the same in every run. */
  const dice = (seed: number) => () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }

  it.each(Array.from({ length: 12 }, (_, nth) => nth + 1))('tell each change once, in full or as missed, and lose none (seed %i)', async (seed) => {
    const roll = dice(seed * 7919)
    const choices = ['all', 'all', 'decisions'] as const
    const followers = await Promise.all(choices.map((entryChoice, nth) => follow({ email: `p${nth}@example.com`, entryChoice })))
    const model = followers.map((id, nth) => ({ id, choice: choices[nth], isPaused: false, hasMissed: 0, awaited: 0, full: 0, missed: 0 }))
    for (let step = 0; step < 40; step++) {
      const one = model[Math.floor(roll() * model.length)]
      if (!one) continue
      const act = roll()
      if (act < 0.45) {
        const isOrder = roll() < 0.5
        await enter(`Entry ${step}`, { code: isOrder ? 'ORD' : 'MOT' })
        for (const each of model) {
          if (each.choice === 'decisions' && !isOrder) continue
          if (each.isPaused) each.hasMissed++
          else each.awaited++
        }
      } else if (act < 0.6 && !one.isPaused) {
        await pause(one.id)
        // What no evening has told yet is told as missed.
        Object.assign(one, { isPaused: true, hasMissed: one.hasMissed + one.awaited, awaited: 0 })
      } else if (act < 0.8 && one.isPaused) {
        await resume(one.id)
        one.isPaused = false
      } else if (act >= 0.8) {
        nextDay()
        await evening()
        // All leave at once.
        await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'sent' }).where(eq(outboxMessages.state, 'waiting')))
        for (const each of model.filter(({ isPaused }) => !isPaused)) {
          Object.assign(each, { full: each.full + each.awaited, missed: each.missed + each.hasMissed, awaited: 0, hasMissed: 0 })
        }
      }
    }
    const rows = await world.reading().tx.select({ id: outboxMessages.subscriptionId, payload: messageContents.payload }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    const told = model.map(({ id }) => {
      const own = rows.filter((row) => row.id === id).flatMap(({ payload }) => (payload as NoticeContent).told)
      const missed = own.filter(({ mark }) => mark === 'Missed').length
      return { full: own.length - missed, missed }
    })
    expect(told).toEqual(model.map(({ full, missed }) => ({ full, missed })))
  }, 60_000)
})
