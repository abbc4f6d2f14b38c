import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountSessions, outboxMessages, phones, savedSearches, subscribers, subscriptions } from '../../../db/schema.ts'
import { aContext, callerIn, testLinkKeys } from '../../testing/a-context.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { trackByText } from '../../testing/text-subscriber.ts'
import { track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { signLink } from '../links/link-token.ts'
import { requestReport } from '../tracking/tracking-report.ts'
import { requestAddressChange } from './change-address.ts'
import { deleteAccount } from './delete-account.ts'
import { findAccount } from './find-account.ts'
import { requestPasswordReset } from './reset-password.ts'

const email = 'pat.deleted@example.com'
const number = '26BA-CV00001'
let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const erase = async (id: number): Promise<void> => {
  const account = await findAccount(world.reading(), id)
  if (account) await world.work((work) => deleteAccount(work, account))
}
const everyTable = [
  'accounts', 'account_sessions', 'account_credentials', 'account_requests', 'saved_searches', 'subscribers', 'former_subscribers', 'subscriptions', 'former_subscriptions',
  'phones', 'phone_verifications', 'text_replies', 'told_events', 'told_payments', 'tracking_requests', 'report_requests', 'outbox_messages', 'bundled_notices',
]

describe('deleting an account (G1)', () => {
  it('leaves nothing of it: no address, phone, note, request or message', async () => {
    const id = await putTestAccount(world, email, { name: 'Pat Deleted' })
    const { id: tracked } = await trackByText(world, email, number)
    await world.work(async (work) => {
      await work.tx.update(subscriptions).set({ note: 'Note of pat.deleted' }).where(eq(subscriptions.id, tracked))
      await work.tx.insert(accountSessions).values({ userId: id, token: 't', expiresAt: work.now, createdAt: work.now, updatedAt: work.now })
      await work.tx.insert(savedSearches).values({ accountId: id, name: 'pat.deleted', search: caseSearch.parse({ q: 'x' }), isWatched: false, createdAt: work.now })
      await requestReport(work, world.site, email)
      await requestPasswordReset(work, world.site, email)
    })
    const account = await findAccount(world.reading(), id)
    await world.work((work) => requestAddressChange(work, world.site, account ?? { id, subscriberId: 0, isMailable: true }, 'other.deleted@example.com'))
    await takeAll(world, [{ type: 'docketEntry', case: number, court: '13-BOONE', id: 'e', filedAt: '2026-11-20', description: 'Order' }])
    await runEvening(world.workplace, world.site, { mayBeFuture: true, day: undefined })
    expect(await world.reading().tx.$count(outboxMessages, eq(outboxMessages.kind, 'notice'))).toBe(1)
    await erase(id)
    const left = await Promise.all(everyTable.map(async (table) => [table, await world.rows(`select * from ${table}`)] as const))
    // The address that was asked for and never confirmed is a subscriber like any that was typed once; what told of it is gone too.
    expect(JSON.stringify(left)).not.toMatch(/pat\.deleted|5735550123|Pat Deleted/)
    expect(left.filter(([table, rows]) => rows.length > 0 && !['subscribers', 'outbox_messages'].includes(table))).toEqual([])
    expect(JSON.stringify(await world.rows('select * from message_contents where case_id is null'))).not.toMatch(/pat\.deleted|5735550123/)
  })

  it('lets old stop links answer in the words of live ones (E5)', async () => {
    const id = await putTestAccount(world, email)
    const { id: tracked, subscriberId } = await track(world, email, number)
    await erase(id)
    const { links } = callerIn(aContext(world))
    const stop = signLink(testLinkKeys, 'stop', { id: tracked, version: 1 })
    const stopAll = signLink(testLinkKeys, 'stopAll', { id: subscriberId, version: 1 })
    expect(await links.describe({ token: stop, purpose: 'stop' })).toEqual({ kind: 'stop', caseNumber: null })
    expect(await links.stop({ token: stop, scope: 'case', choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking this case.' })
    expect(await links.describe({ token: stopAll, purpose: 'stopAll' })).toEqual({ kind: 'stopAll' })
    expect(await links.stop({ token: stopAll, scope: 'all', choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking any cases.' })
  })

  it('leaves to others what is theirs: their tracking, their phone, and the text that is owed to both', async () => {
    const id = await putTestAccount(world, email)
    const phone = '+15735550123'
    await world.work(async (work) => {
      await putSubscription(work, 1, { email, phone })
      await putSubscription(work, 1, { email: 'lee@example.com', phone })
    })
    await takeAll(world, [{ type: 'docketEntry', case: number, court: '13-BOONE', id: 'e', filedAt: '2026-11-20', description: 'Order' }])
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ kind: 'text', subscriptionId: 1 }])
    await erase(id)
    expect(await world.reading().tx.select().from(outboxMessages)).toMatchObject([{ kind: 'text', subscriptionId: 2, state: 'waiting' }])
    expect(await world.reading().tx.select().from(subscriptions)).toMatchObject([{ id: 2, textState: 'active' }])
    expect((await world.reading().tx.select().from(subscribers)).map((one) => one.email)).toEqual(['lee@example.com'])
    expect(await world.reading().tx.$count(phones)).toBe(1)
  })

  it('remembers that a phone answered STOP', async () => {
    const id = await putTestAccount(world, email)
    await trackByText(world, email, number)
    await world.work((work) => work.tx.update(phones).set({ stoppedAt: work.now }))
    await erase(id)
    expect(await world.reading().tx.select().from(phones)).toMatchObject([{ number: '+15735550123' }])
  })

  it('lets the address begin anew', async () => {
    await erase(await putTestAccount(world, email))
    const { changeId } = await world.work((work) => putEntry(work, 1))
    expect(await track(world, email, number)).toMatchObject({ emailActiveAfter: changeId, linkVersion: 1 })
    expect(await findAccount(world.reading(), await putTestAccount(world, email))).toMatchObject({ emailAddress: email })
  })
})
