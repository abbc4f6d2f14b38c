import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, courts, docketEntries, outboxMessages, phones, subscribers, subscriptions } from '../../../db/schema.ts'
import type { WhyView } from '../../contract/sent-view.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase } from '../../testing/put-case.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { reportMail, sendMail } from '../../testing/send-mail.ts'
import { takeAll } from '../../testing/take-all.ts'
import { ask, track } from '../../testing/visitor.ts'
import { confirmNewest, trackByText } from '../../testing/text-subscriber.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { mendAddress } from '../accounts/mend-address.ts'
import { pauseTracking, resumeTracking } from '../tracking/pause-tracking.ts'
import { stopTracking } from '../tracking/stop-tracking.ts'
import { explainNotices } from './explain-notices.ts'

const number = '26BA-CR00077'
const court = '13-BOONE'
const email = 'pat@example.com'

let world: World
let subscriberId: number
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
  await putTestAccount(world, email)
  subscriberId = (await world.reading().tx.select().from(accounts))[0]?.subscriberId ?? 0
})
afterEach(() => world.close())

const why = (id = 1): Promise<WhyView> => explainNotices(world.reading(), world.site, subscriberId, id)
const enter = (id: string, more: object = {}) =>
  takeAll(world, [{ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: `Motion ${id}`, text: 'Filed.', ...more }])
const holdEvening = () => runEvening(world.workplace, world.site, { mayBeFuture: true })
const set = (values: Partial<typeof subscriptions.$inferInsert>) => world.work(({ tx }) => tx.update(subscriptions).set(values))
/** Of the newest change. */
const newest = async () => (await why()).changes[0]

describe('why there was no notice (G8)', () => {
  it('says when tracking began, what changed, and which evening took and told it', async () => {
    await enter('before')
    await track(world, email, number)
    world.clock.passMinutes(5)
    await enter('after')
    await holdEvening()
    const { emailSince, changes, sent, now, caseNumber, caseAddress } = await why()
    expect({ caseNumber, caseAddress, now }).toEqual({ caseNumber: number, caseAddress: `/cases/${number}`, now: [] })
    expect(emailSince).toEqual(new Date('2026-11-20T18:00:00Z'))
    expect(changes.map(({ what, eveningOn }) => [what, eveningOn])).toEqual([['New entry: Motion after', '2026-11-20'], ['New entry: Motion before', '2026-11-20']])
    expect(changes[0]?.email).toEqual({ said: 'It was in the notice of that evening. Queued: It leaves within minutes.', todo: null, sentId: sent[0]?.id })
    expect(changes[1]?.email).toMatchObject({ said: 'It arrived before tracking by e-mail began, or began again, on November 20, 2026, 12:00 p.m.', sentId: null })
    expect(sent).toMatchObject([{ what: 'Notice', words: `Case ${number}: 1 new entry` }])
    expect(changes.every(({ text }) => text === null)).toBe(true)
  })

  it.each([
    ['sent', 'Sent', /spam/], ['delivered', 'Delivered', /spam/], ['bounced', 'Bounced', /address/], ['failed', 'Failed', /case page/], ['parked', 'Not known', /case page/],
  ] as const)('says that a notice is %s, and what to do', async (state, label, todo) => {
    await track(world, email, number)
    await enter('a')
    await holdEvening()
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state, settledAt: world.clock.now() }).where(eq(outboxMessages.kind, 'notice')))
    const answer = (await newest())?.email
    expect(answer?.said).toContain(`${label}: `)
    expect(answer?.todo).toMatch(todo)
  })

  it('says why a notice was cancelled: stopped, or mail suppressed', async () => {
    await track(world, email, number)
    await enter('a')
    await holdEvening()
    const cancelled = async (reason: string) => {
      await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'cancelled', settledAt: world.clock.now(), reason }).where(eq(outboxMessages.kind, 'notice')))
      return (await newest())?.email.said
    }
    expect(await cancelled('The subscription does not ask for e-mail any more.')).toContain('you had stopped or paused e-mail of this case by then')
    expect(await cancelled('Mail to this address is suppressed. Whether an earlier try arrived is not known.')).toContain('mail to your address came back before')
  })

  it('names the evening that what waits is for', async () => {
    await track(world, email, number)
    await enter('a')
    expect((await newest())?.email.said).toBe('No evening has taken it yet. The next is that of November 20, 2026.')
    world.clock.set('2026-11-20T20:00:00-06:00')
    await holdEvening()
    await enter('b')
    expect((await newest())?.email).toMatchObject({ said: 'No evening has taken it yet. The next is that of November 21, 2026.', todo: 'Look for the notice after that evening.' })
  })

  it('says that it was paused, by whom, and that the next notice tells what was missed', async () => {
    const { id } = await track(world, email, number)
    await world.work((work) => pauseTracking(work, [id], { because: 'asked', until: '2026-12-01' }))
    await enter('a')
    await holdEvening()
    expect((await newest())?.email).toEqual({
      said: 'It arrived while e-mail was paused. You paused notices of this case until December 1, 2026.', todo: 'Turn it on again in My Cases.', sentId: null,
    })
    expect((await why()).now).toEqual([{ said: 'You paused notices of this case until December 1, 2026.', todo: 'Turn it on again in My Cases.' }])
    await world.work((work) => resumeTracking(work, [id]))
    expect((await newest())?.email.said).toBe('It arrived while e-mail was paused. The next notice tells in short what was missed.')
    await world.work((work) => pauseTracking(work, [id], { because: 'delivery', until: null }))
    expect((await why()).now[0]?.said).toBe('E-mail is paused because mail to your address came back.')
  })

  it('says which notice told what was missed, in a pause or because it came back', async () => {
    const { id } = await track(world, email, number)
    await world.work((work) => pauseTracking(work, [id], { because: 'asked', until: null }))
    await enter('a')
    await holdEvening()
    await world.work((work) => resumeTracking(work, [id]))
    await enter('b')
    await holdEvening()
    const answers = async () => (await why()).changes.map(({ email: { said, sentId } }) => [said.slice(0, said.indexOf('.')), sentId])
    const [last] = (await why()).sent
    expect(await answers()).toEqual([
      ['It was in the notice of that evening', last?.id], ['It was missed at first, and told in short in a later notice', last?.id],
    ])
    await sendMail(world)
    await reportMail(world, last?.id ?? 0, 'bounced', email)
    await world.work((work) => mendAddress(work, subscriberId))
    world.clock.passMinutes(24 * 60)
    await holdEvening()
    const [again] = (await why()).sent
    expect(again?.id).not.toBe(last?.id)
    for (const answer of await answers()) expect(answer).toEqual(['It was missed at first, and told in short in a later notice', again?.id])
  })

  it('says that the address is suppressed', async () => {
    await track(world, email, number)
    await world.work(({ tx }) => tx.update(subscribers).set({ suppressedAt: world.clock.now(), suppressedBecause: 'complained' }))
    expect((await why()).now).toMatchObject([{ said: 'Nothing is sent to your address because a notice was marked as spam.' }])
  })

  it('says that it is not confirmed, or was stopped', async () => {
    await ask(world, email, number)
    await enter('a')
    expect((await newest())?.email).toMatchObject({ said: 'E-mail of this case was not confirmed.', todo: 'Open the verification e-mail and press Confirm; look in spam for it too.' })
    expect(await why()).toMatchObject({ emailSince: null, now: [{ said: 'E-mail of this case is not confirmed.' }] })
    await confirmNewest(world)
    await world.work((work) => stopTracking(work, 1, 'emailAndText'))
    world.clock.passMinutes(1)
    await enter('b')
    expect((await newest())?.email.said).toBe('You stopped tracking this case on November 20, 2026, 12:00 p.m.')
    expect((await why()).now).toMatchObject([{ said: 'You stopped tracking this case.' }])
  })

  it('says that the chosen kinds of entry leave it out, of e-mail and text', async () => {
    await trackByText(world, email, number)
    await set({ entryChoice: 'decisions' })
    await enter('a')
    const chosen = { said: 'You chose to be told of orders, judgments, warrants and hearings only.', todo: 'Choose all entries in My Cases to be told of every one.', sentId: null }
    expect(await newest()).toMatchObject({ email: chosen, text: chosen })
    await holdEvening()
    expect(await newest()).toMatchObject({ email: chosen, text: chosen })
    expect((await why()).now).toMatchObject([{ said: chosen.said }])
    await enter('b', { description: 'Judgment entered', code: 'JE' })
    await holdEvening()
    expect((await newest())?.email.said).toContain('It was in the notice of that evening.')
  })

  it('says that the court takes no part, and that history is told to nobody', async () => {
    await track(world, email, number)
    await takeAll(world, [{ type: 'docketEntry', case: number, court, id: 'old', filedAt: '2020-01-01', description: 'Old' }], { isQuiet: true })
    expect((await newest())?.email.said).toMatch(/^It came with older records/)
    await world.work(({ tx }) => tx.update(courts).set({ isTakingPart: false }))
    await enter('a')
    expect((await newest())?.email.said).toMatch(/does not take part in Track This Case/)
    expect((await why()).now[0]?.said).toMatch(/does not take part/)
  })

  it('says that a moved hearing is told to who chose events, and where nothing was left to tell', async () => {
    await track(world, email, number)
    const hearing = { type: 'event' as const, case: number, court, id: 'h', kind: 'Trial' }
    await takeAll(world, [{ ...hearing, startsAt: '2027-01-11T09:00:00-06:00' }])
    await takeAll(world, [{ ...hearing, startsAt: '2027-01-12T09:00:00-06:00' }])
    await enter('a')
    await takeAll(world, [{ ...hearing, startsAt: '2027-01-13T09:00:00-06:00' }])
    await holdEvening()
    await enter('a', { text: 'Other.' })
    await enter('a', { text: 'Filed.' })
    await holdEvening()
    const { changes } = await why()
    const moved = changes.filter(({ what }) => what === 'Changed hearing: Trial').map((change) => change.email.said)
    expect(moved).toEqual(Array.from({ length: 2 }, () => 'A changed hearing without an entry is told to who chose notices before events.'))
    expect(changes[0]?.email.said).toMatch(/^When the evening was held nothing of it was left to tell/)
  })

  it('says of texts what came of each: waiting for sending hours, not confirmed, STOP, stopped, too early', async () => {
    await enter('early')
    await trackByText(world, email, number)
    expect((await newest())?.text?.said).toBe('It arrived before texts of this case began.')
    world.clock.set('2026-11-20T22:00:00-06:00')
    await enter('a')
    expect((await newest())?.text?.said).toBe('A text was made of it. Waiting for sending hours: It leaves on November 21, 2026, 8:00 a.m., when texts may be sent again.')
    await world.work(({ tx }) => tx.update(phones).set({ stoppedAt: world.clock.now() }))
    await enter('b')
    expect((await newest())?.text).toMatchObject({ said: 'The phone ending in 0123 answered STOP on November 20, 2026, 10:00 p.m.', todo: 'Answer START to one of our texts from that phone.' })
    await world.work(({ tx }) => tx.update(phones).set({ stoppedAt: null }))
    await world.work((work) => stopTracking(work, 1, 'textOnly'))
    await enter('c')
    expect((await newest())?.text?.said).toBe('Texts of this case are stopped.')
    await set({ textState: 'pending', pendingPhoneId: 1 })
    expect((await newest())?.text?.said).toBe('The phone ending in 0123 is not confirmed yet.')
    expect((await why()).now).toMatchObject([{ said: 'The phone ending in 0123 is not confirmed yet.' }])
  })

  it('says nothing of what is sealed (A9)', async () => {
    await track(world, email, number)
    await enter('a')
    await enter('CANARY', { text: 'CANARY' })
    await holdEvening()
    await world.work(({ tx }) => tx.update(docketEntries).set({ security: 'confidential' }).where(eq(docketEntries.sourceId, 'CANARY')))
    const view = await why()
    expect(view.changes).toHaveLength(1)
    expect(JSON.stringify(view)).not.toContain('CANARY')
  })

  it('reads no more queries where more changed, and finds all by indexes', async () => {
    await trackByText(world, email, number)
    await enter('a')
    await holdEvening()
    const few = await watchQueries(() => why())
    for (const id of ['b', 'c', 'd', 'e']) {
      await enter(id)
      await holdEvening()
    }
    const many = await watchQueries(() => why())
    // On SQLite a query is seen when it is prepared, once.
    expect(many.length).toBeLessThanOrEqual(few.length)
    const steps = (await explain(world, few)).flatMap((plan) => plan.split('\n'))
    expect(steps.filter((step) => /SCAN (outbox_messages|docket_changes|subscriptions|message_contents)|Seq Scan on (outbox_messages|docket_changes|subscriptions)/.test(step))).toEqual([])
  })
})
