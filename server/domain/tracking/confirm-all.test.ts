import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { courts, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { putCase } from '../../testing/put-case.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { aPhone, owed } from '../../testing/text-subscriber.ts'
import { ask } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { describeConfirmLink } from '../links/describe-link.ts'
import { signLink } from '../links/link-token.ts'
import { confirmAllTracking, confirmTracking } from './confirm-tracking.ts'

let world: World
const email = 'pat@example.com'
const [first, second, third] = ['26BA-CV00033', '26BA-CV00077', '26BA-CV00088']
const keys = ['k'.repeat(32)]

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const number of [first, second, third]) await putCase(work, { number })
  })
})
afterEach(() => world.close())

const confirm = (id: number) => world.work((work) => confirmTracking(work, world.site, id))
const confirmAll = (lastRequestId: number) => world.work((work) => confirmAllTracking(work, world.site, 1, lastRequestId))
/** What the page of such a link lists, and whether it is confirmed already. */
const shown = async (lastRequestId: number) => {
  const view = await describeConfirmLink(world.reading(), world.site, keys, signLink(keys, 'confirmAll', { id: 1, version: lastRequestId }))
  return view.kind === 'confirm' ? [...view.requests.map((request) => request.caseNumber), view.isConfirmed] : view
}
const choices = async () => (await world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id))
  .map((one) => [one.emailState, one.eventTenDays, one.eventTwoDays])

describe('confirming all that an e-mail listed (C1)', () => {
  it('leaves a case alone that it did not list, whatever was asked of it before', async () => {
    await ask(world, email, first, { phone: aPhone })
    await ask(world, email, first, { eventTenDays: true, eventTwoDays: true })
    await confirm(2)
    world.clock.passMinutes(5)
    await ask(world, email, second)
    await ask(world, email, third)
    expect((await owed(world, 'verification')).at(-1)?.requests.map((request) => request.caseNumber)).toEqual([second, third])
    expect(await shown(4)).toEqual([second, third, false])
    expect(await confirmAll(4)).toEqual({ awaited: [] })
    expect(await choices()).toEqual([['active', true, true], ['active', false, false], ['active', false, false]])
    expect(await shown(4)).toEqual([second, third, true])
    expect(await owed(world, 'textVerification')).toEqual([])
    // The link of the older request alone does what it says (C3).
    await confirm(1)
    expect(await choices()).toMatchObject([['active', false, false], {}, {}])
  })

  it('takes the newest that was listed of each case, and undoes nothing that was confirmed since', async () => {
    await ask(world, email, first)
    await ask(world, email, first, { eventTwoDays: true })
    await ask(world, email, second)
    world.clock.passMinutes(5)
    await ask(world, email, second, { eventTenDays: true })
    await confirm(4)
    expect(await shown(3)).toEqual([first, second, false])
    await confirmAll(3)
    expect(await choices()).toEqual([['active', false, true], ['active', true, false]])
    await confirmAll(3)
    expect(await choices()).toEqual([['active', false, true], ['active', true, false]])
  })

  it('lists a change of options no more once a newer one is confirmed', async () => {
    await ask(world, email, first)
    await confirm(1)
    await ask(world, email, first, { eventTwoDays: true })
    await ask(world, email, first, { eventTenDays: true })
    await confirm(3)
    world.clock.passMinutes(5)
    await ask(world, email, second)
    expect((await owed(world, 'verification')).at(-1)?.requests.map((request) => request.caseNumber)).toEqual([second])
    await confirmAll(4)
    expect(await choices()).toEqual([['active', true, false], ['active', false, false]])
  })

  it('says A5\'s sentence when no case of it can be tracked any more, and offers no button', async () => {
    await ask(world, email, first)
    await ask(world, email, second)
    await world.work((work) => work.tx.update(courts).set({ isTakingPart: false }))
    expect(await refusalOf(confirmAll(2))).toBe('courtTakesNoPart')
    const untrackable = { kind: 'untrackable', sentence: '13th Judicial Circuit, Boone County does not take part in Track This Case, so its cases cannot be tracked.' }
    expect(await shown(2)).toEqual(untrackable)
    expect(await describeConfirmLink(world.reading(), world.site, keys, signLink(keys, 'confirm', { id: 1, version: 1 }))).toEqual(untrackable)
    await world.work((work) => work.tx.update(trackingRequests).set({ confirmedAt: work.now }).where(eq(trackingRequests.id, 1)))
    await world.work((work) => work.tx.update(subscriptions).set({ emailState: 'active', emailActiveAfter: 0 }).where(eq(subscriptions.id, 1)))
    expect(await shown(2)).toEqual([first, true])
  })
})
