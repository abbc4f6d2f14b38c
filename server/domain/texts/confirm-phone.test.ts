import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, outboxMessages, phones, phoneVerifications, subscriptions } from '../../../db/schema.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { aPhone, confirmNewest, confirmNewestPhone, owed, subscriptionOf, trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { describeConfirmLink } from '../links/describe-link.ts'
import { signLink } from '../links/link-token.ts'
import { confirmAllTracking } from '../tracking/confirm-tracking.ts'
import { stopTracking } from '../tracking/stop-tracking.ts'
import { confirmPhone } from './confirm-phone.ts'
import { takeReply } from './take-reply.ts'

let world: World
const email = 'pat@example.com'
const [first, second] = ['26BA-CV00077', '26BA-CV00033']
const keys = ['k'.repeat(32)]

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number: first })
    await putCase(work, { number: second })
  })
})
afterEach(() => world.close())

const confirm = (id: number) => world.work((work) => confirmPhone(work, world.site, id))
const all = () => world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)
const shown = (id: number) => describeConfirmLink(world.reading(), world.site, keys, signLink(keys, 'confirmText', { id, version: 1 }))

describe('verifying a phone (C4)', () => {
  it('sends nothing to a phone before the e-mail is verified', async () => {
    await ask(world, email, first, { phone: aPhone, carrier: 'boost' })
    expect(await owed(world, 'textVerification')).toEqual([])
    expect(await confirmNewest(world)).toEqual({ awaited: ['underWay'] })
    expect(await owed(world, 'textVerification')).toMatchObject([{ verificationId: 1, caseNumber: first, carrier: 'boost' }])
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'pending', phoneId: null, textActiveAfter: null })
    expect(await world.reading().tx.select().from(outboxMessages).where(eq(outboxMessages.kind, 'textVerification'))).toMatchObject([{
      dedupeKey: 'verify-text/1/1', subscriptionId: 1, subscriberId: null, dueAt: world.clock.now(),
    }])
  })

  it('makes texts active from the last change on, keeps the carrier, and sends nothing', async () => {
    await ask(world, email, first, { phone: aPhone, carrier: 'boost' })
    await confirmNewest(world)
    const { changeId } = await world.work((work) => putEntry(work, 1))
    const before = await world.reading().tx.$count(outboxMessages)
    await confirmNewestPhone(world)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', pendingPhoneId: null, textActiveAfter: changeId, emailActiveAfter: 0 })
    expect(await world.reading().tx.select().from(phones)).toMatchObject([{ number: aPhone, carrier: 'boost' }])
    expect(await world.reading().tx.$count(outboxMessages)).toBe(before)
  })

  it('needs no second text for other cases of the address', async () => {
    await trackByText(world, email, first)
    const { changeId } = await world.work((work) => putEntry(work, 1))
    await ask(world, email, second, { phone: aPhone })
    expect(await confirmNewest(world)).toEqual({ awaited: [] })
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', textActiveAfter: changeId, pendingPhoneId: null })
  })

  it('needs one where texts of the case were stopped, and for another address', async () => {
    await trackByText(world, email, first)
    const { id } = await trackByText(world, email, second)
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await ask(world, email, second, { phone: aPhone })
    await confirmNewest(world)
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'pending' })
    expect(await owed(world, 'textVerification')).toHaveLength(2)
    world.clock.passMinutes(61)
    await ask(world, 'other@example.com', first, { phone: aPhone })
    await confirmNewest(world)
    expect(await subscriptionOf(world, 'other@example.com')).toMatchObject({ textState: 'pending' })
    expect(await owed(world, 'textVerification')).toHaveLength(3)
  })

  it('needs one for several cases that wait, which counts for all of them', async () => {
    await ask(world, email, first, { phone: aPhone })
    await ask(world, email, second, { phone: aPhone })
    await ask(world, 'other@example.com', second, { phone: aPhone })
    expect(await world.work((work) => confirmAllTracking(work, world.site, 1, 2))).toEqual({ awaited: ['underWay'] })
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    await confirmNewest(world)
    await confirm(1)
    expect((await all()).map((one) => one.textState)).toEqual(['active', 'active', 'pending'])
  })

  it('counts for no case whose e-mail is not verified', async () => {
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    await ask(world, email, second, { phone: aPhone })
    await confirm(1)
    expect((await all()).map((one) => [one.emailState, one.textState])).toEqual([['active', 'active'], ['pending', 'none']])
  })

  it('keeps an earlier link valid when another phone is named, and lets the later one win', async () => {
    await track(world, email, first)
    await ask(world, email, first, { phone: aPhone })
    await ask(world, email, first, { phone: '+13145550199' })
    await confirm(1)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', phoneId: 1, pendingPhoneId: null })
    await confirm(2)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', phoneId: 2, pendingPhoneId: null })
  })
})

describe('a phone that answered STOP (E6)', () => {
  const answers = (body: string, providerId: string) =>
    world.work((work) => takeReply(work, world.site, { providerId, from: aPhone, body, isAnswered: true }))

  it('is sent, with its START, the verification texts that wait for it, one an address', async () => {
    await trackByText(world, email, first)
    await answers('STOP', 'SM1')
    for (const [address, number] of [[email, second], ['other@example.com', first], ['other@example.com', second]] as const) {
      await ask(world, address, number, { phone: aPhone, carrier: 'boost' })
      await confirmNewest(world)
    }
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    for (const providerId of ['SM2', 'SM3']) await answers('START', providerId)
    expect(await owed(world, 'textVerification')).toMatchObject([{}, { carrier: 'boost', caseNumber: first }])
    await confirmNewestPhone(world)
    expect((await all()).map((one) => one.textState)).toEqual(['active', 'active', 'active', 'active'])
  })

  it('may confirm, is told that texts are stopped, and gets them after its START', async () => {
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    await answers('STOP', 'SM1')
    expect(await shown(1)).toMatchObject({ isConfirmed: false, isStopped: true })
    for (let time = 0; time < 2; time++) expect(await confirm(1)).toEqual({ isStopped: true })
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active' })
    await answers('START', 'SM2')
    expect(await confirm(1)).toEqual({ isStopped: false })
    expect(await owed(world, 'textVerification')).toHaveLength(1)
  })
})

describe('the link of a verification text (C3)', () => {
  it('shows the case and the last digits, and changes nothing by being opened', async () => {
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    const before = await all()
    expect(await shown(1)).toEqual({ kind: 'confirmText', caseNumber: first, phoneEnding: '0123', isConfirmed: false, isStopped: false })
    expect(await all()).toEqual(before)
    await confirm(1)
    expect(await shown(1)).toMatchObject({ isConfirmed: true })
  })

  it('says the same a second time and moves nothing', async () => {
    await trackByText(world, email, first)
    const before = await all()
    await world.work((work) => putEntry(work, 1))
    world.clock.passMinutes(8 * 24 * 60)
    await confirm(1)
    expect(await all()).toEqual(before)
  })

  it('works to the last minute of the 7th day and not after it', async () => {
    for (const address of [email, 'other@example.com']) {
      await ask(world, address, first, { phone: aPhone })
      await confirmNewest(world)
    }
    world.clock.passMinutes(7 * 24 * 60 - 1)
    await confirm(1)
    world.clock.passMinutes(1)
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
    expect(await shown(2)).toEqual({ kind: 'invalid' })
    await confirm(1)
  })

  it('is refused once unknown, withdrawn, stopped or not public, all alike', async () => {
    expect(await refusalOf(confirm(99))).toBe('linkInvalid')
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    await world.work((work) => stopTracking(work, 1, 'textOnly'))
    expect(await refusalOf(confirm(1))).toBe('linkInvalid')

    const { id } = await trackByText(world, email, second)
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, second)))
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
    expect(await shown(2)).toEqual({ kind: 'invalid' })
    await world.work((work) => work.tx.update(cases).set({ security: 'public' }))
    await confirm(2)
    await world.work((work) => stopTracking(work, id, 'textOnly'))
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
  })

  it('is refused while the court sends no texts (I3)', async () => {
    await ask(world, email, first, { phone: aPhone })
    await confirmNewest(world)
    const profile = { ...world.profile, policy: { ...world.profile.policy, texts: 'off' as const } }
    expect(await refusalOf(world.work((work) => confirmPhone(work, { ...world.site, profile }, 1)))).toBe('linkInvalid')
    expect(await describeConfirmLink(world.reading(), { profile }, keys, signLink(keys, 'confirmText', { id: 1, version: 1 }))).toEqual({ kind: 'invalid' })
  })
})

describe('the limits on verification texts (H1, N6, S7)', () => {
  const askBy = async (address: string): Promise<void> => {
    await ask(world, address, first, { phone: aPhone })
    await confirmNewest(world)
  }
  const texts = () => owed(world, 'textVerification').then((found) => found.length)

  it('are 2 an hour and 4 a day to a phone, whoever asks; the rest goes on waiting', async () => {
    for (let hour = 0; hour < 3; hour++) {
      for (let asked = 0; asked < 3; asked++) await askBy(`person${hour}${asked}@example.com`)
      expect(await texts()).toBe(Math.min(4, 2 * (hour + 1)))
      world.clock.passMinutes(61)
    }
    expect((await all()).map((one) => one.textState)).toEqual(Array.from({ length: 9 }, () => 'pending'))
    expect(await world.reading().tx.$count(phoneVerifications)).toBe(4)
    world.clock.passMinutes(24 * 60)
    await ask(world, 'person22@example.com', first, { phone: aPhone })
    expect(await texts()).toBe(5)
  })

  it('let one address cause as many an hour as e-mails', async () => {
    await track(world, email, first)
    for (let nth = 0; nth < 22; nth++) await ask(world, email, first, { phone: `+1573555${String(2000 + nth)}` })
    expect(await texts()).toBe(world.profile.limits.confirmedPerHour)
  })

  it('cap the whole installation by the day', async () => {
    Object.assign(world.profile.limits, { verificationTextsPerDay: 3 })
    for (let nth = 0; nth < 5; nth++) {
      await track(world, `person${nth}@example.com`, first)
      await ask(world, `person${nth}@example.com`, first, { phone: `+1573555${String(2000 + nth)}` })
    }
    expect(await texts()).toBe(3)
    world.clock.passMinutes(24 * 60)
    await ask(world, 'person4@example.com', first, { phone: '+15735552004' })
    expect(await texts()).toBe(4)
  })

  it('are told truly: sent, or held, and then the next that may leave counts for all that wait', async () => {
    Object.assign(world.profile.limits, { phonePerHour: 1 })
    await ask(world, 'other@example.com', first, { phone: aPhone })
    expect(await confirmNewest(world)).toEqual({ awaited: ['underWay'] })
    await ask(world, email, first, { phone: aPhone })
    expect(await confirmNewest(world)).toEqual({ awaited: ['held'] })
    world.clock.passMinutes(61)
    await ask(world, email, second, { phone: aPhone })
    expect(await confirmNewest(world)).toEqual({ awaited: ['underWay'] })
    await confirmNewestPhone(world)
    expect((await all()).map((one) => one.textState)).toEqual(['pending', 'active', 'active'])
  })

  it('send nothing to a phone that answered STOP, and say so', async () => {
    await trackByText(world, email, first)
    await world.work((work) => work.tx.update(phones).set({ stoppedAt: world.clock.now() }))
    await ask(world, 'other@example.com', first, { phone: aPhone })
    expect(await confirmNewest(world)).toEqual({ awaited: ['stopped'] })
    expect(await texts()).toBe(1)
  })

  it('hold 200 requests of a case an hour: what comes over is kept and causes nothing', async () => {
    Object.assign(world.profile.limits, { casePerHour: 3 })
    for (let nth = 0; nth < 5; nth++) await ask(world, `person${nth}@example.com`, first)
    expect(await owed(world, 'verification')).toHaveLength(3)
    expect(await all()).toHaveLength(5)
    await ask(world, 'person9@example.com', second)
    expect(await owed(world, 'verification')).toHaveLength(4)
    world.clock.passMinutes(60)
    await ask(world, 'person4@example.com', first)
    expect(await owed(world, 'verification')).toHaveLength(5)
  })
})
