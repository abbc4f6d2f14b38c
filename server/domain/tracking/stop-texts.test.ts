import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, formerSubscriptions, phones, phoneVerifications, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { putCase } from '../../testing/put-case.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { aPhone, confirmNewest, confirmNewestPhone, subscriptionOf, trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { describeStopLink } from '../links/describe-link.ts'
import { signLink } from '../links/link-token.ts'
import { confirmPhone } from '../texts/confirm-phone.ts'
import { confirmTracking } from './confirm-tracking.ts'
import { refuseTexts, stopTexts } from './stop-texts.ts'
import { stopAllTracking, stopTracking } from './stop-tracking.ts'
import { describeReport, requestReport } from './tracking-report.ts'

let world: World
const email = 'pat@example.com'
const other = 'other@example.com'
const [first, second] = ['26BA-CV00033', '26BA-CV00077']
const keys = ['k'.repeat(32)]

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number: first })
    await putCase(work, { number: second })
  })
})
afterEach(() => world.close())

const states = async () => (await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)).map((one) => [one.emailState, one.textState])
const open = () => world.reading().tx.select().from(phoneVerifications).then((rows) => rows.filter((row) => !row.confirmedAt && !row.withdrawnAt).length)

describe('stopping texts from an e-mail or the report (E1, E2)', () => {
  it('stops texts of one case alone, keeps its e-mail, and says the same again', async () => {
    const { id } = await trackByText(world, email, first)
    await trackByText(world, email, second)
    for (let time = 0; time < 2; time++) await world.work((work) => stopTracking(work, id, 'textOnly'))
    expect(await states()).toEqual([['active', 'stopped'], ['active', 'active']])
  })

  it('withdraws a phone that waits to be verified, and its link', async () => {
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    await world.work((work) => stopTracking(work, 1, 'textOnly'))
    expect(await states()).toEqual([['active', 'stopped']])
    expect(await subscriptionOf(world, email)).toMatchObject({ pendingPhoneId: null })
    expect(await refusalOf(world.work((work) => confirmPhone(work, world.site, 1)))).toBe('linkInvalid')
  })

  it('stops the old phone and the one that was to replace it', async () => {
    const { id } = await trackByText(world, email, first)
    await ask(world, email, first, { phone: '+13145550199' })
    await world.work((work) => stopTracking(work, id, 'textOnly'))
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'stopped', pendingPhoneId: null })
    expect(await open()).toBe(0)
  })

  it('stops texts of all cases of an address, those that wait included, and nobody else\'s', async () => {
    await trackByText(world, email, first)
    await ask(world, email, second, { phone: '+13145550199' })
    await confirmNewest(world)
    await trackByText(world, other, first)
    await world.work((work) => stopAllTracking(work, 1, 'textOnly'))
    expect(await states()).toEqual([['active', 'stopped'], ['active', 'stopped'], ['active', 'active']])
    await world.work((work) => stopAllTracking(work, 1, 'emailAndText'))
    expect(await states()).toEqual([['stopped', 'stopped'], ['stopped', 'stopped'], ['active', 'active']])
    expect(await open()).toBe(0)
  })
})

describe('the stop link of a text (E6)', () => {
  it('stops the texts of the case to that phone, however many addresses named it, and no e-mail', async () => {
    const { id } = await trackByText(world, email, first)
    await trackByText(world, other, first)
    await trackByText(world, email, second)
    await trackByText(world, 'third@example.com', first, '+13145550199')
    for (let time = 0; time < 2; time++) await world.work((work) => stopTexts(work, { id: id, version: 1 }, 'textOnly'))
    expect(await states()).toEqual([['active', 'stopped'], ['active', 'stopped'], ['active', 'active'], ['active', 'active']])
  })

  it('stops their e-mail too where that is chosen, and says the same again', async () => {
    const { id } = await trackByText(world, email, first)
    await trackByText(world, other, first)
    await track(world, 'third@example.com', first)
    for (let time = 0; time < 2; time++) expect(await world.work((work) => stopTexts(work, { id, version: 1 }, 'emailAndText'))).toBe('emailAndText')
    expect(await states()).toEqual([['stopped', 'stopped'], ['stopped', 'stopped'], ['active', 'none']])
  })

  it('stops no e-mail once its texts were stopped, nor after tracking began again', async () => {
    const { id } = await trackByText(world, email, first)
    const press = () => world.work((work) => stopTexts(work, { id, version: 1 }, 'emailAndText'))
    await world.work((work) => stopTracking(work, id, 'textOnly'))
    expect(await press()).toBe('textOnly')
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await track(world, email, first)
    expect(await press()).toBe('textOnly')
    expect(await states()).toEqual([['active', 'stopped']])
  })

  it('acts on its own phone alone when another gets the texts by now', async () => {
    const { id } = await trackByText(world, email, first)
    await ask(world, email, first, { phone: '+13145550199' })
    await confirmNewestPhone(world)
    expect(await world.work((work) => stopTexts(work, { id, version: 1 }, 'emailAndText'))).toBe('textOnly')
    expect(await states()).toEqual([['active', 'active']])
  })

  it('opens like any other, names the case, and none that is not public', async () => {
    const { id } = await trackByText(world, email, first)
    const token = signLink(keys, 'stopText', { id, version: 1 })
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: first })
    expect(await states()).toEqual([['active', 'active']])
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }))
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: null })
    await world.work((work) => work.tx.delete(subscriptions))
    expect(await describeStopLink(world.reading(), keys, token)).toEqual({ kind: 'stop', caseNumber: null })
    await world.work((work) => stopTexts(work, { id: id, version: 1 }, 'emailAndText'))
  })
})

describe('the stop link of a verification text', () => {
  it('ends the asking, and the e-mail of who named the phone goes on', async () => {
    await ask(world, email, first, { phone: aPhone, eventTenDays: true })
    await confirmNewest(world)
    expect(await describeStopLink(world.reading(), keys, signLink(keys, 'refuseText', { id: 1, version: 1 }))).toEqual({ kind: 'stop', caseNumber: first })
    for (let time = 0; time < 2; time++) await world.work((work) => refuseTexts(work, { id: 1 }, 'emailAndText'))
    expect(await states()).toEqual([['active', 'stopped']])
    expect(await open()).toBe(0)
  })

  it('leaves the phone that gets texts now alone, which another was to replace', async () => {
    await trackByText(world, email, first)
    await ask(world, email, first, { phone: '+13145550199' })
    await world.work((work) => refuseTexts(work, { id: 2 }, 'emailAndText'))
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'active', phoneId: 1, pendingPhoneId: null })
    expect(await open()).toBe(0)
  })

  it('stops like that of any text once the phone is verified', async () => {
    await trackByText(world, email, first)
    expect(await world.work((work) => refuseTexts(work, { id: 1 }, 'emailAndText'))).toBe('emailAndText')
    expect(await states()).toEqual([['stopped', 'stopped']])
  })
})

describe('the links of a subscription that became one with another (A9)', () => {
  it('act on the one that stays', async () => {
    await trackByText(world, email, first)
    await world.work((work) => work.tx.insert(formerSubscriptions).values({ id: 4711, subscriptionId: 1 }))
    expect(await describeStopLink(world.reading(), keys, signLink(keys, 'stop', { id: 4711, version: 1 }))).toEqual({ kind: 'stop', caseNumber: first })
    await world.work((work) => stopTexts(work, { id: 4711, version: 1 }, 'textOnly'))
    expect(await states()).toEqual([['active', 'stopped']])
    await world.work((work) => stopTracking(work, 4711, 'emailAndText'))
    expect(await states()).toEqual([['stopped', 'stopped']])
  })
})

describe('texts in the tracking report (E8)', () => {
  const textsOf = async (): Promise<unknown> => {
    const [request] = await world.work(async (work) => {
      await requestReport(work, world.site, email)
      return work.tx.select().from(trackingRequests).limit(1)
    })
    expect(request).toBeDefined()
    const reports = await world.rows('select max(id) as id from report_requests')
    const report = await describeReport(world.reading(), world.site, keys, signLink(keys, 'report', { id: Number(reports[0]?.['id']), version: 1 }))
    return report.kind === 'report' ? report.cases.map(({ texts, phoneEnding }) => (phoneEnding === null ? texts : `${texts} ending in ${phoneEnding}`)) : report.kind
  }

  it('are on, waiting, off, or stopped by a STOP reply', async () => {
    await track(world, email, first)
    expect(await textsOf()).toEqual(['off'])
    await ask(world, email, first, { phone: aPhone })
    // What a visitor named waits for nobody but its holder.
    expect(await textsOf()).toEqual(['off'])
    await world.work((work) => stopTracking(work, 1, 'emailAndText'))
    for (const phone of [aPhone, '+13145550199']) await ask(world, email, first, { phone })
    await world.work((work) => confirmTracking(work, world.site, 2))
    expect(await textsOf()).toEqual(['waiting ending in 0123'])
    await confirmNewestPhone(world)
    expect(await textsOf()).toEqual(['on ending in 0123'])
    await world.work((work) => confirmTracking(work, world.site, 3))
    expect(await textsOf()).toEqual(['changing ending in 0123'])
    await confirmNewestPhone(world)
    await world.work((work) => work.tx.update(phones).set({ stoppedAt: world.clock.now() }))
    expect(await textsOf()).toEqual(['stoppedByReply ending in 0199'])
    await world.work((work) => stopTracking(work, 1, 'textOnly'))
    expect(await textsOf()).toEqual(['off'])
    Object.assign(world.profile.policy, { texts: 'off' })
    expect(await textsOf()).toEqual([null])
  })
})
