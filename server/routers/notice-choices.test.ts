import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, outboxMessages, subscribers } from '../../db/schema.ts'
import { aContext, callerIn } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { openWorld, type World } from '../testing/world.ts'

let world: World
let accountId = 0
let other = 0
beforeEach(async () => {
  world = await openWorld()
  accountId = await putTestAccount(world, 'a@example.com')
  other = await putTestAccount(world, 'b@example.com')
})
afterEach(() => world.close())

describe('how an account’s notices come (F2, F11)', () => {
  it('is chosen by the account for its own address alone', async () => {
    const caller = callerIn(aContext(world, { accountId }))
    expect(await caller.account.noticeChoices()).toEqual({ isBundled: false, isPrivate: false })
    expect(await caller.account.chooseNotices({ isBundled: true, isPrivate: true })).toEqual({ message: 'Your choices are saved.' })
    expect(await caller.account.noticeChoices()).toEqual({ isBundled: true, isPrivate: true })
    expect(await callerIn(aContext(world, { accountId: other })).account.noticeChoices()).toEqual({ isBundled: false, isPrivate: false })
  })
})

describe('an account whose address takes no mail (G4)', () => {
  it('gets an e-mail that mends it, which leaves although notices are held back', async () => {
    await world.work(({ tx, now }) => tx.update(subscribers).set({ suppressedAt: now, suppressedBecause: 'bounced' }))
    await callerIn(aContext(world, { accountId })).account.requestMending()
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ kind: 'account', subscriberId: 1, state: 'waiting' }])
  })
})

describe('a preview of the choice of entries', () => {
  it('counts evenings and entries of the last 90 days under each choice, and lists them', async () => {
    const id = await world.work(async (work) => {
      await putCase(work, { number: '26BA-CV00077' })
      return putSubscription(work, 1, { email: 'a@example.com', entryChoice: 'decisions' })
    })
    await world.work((work) => putEntry(work, 1, { description: 'Long ago', code: 'ORD' }))
    world.clock.passMinutes(100 * 24 * 60)
    await world.work((work) => putEntry(work, 1, { description: 'Proof', code: 'CERS' }))
    await world.work((work) => putEntry(work, 1, { description: 'Sealed', code: 'ORD', security: 'confidential' }))
    world.clock.passMinutes(24 * 60)
    await world.work((work) => putEntry(work, 1, { description: 'Motion', code: 'MOT' }))
    await world.work((work) => putEntry(work, 1, { description: 'Order', code: 'ORD' }))
    const look = (by: number) => callerIn(aContext(world, { accountId: by })).myCases.preview.entries({ subscriptionId: id })
    expect(await look(accountId)).toMatchObject({
      caseNumber: '26BA-CV00077', choice: 'decisions', choices: [
        { choice: 'all', evenings: 2, entries: 3 },
        { choice: 'withoutRoutine', evenings: 1, entries: 2 },
        { choice: 'decisions', evenings: 1, entries: 1, list: [{ description: 'Order' }] },
      ],
    })
    await expect(look(other)).rejects.toThrow('Not found.')
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 1)))
    await expect(look(accountId)).rejects.toThrow('Not found.')
  })
})
