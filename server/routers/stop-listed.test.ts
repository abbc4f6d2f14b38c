import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, subscribers, subscriptions } from '../../db/schema.ts'
import { createComposer } from '../delivery/compose.tsx'
import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import { runEvening } from '../evening/run-evening.ts'
import { aContext, callerIn, testLinkKeys } from '../testing/a-context.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { openWorld, type World } from '../testing/world.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const caseId of [1, 2, 3]) {
      await putCase(work, { number: `26BA-CR0000${caseId}` })
      await putSubscription(work, caseId, { email: 'all@example.com' })
    }
    await putSubscription(work, 1, { email: 'other@example.com' })
    await work.tx.update(subscribers).set({ isBundled: true }).where(eq(subscribers.id, 1))
    for (const caseId of [1, 2]) await putEntry(work, caseId, { description: `Entry of ${caseId}` })
  })
})
afterEach(() => world.close())

/** The token of the one-click stop in the e-mail that tells of cases 1 and 2, and not of case 3. */
async function listedToken(): Promise<string> {
  await runEvening(world.workplace, world.site, { mayBeFuture: false })
  const { batch } = await world.work((work) =>
    leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 86_400_000 }))
  if (!batch) throw new Error('No mail left.')
  const mail = createComposer(testLinkKeys)(batch).composed.map((one) => one.mail).find(({ to }) => to === 'all@example.com')
  const token = /stop\/([^>]+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1]
  if (token === undefined) throw new Error('The mail has no one-click stop.')
  return token
}
const states = async () => (await world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id))).map(({ emailState }) => emailState)

describe('the one-click stop of one e-mail for all cases (F2, E4)', () => {
  it('stops exactly the cases that the e-mail lists, and says the same when it is pressed twice', async () => {
    const token = await listedToken()
    const caller = callerIn(aContext(world))
    for (const _press of [1, 2]) {
      expect(await caller.links.stop({ token, scope: 'case', choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking these cases.' })
      expect(await states()).toEqual(['stopped', 'stopped', 'active', 'active'])
    }
  })

  it('changes nothing when its page is only read, and does not stop all', async () => {
    const token = await listedToken()
    const messages = await world.reading().tx.select().from(outboxMessages)
    const caller = callerIn(aContext(world))
    expect(await caller.links.describe({ token, purpose: 'stop' })).toEqual({ kind: 'stopListed' })
    await expect(caller.links.stop({ token, scope: 'all', choice: 'emailAndText' })).rejects.toThrow()
    expect(await states()).toEqual(['active', 'active', 'active', 'active'])
    expect(await world.reading().tx.select().from(outboxMessages)).toEqual(messages)
  })
})
