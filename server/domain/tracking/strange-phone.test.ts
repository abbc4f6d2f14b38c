import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { subscriptions } from '../../../db/schema.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { aPhone, confirmNewestPhone, owed, subscriptionOf, trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { confirmPhone } from '../texts/confirm-phone.ts'
import { planTexts } from '../texts/plan-texts.ts'
import { confirmTracking } from './confirm-tracking.ts'
import { refuseTexts, stopTexts } from './stop-texts.ts'
import { stopTracking } from './stop-tracking.ts'

let world: World
const [email, number, otherNumber] = ['pat@example.com', '26BA-CV00077', '26BA-CV00033']
const strange = '+13145550199'

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number })
    await putCase(work, { number: otherNumber })
  })
})
afterEach(() => world.close())

const confirmLast = () => confirmNewestPhone(world)
const stopByLink = (id: number, phoneId: number) => world.work((work) => stopTexts(work, { id, version: phoneId }, 'emailAndText'))

describe('a phone that somebody named for an address that is not theirs (B8)', () => {
  it('changes nothing of the address before it confirms', async () => {
    const none = await track(world, email, otherNumber)
    const texted = await trackByText(world, email, number)
    for (const one of [number, otherNumber]) await ask(world, email, one, { phone: strange })
    expect(await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)).toEqual([none, texted])
    await world.work((work) => stopTracking(work, none.id, 'textOnly'))
    await ask(world, email, otherNumber, { phone: strange })
    expect((await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id))[0]).toEqual(none)
  })

  it('displaces no phone that the address itself waits for', async () => {
    await ask(world, email, number, { phone: aPhone })
    await world.work((work) => confirmTracking(work, world.site, 1))
    const waiting = await subscriptionOf(world, email)
    await ask(world, email, number, { phone: strange })
    expect(await subscriptionOf(world, email)).toEqual(waiting)
    await confirmLast()
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', phoneId: 2, pendingPhoneId: 1 })
    // Its holder stops it: the address waits for its own as before.
    expect(await stopByLink(waiting.id, 2)).toBe('textOnly')
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'pending', pendingPhoneId: 1 })
    await world.work((work) => confirmPhone(work, world.site, 1))
    expect(await subscriptionOf(world, email)).toMatchObject({ textState: 'active', phoneId: 1, pendingPhoneId: null })
  })

  it('stops its own texts and never the e-mail of the address', async () => {
    const { id } = await track(world, email, number)
    await ask(world, email, number, { phone: strange })
    await confirmLast()
    expect(await stopByLink(id, 1)).toBe('textOnly')
    expect(await world.work((work) => refuseTexts(work, { id: 1 }, 'emailAndText'))).toBe('textOnly')
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'stopped' })
  })

  it('stops nothing by an old link once the address has texts on its own phone again, nor after tracking anew', async () => {
    const { id } = await trackByText(world, email, number)
    await ask(world, email, number, { phone: strange })
    await confirmLast()
    await ask(world, email, number, { phone: aPhone })
    await confirmLast()
    const before = await subscriptionOf(world, email)
    expect(before).toMatchObject({ textState: 'active', phoneId: 1 })
    expect(await stopByLink(id, 2)).toBe('textOnly')
    expect(await subscriptionOf(world, email)).toEqual(before)
    await world.work((work) => stopTracking(work, id, 'emailAndText'))
    await track(world, email, number)
    await stopByLink(id, 2)
    expect(await subscriptionOf(world, email)).toMatchObject({ emailState: 'active', textState: 'stopped' })
  })

  it('is told to the address at once, within its limits, when it begins or replaces texts', async () => {
    await trackByText(world, email, number)
    expect(await owed(world, 'report')).toEqual([])
    await ask(world, email, number, { phone: strange })
    await confirmLast()
    expect(await owed(world, 'report')).toMatchObject([{
      subject: 'Your text notices have changed: your tracking report', emailAddress: email,
      cases: [{ caseNumber: number, textState: 'Text notices: on, to the phone ending in 0199' }],
    }])
    await confirmLast()
    expect(await owed(world, 'report')).toHaveLength(1)
    Object.assign(world.profile.limits, { confirmedPerHour: 2 })
    await ask(world, email, number, { phone: aPhone })
    await confirmLast()
    expect(await owed(world, 'report')).toHaveLength(1)
  })

  it('is the address\'s own where it vouched for it by another case', async () => {
    const { id } = await trackByText(world, email, number)
    await track(world, email, otherNumber)
    await ask(world, email, otherNumber, { phone: aPhone })
    await confirmLast()
    expect(await owed(world, 'report')).toEqual([])
    expect(await stopByLink(id + 1, 1)).toBe('emailAndText')
    expect((await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)).map((one) => one.emailState)).toEqual(['active', 'stopped'])
  })

  it('stops the e-mail of who vouched for it and leaves that of who did not', async () => {
    await track(world, 'other@example.com', number)
    await ask(world, 'other@example.com', number, { phone: aPhone })
    await confirmLast()
    await trackByText(world, email, number)
    await world.work(async (work) => planTexts(work, world.site, (await putEntry(work, 1)).changeId - 1))
    expect(await stopByLink(1, 1)).toBe('emailAndText')
    expect((await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)).map((one) => [one.emailState, one.textState]))
      .toEqual([['active', 'stopped'], ['stopped', 'stopped']])
  })
})
