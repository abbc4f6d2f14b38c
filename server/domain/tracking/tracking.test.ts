import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, courts, messageContents, outboxMessages, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { signLink } from '../links/link-token.ts'
import { describeConfirmLink, describeStopLink } from '../links/describe-link.ts'
import type { MessageContent } from '../outbox/message-content.ts'
import { putPhone } from '../texts/put-phone.ts'
import { confirmAllTracking, confirmTracking } from './confirm-tracking.ts'
import { stopAllTracking, stopTracking } from './stop-tracking.ts'
import { describeReport, requestReport } from './tracking-report.ts'

let world: World
const email = 'pat@example.com'
const keys = ['k'.repeat(32)]

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number: '26BA-CV00077' })
    await putCase(work, { number: '26BA-CV00033' })
  })
})
afterEach(() => world.close())

const rows = {
  requests: () => world.reading().tx.select().from(trackingRequests).orderBy(trackingRequests.id),
  subscriptions: () => world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id),
}
/** What was owed, newest first. */
async function mail(): Promise<MessageContent[]> {
  const found = await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(desc(outboxMessages.id))
  // The column holds what `putMessage` and `planNotices` wrote.
  return found.map((one) => one.payload as MessageContent)
}
const refusalOf = async (failing: Promise<unknown>): Promise<string> => {
  const error: unknown = await failing.then(() => undefined, (reason: unknown) => reason)
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`
}
const confirm = (id: number) => world.work((work) => confirmTracking(work, world.site, id))

describe('asking to track a case (B2, B3, C1)', () => {
  it('keeps the request with its options and owes one verification e-mail that names case and address', async () => {
    await ask(world, ' Pat@Example.com ', '26bacv00077', { eventTenDays: true, phone: '+15735550123', carrier: 'verizon' })
    expect(await rows.requests()).toMatchObject([{ eventTenDays: true, eventTwoDays: false, phone: '+15735550123', confirmedAt: null }])
    expect(await rows.subscriptions()).toMatchObject([{ emailState: 'pending', textState: 'none', emailActiveAfter: null }])
    expect(await mail()).toMatchObject([{
      kind: 'verification', emailAddress: 'Pat@Example.com', requests: [{ caseNumber: '26BA-CV00077', caseAddress: 'http://localhost:3000/cases/26BA-CV00077' }], more: 0,
    }])
  })

  it('owes none to an address that tracks the case already, whatever its spelling', async () => {
    await track(world, email, '26BA-CV00077')
    await ask(world, 'PAT@example.com', '26BA-CV00077')
    expect(await mail()).toHaveLength(1)
    expect(await rows.subscriptions()).toHaveLength(1)
  })

  it('lists every pending request of the address, the newest of each case', async () => {
    await ask(world, email, '26BA-CV00077')
    await ask(world, email, '26BA-CV00077', { eventTwoDays: true })
    await ask(world, email, '26BA-CV00033')
    const [newest] = await mail()
    expect(newest).toMatchObject({ kind: 'verification', subject: 'Confirm that you want to track 2 cases', requests: [
      { requestId: 2, caseNumber: '26BA-CV00077' }, { requestId: 3, caseNumber: '26BA-CV00033' },
    ] })
  })

  it('refuses a case that is unknown or confidential alike, and keeps nothing', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00099', security: 'confidential' }))
    expect(await refusalOf(ask(world, email, '26BA-CV00099'))).toBe('caseNotFound')
    expect(await refusalOf(ask(world, email, '26BA-CV12345'))).toBe('caseNotFound')
    expect(await world.reading().tx.$count(subscribers)).toBe(0)
  })

  it('refuses where the court takes no part or the case type is excluded', async () => {
    await world.work(async (work) => {
      await putCase(work, { number: '26SY-CV00001', court: world.profile.courts.find((one) => !one.isTakingPart)?.code ?? '' })
      await putCase(work, { number: '26BA-JU00001', caseType: world.profile.caseTypes.find((one) => one.isExcluded)?.code ?? '' })
    })
    expect(await refusalOf(ask(world, email, '26SY-CV00001'))).toBe('courtTakesNoPart')
    expect(await refusalOf(ask(world, email, '26BA-JU00001'))).toBe('caseTypeExcluded')
  })
})

describe('the limit on mail that a visitor causes (H1, N6)', () => {
  it('sends 3 an hour and 6 a day to an address that confirmed nothing, keeps the rest and lists it later', async () => {
    for (let hour = 0; hour < 4; hour++) {
      for (let asked = 0; asked < 5; asked++) await ask(world, email, '26BA-CV00077')
      expect(await mail()).toHaveLength(Math.min(6, 3 * (hour + 1)))
      world.clock.passMinutes(61)
    }
    await ask(world, email, '26BA-CV00033')
    expect(await mail()).toHaveLength(6)
    expect(await rows.requests()).toHaveLength(21)
    world.clock.passMinutes(24 * 60)
    await ask(world, email, '26BA-CV00077')
    const [newest, ...others] = await mail()
    expect(others).toHaveLength(6)
    expect(newest).toMatchObject({ requests: [{ caseNumber: '26BA-CV00033' }, { caseNumber: '26BA-CV00077' }] })
  })

  it('sends 20 an hour to one that has confirmed', async () => {
    await track(world, email, '26BA-CV00077')
    for (let asked = 0; asked < 25; asked++) await ask(world, email, '26BA-CV00033')
    expect(await mail()).toHaveLength(20)
  })

  it('counts reports too', async () => {
    for (let asked = 0; asked < 5; asked++) await world.work((work) => requestReport(work, world.site, email))
    await ask(world, email, '26BA-CV00077')
    expect(await mail()).toHaveLength(3)
  })
})

describe('confirming (C2, C3, C5)', () => {
  it('makes the subscription active from the last change on, with the options of its own request', async () => {
    const { changeId } = await world.work((work) => putEntry(work, 1))
    await ask(world, email, '26BA-CV00077', { eventTenDays: true })
    await ask(world, email, '26BA-CV00077', { paymentTwoDays: true })
    await confirm(1)
    expect(await rows.subscriptions()).toMatchObject([{ emailState: 'active', emailActiveAfter: changeId, eventTenDays: true, paymentTwoDays: false }])
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ confirmedAt: world.clock.now() }])
  })

  it('answers alike when pressed again, and moves nothing', async () => {
    await ask(world, email, '26BA-CV00077')
    await confirm(1)
    const before = await rows.subscriptions()
    await world.work((work) => putEntry(work, 1))
    world.clock.passMinutes(5)
    await confirm(1)
    expect(await rows.subscriptions()).toEqual(before)
  })

  it('works to the last minute of the 7th day and not after it', async () => {
    await ask(world, email, '26BA-CV00077')
    await ask(world, email, '26BA-CV00033')
    world.clock.passMinutes(7 * 24 * 60 - 1)
    await confirm(1)
    world.clock.passMinutes(1)
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
    expect(await describeConfirmLink(world.reading(), world.site, keys, signLink(keys, 'confirm', { id: 2, version: 1 }))).toEqual({ kind: 'invalid' })
    // The first one, used in time, says the same as then.
    await confirm(1)
  })

  it('refuses unknown, withdrawn and stopped requests alike', async () => {
    await ask(world, email, '26BA-CV00077')
    await world.work((work) => stopTracking(work, 1, 'emailAndText'))
    expect(await refusalOf(confirm(1))).toBe('linkInvalid')
    expect(await refusalOf(confirm(99))).toBe('linkInvalid')
    const { id } = await track(world, email, '26BA-CV00033')
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
  })

  it('refuses once the case is confidential, without naming it', async () => {
    await ask(world, email, '26BA-CV00077')
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 1)))
    expect(await refusalOf(confirm(1))).toBe('linkInvalid')
    expect(await describeConfirmLink(world.reading(), world.site, keys, signLink(keys, 'confirm', { id: 1, version: 1 }))).toEqual({ kind: 'invalid' })
  })

  it('refuses where the court takes no part any more', async () => {
    await ask(world, email, '26BA-CV00077')
    await world.work((work) => work.tx.update(courts).set({ isTakingPart: false }))
    expect(await refusalOf(confirm(1))).toBe('courtTakesNoPart')
  })

  it('confirms all that one e-mail listed and none asked for later', async () => {
    await ask(world, email, '26BA-CV00077')
    await ask(world, email, '26BA-CV00033')
    await world.work((work) => putCase(work, { number: '26BA-CV00088' }))
    await ask(world, email, '26BA-CV00088')
    await world.work((work) => confirmAllTracking(work, world.site, 1, 2))
    expect((await rows.subscriptions()).map((one) => one.emailState)).toEqual(['active', 'active', 'pending'])
    await world.work((work) => confirmAllTracking(work, world.site, 1, 2))
    expect(await refusalOf(world.work((work) => confirmAllTracking(work, world.site, 2, 9)))).toBe('linkInvalid')
    world.clock.passMinutes(8 * 24 * 60)
    await world.work((work) => confirmAllTracking(work, world.site, 1, 2))
  })
})

describe('stopping (E1, E2, E5)', () => {
  it('stops one case, the same a second time, and leaves others', async () => {
    const { id } = await track(world, email, '26BA-CV00077')
    await track(world, email, '26BA-CV00033')
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    expect((await rows.subscriptions()).map((one) => one.emailState)).toEqual(['stopped', 'active'])
  })

  it('stops text only and leaves e-mail', async () => {
    const { id } = await track(world, email, '26BA-CV00077')
    await world.work(async (work) => {
      const { id: phoneId } = await putPhone(work, '+15735550123')
      await work.tx.update(subscriptions).set({ textState: 'active', phoneId, textActiveAfter: 0 })
    })
    await world.work((work) => stopTracking(work, id, 'textOnly'))
    expect(await rows.subscriptions()).toMatchObject([{ emailState: 'active', textState: 'stopped' }])
  })

  it('withdraws a pending request, or takes its phone with text only', async () => {
    await ask(world, email, '26BA-CV00077', { phone: '+15735550123' })
    await world.work((work) => stopTracking(work, 1, 'textOnly'))
    expect(await rows.requests()).toMatchObject([{ phone: null, withdrawnAt: null }])
    await world.work((work) => stopTracking(work, 1, 'emailAndText'))
    expect(await rows.requests()).toMatchObject([{ withdrawnAt: world.clock.now() }])
  })

  it('stops all of one address and nobody else\'s', async () => {
    const { subscriberId } = await track(world, email, '26BA-CV00077')
    await track(world, email, '26BA-CV00033')
    await track(world, 'other@example.com', '26BA-CV00077')
    await world.work((work) => stopAllTracking(work, subscriberId, 'emailAndText'))
    expect((await rows.subscriptions()).map((one) => one.emailState)).toEqual(['stopped', 'stopped', 'active'])
  })

  it('verifies anew after a stop, with new links, while old ones go on working', async () => {
    const first = await track(world, email, '26BA-CV00077')
    const old = signLink(keys, 'stop', { id: first.id, version: first.linkVersion })
    await world.work((work) => stopTracking(work, first.id, 'emailAndText'))
    await ask(world, email, '26BA-CV00077')
    expect(await rows.subscriptions()).toMatchObject([{ emailState: 'pending', linkVersion: 2 }])
    await confirm(2)
    expect(await rows.subscriptions()).toMatchObject([{ emailState: 'active', linkVersion: 2, stoppedAt: null }])
    expect(await describeStopLink(world.reading(), keys, old)).toEqual({ kind: 'stop', caseNumber: '26BA-CV00077' })
  })

  it('names no case that is not public any more, and speaks alike of a deleted subscription', async () => {
    const { id } = await track(world, email, '26BA-CV00077')
    const token = signLink(keys, 'stop', { id, version: 1 })
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }))
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: null })
    await world.work((work) => work.tx.delete(subscriptions))
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: null })
    expect(await describeStopLink(world.reading(), keys, 'made-up')).toEqual({ kind: 'invalid' })
  })
})

describe('the tracking report (B4, E8)', () => {
  it('lists verified subscriptions in ascending case number, none pending, stopped or confidential', async () => {
    await track(world, email, '26BA-CV00077')
    await track(world, email, '26BA-CV00033')
    await world.work(async (work) => {
      await putCase(work, { number: '26BA-CV00050' })
      await putCase(work, { number: '26BA-CV00060' })
      await putCase(work, { number: '26BA-CV00070', status: 'closed' })
    })
    await ask(world, email, '26BA-CV00050')
    await track(world, email, '26BA-CV00060')
    await track(world, email, '26BA-CV00070')
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, '26BA-CV00060')))
    await world.work((work) => requestReport(work, world.site, email))
    const [report] = await mail()
    expect(report).toMatchObject({ kind: 'report', reportRequestId: 1, more: 0 })
    expect(report?.kind === 'report' && report.cases.map((one) => [one.caseNumber, one.isClosed])).toEqual([
      ['26BA-CV00033', false], ['26BA-CV00070', true], ['26BA-CV00077', false],
    ])
  })

  it('says of a case whose court or type takes no part any more that nothing comes (A5)', async () => {
    const excluded = world.profile.caseTypes.find((one) => one.isExcluded)?.code ?? ''
    await track(world, email, '26BA-CV00077')
    await track(world, email, '26BA-CV00033')
    await world.work(async (work) => {
      await work.tx.update(cases).set({ caseType: excluded }).where(eq(cases.number, '26BA-CV00033'))
      await requestReport(work, world.site, email)
      await work.tx.update(courts).set({ isTakingPart: false })
      await work.tx.update(cases).set({ caseType: 'CV' })
      await requestReport(work, world.site, email)
    })
    const [later, sooner] = await mail()
    expect(sooner?.kind === 'report' && sooner.cases.map((one) => one.remark)).toEqual([expect.stringMatching(/ Nothing comes for it any more\.$/), null])
    const sentence = '13th Judicial Circuit, Boone County does not take part in Track This Case, so its cases cannot be tracked.'
    expect(later?.kind === 'report' && later.cases.map((one) => one.remark)).toEqual(Array.from({ length: 2 }, () => `${sentence} Nothing comes for it any more.`))
    expect(await describeReport(world.reading(), world.site, keys, signLink(keys, 'report', { id: 2, version: 1 })))
      .toMatchObject({ cases: [{ untold: sentence }, { untold: sentence }] })
  })

  it('tells an address that tracks nothing so, known or not, and lists nothing', async () => {
    await ask(world, email, '26BA-CV00077')
    await world.work((work) => requestReport(work, world.site, email))
    await world.work((work) => requestReport(work, world.site, 'nobody@example.com'))
    const [second, first] = await mail()
    for (const report of [first, second]) expect(report).toMatchObject({ kind: 'report', cases: [], reportRequestId: null })
  })

  it('has a page that lives 24 hours and shows things as they stand', async () => {
    const { id } = await track(world, email, '26BA-CV00077')
    await track(world, email, '26BA-CV00033')
    await world.work((work) => requestReport(work, world.site, email))
    const token = signLink(keys, 'report', { id: 1, version: 1 })
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    world.clock.passMinutes(24 * 60 - 1)
    expect(await describeReport(world.reading(), world.site, keys, token)).toMatchObject({ kind: 'report', emailAddress: email, cases: [{ caseNumber: '26BA-CV00033' }] })
    world.clock.passMinutes(1)
    expect(await describeReport(world.reading(), world.site, keys, token)).toEqual({ kind: 'invalid' })
  })
})
