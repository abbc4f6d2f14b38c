import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  accountRequests, accounts, accountSessions, bundledNotices, formerSubscribers, formerSubscriptions, messageContents, outboxMessages, subscribers, subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import { obstacles } from '../outbox/obstacles.ts'
import { signLink } from '../links/link-token.ts'
import { pauseTracking } from '../tracking/pause-tracking.ts'
import { requestReport } from '../tracking/tracking-report.ts'
import { aContext, callerIn, testLinkKeys } from '../../testing/a-context.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { owed } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { changeAddress, requestAddressChange } from './change-address.ts'
import { findAccount } from './find-account.ts'
import { requestPasswordReset } from './reset-password.ts'

const old = 'pat@example.com'
const wanted = 'New.Pat@example.com'
let world: World
let id: number
beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCase(work, { number: '26BA-CV00001' })
    await putCase(work, { number: '26BA-CV00002' })
  })
  id = await putTestAccount(world, old)
})
afterEach(() => world.close())

const account = async (accountId = id) => {
  const found = await findAccount(world.reading(), accountId)
  if (!found) throw new Error('There is none.')
  return found
}
const wish = async (email = wanted) => {
  const of = await account()
  await world.work((work) => requestAddressChange(work, world.site, of, email))
  return (await world.reading().tx.select().from(accountRequests).orderBy(accountRequests.id)).at(-1)?.id ?? 0
}
const confirm = (requestId: number, kept: number | null = null) => world.work((work) => changeAddress(work, requestId, kept === null ? null : { sessionId: kept, newToken: 'another' }))
const mails = async () => (await owed(world, 'account')).map(({ what, emailAddress, newAddress }) => [what, emailAddress, newAddress])
const all = () => world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)
const token = (purpose: 'changeAddress' | 'stopAll' | 'stop' | 'report' | 'confirmAll', rowId: number, version = 1) => signLink(testLinkKeys, purpose, { id: rowId, version })
const links = () => callerIn(aContext(world)).links

describe('a change of address (G1)', () => {
  it('changes nothing before the new address confirms, and tells the old one', async () => {
    await wish()
    expect(await mails()).toEqual([['changeAddress', wanted, null], ['addressChanging', old, wanted]])
    expect(await account()).toMatchObject({ emailAddress: old, isMailable: true })
  })

  it('is confirmed by the button, again with the same answer', async () => {
    const requestId = await wish()
    const link = { token: token('changeAddress', requestId) }
    expect(await links().describe({ ...link, purpose: 'confirm' })).toEqual({ kind: 'changeAddress', emailAddress: wanted, isConfirmed: false })
    const answer = await links().confirm(link)
    expect(await account()).toMatchObject({ emailAddress: wanted, isMailable: true })
    expect(await links().confirm(link)).toEqual(answer)
    expect(await links().describe({ ...link, purpose: 'confirm' })).toEqual({ kind: 'changeAddress', emailAddress: wanted, isConfirmed: true })
    expect((await world.reading().tx.select().from(accounts))[0]?.email).toBe('new.pat@example.com')
    // The old one is free again.
    expect((await world.reading().tx.select().from(subscribers)).map(({ emailKey }) => emailKey)).toEqual(['new.pat@example.com'])
  })

  it('moves every subscription, and what waits to leave', async () => {
    const { id: one } = await track(world, old, '26BA-CV00001')
    const { id: other } = await track(world, wanted, '26BA-CV00002')
    await world.work((work) => requestReport(work, world.site, old))
    await confirm(await wish())
    const { subscriberId } = await account()
    expect(await all()).toMatchObject([{ id: one, subscriberId, emailState: 'active' }, { id: other, subscriberId, emailState: 'active' }])
    const { batch } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 50, seconds: 60, remembersForMs: 0 }))
    const left = batch?.messages.filter(({ kind }) => kind === 'report') ?? []
    expect(left).toMatchObject([{ address: wanted }])
    expect((await world.reading().tx.select().from(trackingRequests)).map((row) => row.subscriberId)).toEqual([subscriberId, subscriberId])
  })

  it('makes one of what both addresses tracked: the livelier, with what either chose, and both links act on it', async () => {
    const { kept, gone } = await world.work(async (work) => ({
      kept: await putSubscription(work, 1, { email: old, emailState: 'stopped', stoppedAt: work.now, note: 'mine' }),
      gone: await putSubscription(work, 1, { email: 'new.pat@example.com', eventTenDays: true, eventTenDaysAt: work.now, note: 'theirs', phone: '+15735550123' }),
    }))
    await confirm(await wish())
    expect(await all()).toMatchObject([{ id: kept, emailState: 'active', stoppedAt: null, eventTenDays: true, textState: 'active', note: 'mine' }])
    expect(await world.reading().tx.select().from(formerSubscriptions)).toEqual([{ id: gone, subscriptionId: kept }])
    await links().stop({ token: token('stop', gone), scope: 'case', choice: 'emailAndText' })
    expect(await all()).toMatchObject([{ id: kept, emailState: 'stopped', textState: 'stopped' }])
  })

  it('tells what came for both once, from the earlier of their beginnings (F4)', async () => {
    await world.work((work) => putSubscription(work, 1, { email: 'new.pat@example.com' }))
    await world.work((work) => putEntry(work, 1))
    await world.work((work) => putSubscription(work, 1, { email: old }))
    await confirm(await wish())
    expect(await all()).toMatchObject([{ emailActiveAfter: 0 }])
  })

  it('lets one of two notices leave that wait for both, the one that tells more (N2)', async () => {
    await world.work((work) => putSubscription(work, 1, { email: old }))
    await world.work((work) => putEntry(work, 1))
    await world.work((work) => putSubscription(work, 1, { email: 'new.pat@example.com' }))
    await world.work((work) => putEntry(work, 1, { description: 'Second' }))
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    await confirm(await wish())
    const notices = (await world.reading().tx.select().from(outboxMessages)).filter(({ kind }) => kind === 'notice')
    expect(notices.map(({ state, reason }) => [state, reason])).toEqual([['waiting', null], ['cancelled', obstacles.doubled]])
    expect(notices[0]?.contentId).toBe((await world.reading().tx.select().from(messageContents)).find(({ firstChangeId }) => firstChangeId === 1)?.id)
  })

  it('leaves out the part of one mail for all cases that another notice tells', async () => {
    await world.work((work) => putSubscription(work, 1, { email: old }))
    for (const caseId of [1, 2]) await world.work((work) => putSubscription(work, caseId, { email: 'new.pat@example.com' }))
    for (const caseId of [1, 2]) await world.work((work) => putEntry(work, caseId))
    await world.work(({ tx }) => tx.update(subscribers).set({ isBundled: true }).where(eq(subscribers.email, 'new.pat@example.com')))
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    const parts = () => world.reading().tx.select({ caseId: messageContents.caseId }).from(bundledNotices)
      .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
    await confirm(await wish())
    expect(await parts()).toEqual([{ caseId: 2 }])
  })

  it('leaves out nothing for a notice that left to the old address: it may come back', async () => {
    const kept = await world.work((work) => putSubscription(work, 1, { email: old }))
    await world.work((work) => putSubscription(work, 1, { email: 'new.pat@example.com' }))
    await world.work((work) => putEntry(work, 1))
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state: 'sent' }).where(eq(outboxMessages.subscriptionId, kept)))
    await confirm(await wish())
    expect((await world.reading().tx.select().from(outboxMessages)).filter(({ kind }) => kind === 'notice').map(({ state }) => state)).toEqual(['sent', 'waiting'])
  })

  it('lets the links of the address that came act on the account: stop all, report and confirm all', async () => {
    await track(world, wanted, '26BA-CV00001')
    await ask(world, wanted, '26BA-CV00002')
    await world.work((work) => requestReport(work, world.site, wanted))
    const [former] = (await world.reading().tx.select().from(subscribers)).filter(({ email }) => email === wanted)
    const formerId = former?.id ?? 0
    await confirm(await wish())
    expect(await world.reading().tx.select().from(formerSubscribers)).toEqual([{ id: formerId, subscriberId: (await account()).subscriberId }])
    expect(await callerIn(aContext(world)).tracking.report({ token: token('report', 1) })).toMatchObject({ kind: 'report', emailAddress: wanted, cases: [{ caseNumber: '26BA-CV00001' }] })
    await links().confirm({ token: token('confirmAll', formerId, 2) })
    expect((await all()).map(({ emailState }) => emailState)).toEqual(['active', 'active'])
    await links().stop({ token: token('stopAll', formerId), scope: 'all', choice: 'emailAndText' })
    expect((await all()).map(({ emailState }) => emailState)).toEqual(['stopped', 'stopped'])
  })

  it('lets them act on it still when the address changes once more', async () => {
    await track(world, wanted, '26BA-CV00001')
    await confirm(await wish())
    await track(world, 'third@example.com', '26BA-CV00002')
    await confirm(await wish('third@example.com'))
    await links().stop({ token: token('stopAll', 2), scope: 'all', choice: 'emailAndText' })
    expect((await all()).map(({ emailState }) => emailState)).toEqual(['stopped', 'stopped'])
  })

  it('S16: ends the other sessions, and the links for a new password that went to the old address', async () => {
    const later = new Date(world.clock.now().getTime() + 86_400_000)
    await world.work((work) => work.tx.insert(accountSessions).values(['a', 'b'].map((one) => ({ userId: id, token: one, expiresAt: later, createdAt: work.now, updatedAt: work.now }))))
    await world.work((work) => requestPasswordReset(work, world.site, old))
    await confirm(await wish(), 2)
    expect((await world.reading().tx.select().from(accountSessions)).map((row) => row.id)).toEqual([2])
    expect(await links().describe({ token: signLink(testLinkKeys, 'resetPassword', { id: 1, version: 1 }), purpose: 'resetPassword' })).toEqual({ kind: 'invalid' })
  })

  it('ends pauses because mail came back, and no others (G4)', async () => {
    const one = await world.work((work) => putSubscription(work, 1, { email: old }))
    const two = await world.work((work) => putSubscription(work, 2, { email: old }))
    await world.work(async (work) => {
      await pauseTracking(work, [one], { because: 'delivery', until: null })
      await pauseTracking(work, [two], { because: 'asked', until: null })
      await work.tx.update(subscribers).set({ suppressedAt: work.now, suppressedBecause: 'bounced' }).where(eq(subscribers.email, old))
    })
    expect(await account()).toMatchObject({ isMailable: false })
    await confirm(await wish())
    expect(await account()).toMatchObject({ isMailable: true })
    expect(await all()).toMatchObject([{ emailState: 'active', missedAfter: 0 }, { emailState: 'paused' }])
  })

  it('cannot take the address of another account: only its own mail says why', async () => {
    await putTestAccount(world, wanted)
    const requestId = await wish()
    expect(await mails()).toEqual([['alreadyRegistered', wanted, null], ['addressChanging', old, wanted]])
    expect(await refusalOf(confirm(requestId))).toBe('linkInvalid')
    expect(await account()).toMatchObject({ emailAddress: old })
  })

  it('cannot take one that registered in between', async () => {
    const requestId = await wish()
    await putTestAccount(world, wanted)
    expect(await refusalOf(confirm(requestId))).toBe('linkInvalid')
  })

  it('lets only the newest link work, for 7 days', async () => {
    const first = await wish('mistyped@example.com')
    const second = await wish()
    expect(await refusalOf(confirm(first))).toBe('linkInvalid')
    world.clock.passMinutes(7 * 24 * 60)
    expect(await refusalOf(confirm(second))).toBe('linkInvalid')
  })

  it('is not asked for where the old address cannot be told', async () => {
    for (let count = 0; count < 3; count++) await world.work((work) => requestReport(work, world.site, old))
    expect(await refusalOf(wish())).toBe('tooMany')
    expect(await world.reading().tx.$count(outboxMessages, eq(outboxMessages.kind, 'account'))).toBe(0)
  })

  it('verifies an address that never was', async () => {
    await world.work((work) => work.tx.update(accounts).set({ emailVerified: false }))
    await confirm(await wish(old))
    expect(await mails()).toEqual([['changeAddress', old, null]])
    expect(await account()).toMatchObject({ emailAddress: old, isMailable: true })
  })
})
