import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, phones, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { putCase } from '../../testing/put-case.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { aPhone, confirmNewest, confirmNewestPhone, owed, subscriptionOf, trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { confirmTracking } from './confirm-tracking.ts'
import { stopTracking } from './stop-tracking.ts'

let world: World
const email = 'pat@example.com'
const number = '26BA-CV00077'
const otherPhone = '+13145550199'

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number })
    await putCase(work, { number: '26BA-CV00033' })
  })
})
afterEach(() => world.close())

const phoneOf = async (id: number | null): Promise<string | undefined> =>
  (await world.reading().tx.select().from(phones)).find((phone) => phone.id === id)?.number

describe('asking again with a phone (B3, B8)', () => {
  it('owes a phone that is not active its verification text at once, and no e-mail', async () => {
    await track(world, email, number)
    await ask(world, email, number, { phone: aPhone, carrier: 'boost' })
    expect(await owed(world, 'verification')).toHaveLength(1)
    expect(await owed(world, 'textVerification')).toMatchObject([{ caseNumber: number, carrier: 'boost', takesReplies: true }])
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'none', phoneId: null, pendingPhoneId: null })
    await confirmNewestPhone(world)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', phoneId: 1 })
  })

  it('owes nothing for a phone that gets texts of the case already', async () => {
    const before = await trackByText(world, email, number)
    await ask(world, email, number, { phone: aPhone })
    expect(await owed(world, 'verification')).toHaveLength(1)
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    expect(await subscriptionOf(world, email)).toEqual(before)
  })

  it('sends again to a phone that was never verified', async () => {
    await track(world, email, number)
    await ask(world, email, number, { phone: aPhone })
    await ask(world, email, number, { phone: aPhone })
    expect(await owed(world, 'textVerification')).toHaveLength(2)
  })

  it('lets an old phone get texts until the new one is verified', async () => {
    await trackByText(world, email, number)
    await ask(world, email, number, { phone: otherPhone })
    const between = await subscriptionOf(world, email)
    expect([between.textState, await phoneOf(between.phoneId), between.pendingPhoneId]).toEqual(['active', aPhone, null])
    await confirmNewestPhone(world)
    const after = await subscriptionOf(world, email)
    expect([after.textState, await phoneOf(after.phoneId), after.pendingPhoneId]).toEqual(['active', otherPhone, null])
  })

  it('keeps the phone where texts are not asked for this time', async () => {
    const before = await trackByText(world, email, number)
    await ask(world, email, number)
    expect(await subscriptionOf(world, email)).toEqual(before)
  })

  it('gives a phone texts again after they were stopped, by a verification of its own', async () => {
    const { id } = await trackByText(world, email, number)
    await world.work((work) => stopTracking(work, id, 'textOnly'))
    await ask(world, email, number, { phone: aPhone })
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'stopped' })
    await confirmNewestPhone(world)
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', pendingPhoneId: null })
  })

  it('counts for all cases for which the phone was named, by the link of any of its texts', async () => {
    for (const one of [number, '26BA-CV00033']) {
      await track(world, email, one)
      await ask(world, email, one, { phone: aPhone })
    }
    await confirmNewestPhone(world)
    expect((await world.reading().tx.select().from(subscriptions)).map((one) => one.textState)).toEqual(['active', 'active'])
  })

  it('ignores a phone where the court sends no texts (I3)', async () => {
    const { policy } = world.profile
    Object.assign(policy, { texts: 'off' })
    await track(world, email, number)
    await ask(world, email, number, { phone: aPhone, carrier: 'boost' })
    await ask(world, email, '26BA-CV00033', { phone: aPhone, carrier: 'boost' })
    await confirmNewest(world)
    Object.assign(policy, { texts: 'on' })
    expect(await owed(world, 'textVerification')).toEqual([])
    expect(await world.reading().tx.$count(phones)).toBe(0)
    expect(await world.reading().tx.select().from(trackingRequests).orderBy(asc(trackingRequests.id))).toMatchObject([{ phone: null }, { phone: null, carrier: null }])
  })
})

describe('asking again with other options (B8)', () => {
  it('owes an e-mail that lists them, and changes nothing before it is confirmed', async () => {
    await ask(world, email, number, { eventTenDays: true })
    await confirmNewest(world)
    const before = await subscriptionOf(world, email)
    world.clock.passMinutes(5)
    await ask(world, email, number, { eventTwoDays: true, paymentTwoDays: true })
    const [, change] = await owed(world, 'verification')
    expect(change).toMatchObject({
      subject: `Change your notices for case ${number}`,
      requests: [{ caseNumber: number, newOptions: ['2 days before a scheduled event', '2 days before a scheduled payment'] }],
    })
    expect(await subscriptionOf(world, email)).toEqual(before)

    await confirmNewest(world)
    expect(await subscriptionOf(world, email)).toEqual({
      ...before, eventTenDays: false, eventTwoDays: true, paymentTwoDays: true, eventTenDaysAt: null, eventTwoDaysAt: world.clock.now(), paymentTwoDaysAt: world.clock.now(),
    })
  })

  it('confirms once and answers alike again, for 7 days, and never after a stop', async () => {
    const { id } = await track(world, email, number)
    await ask(world, email, number, { eventTwoDays: true })
    await ask(world, email, number, { eventTenDays: true })
    const confirm = (requestId: number) => world.work((work) => confirmTracking(work, world.site, requestId))
    await confirm(2)
    const after = await subscriptionOf(world, email)
    world.clock.passMinutes(7 * 24 * 60)
    await confirm(2)
    expect(await subscriptionOf(world, email)).toEqual(after)
    expect(await refusalOf(confirm(3))).toBe('linkInvalid')
    await ask(world, email, number)
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    expect(await refusalOf(confirm(2))).toBe('linkInvalid')
    expect(await refusalOf(confirm(4))).toBe('linkInvalid')
  })

  it('owes nothing where they are as they were', async () => {
    await ask(world, email, number, { eventTwoDays: true })
    await confirmNewest(world)
    await ask(world, email, number, { eventTwoDays: true })
    expect(await owed(world, 'verification')).toHaveLength(1)
  })

  it('asks for both beside each other: the phone by text, the options by e-mail', async () => {
    await track(world, email, number)
    await ask(world, email, number, { eventTwoDays: true, phone: aPhone })
    expect(await owed(world, 'verification')).toHaveLength(2)
    await confirmNewestPhone(world)
    expect(await subscriptionOf(world, email)).toMatchObject({ eventTwoDays: false, textState: 'active' })
    expect(await confirmNewest(world)).toEqual({ awaited: [] })
    expect(await subscriptionOf(world, email)).toMatchObject({ eventTwoDays: true, textState: 'active' })
  })

  it('is listed with all else that waits, each by its own link', async () => {
    await track(world, email, number)
    await ask(world, email, '26BA-CV00033')
    await ask(world, email, number, { eventTwoDays: true })
    const [, , both] = await owed(world, 'verification')
    expect(both).toMatchObject({
      subject: 'Confirm your 2 requests', requests: [{ requestId: 2, caseNumber: '26BA-CV00033' }, { requestId: 3, caseNumber: number }],
    })
    expect(both?.requests.map((request) => 'newOptions' in request)).toEqual([false, true])
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, '26BA-CV00033')))
    await ask(world, email, number, { eventTenDays: true })
    expect((await owed(world, 'verification')).at(-1)).toMatchObject({ subject: `Change your notices for case ${number}`, requests: [{ requestId: 4 }] })
  })
})

describe('when options took effect (F5)', () => {
  it('is for each since it is chosen, however the others change', async () => {
    await ask(world, email, number, { eventTwoDays: true })
    await ask(world, email, number, { eventTwoDays: true })
    await ask(world, email, number, { eventTwoDays: true, paymentTwoDays: true })
    await ask(world, email, number, { paymentTwoDays: true })
    expect((await subscriptionOf(world, email)).eventTwoDaysAt).toBeNull()
    const began = world.clock.now().getTime()
    const minutesSince = (instant: Date | null): number | null => instant && (instant.getTime() - began) / 60_000
    const at: (number | null)[][] = []
    for (const requestId of [1, 2, 3, 4]) {
      world.clock.passMinutes(10)
      await world.work((work) => confirmTracking(work, world.site, requestId))
      const { eventTenDaysAt, eventTwoDaysAt, paymentTwoDaysAt } = await subscriptionOf(world, email)
      at.push([eventTenDaysAt, eventTwoDaysAt, paymentTwoDaysAt].map(minutesSince))
    }
    expect(at).toEqual([[null, 10, null], [null, 10, null], [null, 10, 30], [null, null, 30]])
  })
})
