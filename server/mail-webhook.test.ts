import { createHmac } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, subscribers, subscriptions, takenDeliveries, trackingRequests } from '../db/schema.ts'
import { takeMailCall } from './mail-webhook.ts'
import { runEvening } from './evening/run-evening.ts'
import { leaseBatch } from './domain/outbox/lease-messages.ts'
import type { NoticeContent } from './domain/outbox/message-content.ts'
import { settleBatch } from './domain/outbox/settle-batch.ts'
import { confirmTracking } from './domain/tracking/confirm-tracking.ts'
import { putEntry } from './testing/put-case.ts'
import { counted, report, sized } from './testing/torture/scale.ts'
import { ask, track } from './testing/visitor.ts'
import { openWorldOfCases } from './testing/world-of-cases.ts'
import type { World } from './testing/world.ts'

let world: World
const key = Buffer.from('a webhook secret of this test').toString('base64')
const number = '26BA-CV00077'
const other = '26BA-CV00078'

beforeEach(async () => {
  world = await openWorldOfCases([number, other])
})
afterEach(() => world.close())

let calls = 0
function callOf(type: string, data: object, { id = `msg_${++calls}`, secret = key, at = new Date() } = {}) {
  const body = JSON.stringify({ type, created_at: at.toISOString(), data })
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  return { id, timestamp, signature, body }
}
const take = (call: ReturnType<typeof callOf>) => takeMailCall({ env: { resendWebhookSecret: `whsec_${key}` }, workplace: world.workplace, profile: world.profile }, call)
const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const enter = (description: string, caseId = 1) => world.work((work) => putEntry(work, caseId, { description }))
const rows = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))

/** Everything that waits leaves. */
async function send(): Promise<void> {
  for (;;) {
    const { batch, settled } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 86_400_000 }))
    if (!batch && settled.cancelled > 0) continue
    if (!batch) return
    await world.work((work) => settleBatch(work, batch, {
      kind: 'answered', mails: batch.messages.map(({ id }) => ({ kind: 'sent' as const, providerId: `p${id}` })),
    }, { remembersForMs: 86_400_000, jitter: 0 }))
  }
}
const lastNotice = async () => (await rows()).filter(({ kind }) => kind === 'notice').at(-1)
const aboutLast = async (to = 'a@example.com') => {
  const id = (await lastNotice())?.id
  return { email_id: `p${id}`, to: [to], tags: { message: `m${id}` } }
}
const permanent = { bounce: { type: 'Permanent', subType: 'General', message: 'No such mailbox' } }
const subscription = async () => (await world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id)))[0]

function* permutations<T>(of: readonly T[]): Generator<readonly T[]> {
  if (of.length <= 1) yield of
  else for (let nth = 0; nth < of.length; nth++) {
    for (const rest of permutations([...of.slice(0, nth), ...of.slice(nth + 1)])) yield [...of.slice(nth, nth + 1), ...rest]
  }
}

describe('what the mail provider tells (G4)', () => {
  it('is taken only with its signature over the very body, of now, and nowhere without a secret', async () => {
    const call = callOf('email.delivered', {})
    expect(await take(call)).toBe('taken')
    expect(await take({ ...call, body: `${call.body} ` })).toBe('forged')
    expect(await take({ ...call, signature: '' })).toBe('forged')
    expect(await take(callOf('email.delivered', {}, { secret: Buffer.from('another secret altogether').toString('base64') }))).toBe('forged')
    expect(await take(callOf('email.delivered', {}, { at: new Date(Date.now() - 3_600_000) }))).toBe('forged')
    expect(await takeMailCall({ env: { resendWebhookSecret: undefined }, workplace: world.workplace, profile: world.profile }, call)).toBe('closed')
  })

  it('marks a mail as delivered, whatever comes first and how often', async () => {
    await track(world, 'a@example.com', number)
    await enter('One')
    await evening()
    await send()
    const call = callOf('email.delivered', await aboutLast())
    await take(call)
    await take(call)
    expect(await lastNotice()).toMatchObject({ state: 'delivered' })
    // That it arrived stands.
    await take(callOf('email.bounced', { ...await aboutLast(), bounce: { type: 'Transient' } }))
    await take(callOf('email.delivered', await aboutLast('stranger@example.com')))
    await take(callOf('email.bounced', { to: ['a@example.com'], tags: { message: 'm999' } }))
    await take(callOf('email.opened', await aboutLast()))
    expect(await subscription()).toMatchObject({ emailState: 'active' })
  })

  it('pauses tracking when a mail comes back for good, lets asked mail leave, and tells what was missed once an address is verified again', async () => {
    await track(world, 'a@example.com', number)
    await enter('In the mail that came back')
    await evening()
    await send()
    const call = callOf('email.bounced', { ...await aboutLast(), ...permanent })
    await take(call)
    expect(await lastNotice()).toMatchObject({ state: 'bounced' })
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery' })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ suppressedBecause: 'bounced' }])
    world.clock.passMinutes(24 * 60)
    await enter('While it was paused')
    expect(await evening()).toMatchObject({ notices: 0 })

    await ask(world, 'a@example.com', other)
    await send()
    expect((await rows()).filter(({ kind }) => kind === 'verification').at(-1)).toMatchObject({ state: 'sent' })
    const [request] = await world.reading().tx.select().from(trackingRequests).where(eq(trackingRequests.caseId, 2))
    await world.work((work) => confirmTracking(work, world.site, request?.id ?? 0))
    expect(await subscription()).toMatchObject({ emailState: 'active', pausedAt: null })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ suppressedAt: null, suppressedBecause: null }])
    await take(call)
    expect(await subscription(), 'the same report again').toMatchObject({ emailState: 'active' })
    world.clock.passMinutes(24 * 60)
    expect(await evening()).toMatchObject({ notices: 1 })
    const [content] = await world.reading().tx.select().from(messageContents).where(eq(messageContents.id, (await lastNotice())?.contentId ?? 0))
    expect((content?.payload as NoticeContent).leads[0]).toBe('While your notices were paused, 2 entries were added, from November 20, 2026 to November 21, 2026.')
  })

  it('misses what each mail of an evening told that comes back, whichever is first', async () => {
    await track(world, 'a@example.com', number)
    await track(world, 'a@example.com', other)
    await enter('In the first mail', 1)
    await enter('In the second mail', 2)
    await evening()
    await send()
    const notices = (await rows()).filter(({ kind }) => kind === 'notice')
    for (const { id } of notices) await take(callOf('email.bounced', { email_id: `p${id}`, to: ['a@example.com'], tags: { message: `m${id}` }, ...permanent }))
    expect((await rows()).filter(({ kind }) => kind === 'notice').map(({ state }) => state)).toEqual(['bounced', 'bounced'])
    const missed = await world.reading().tx.select({ after: subscriptions.missedAfter }).from(subscriptions).orderBy(asc(subscriptions.id))
    expect(missed).toEqual([{ after: 0 }, { after: 1 }])
  })

  it('waits longer each time when mails come back for the time being, tells what was missed after it, and suppresses at last', async () => {
    await track(world, 'a@example.com', number)
    await track(world, 'a@example.com', other)
    const comeBack = async () => {
      for (const { id } of (await rows()).filter(({ kind, state }) => kind === 'notice' && state === 'sent')) {
        await take(callOf('email.bounced', { email_id: `p${id}`, to: ['a@example.com'], tags: { message: `m${id}` }, bounce: { type: 'Transient', subType: 'MailboxFull' } }))
      }
    }
    const nextDays = (days: number) => world.clock.passMinutes(days * 24 * 60)
    // Both mails of one evening are one failure.
    await enter('One')
    await enter('Two', 2)
    await evening()
    await send()
    await comeBack()
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery', pausedUntil: '2026-11-21' })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ softBounces: 1, suppressedAt: null }])
    for (const [days, until] of [[1, '2026-11-23'], [2, '2026-11-27']] as const) {
      nextDays(days)
      expect(await evening()).toMatchObject({ notices: 2 })
      await send()
      await comeBack()
      expect(await subscription()).toMatchObject({ emailState: 'paused', pausedUntil: until })
    }
    nextDays(4)
    await evening()
    const content = (await world.reading().tx.select().from(messageContents)).at(-1)
    expect((content?.payload as NoticeContent).leads).toEqual(['While your notices were paused, 1 entry was added, on November 20, 2026.'])
    await send()
    await comeBack()
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedUntil: null, missedAfter: 0 })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ softBounces: 0, suppressedBecause: 'bounced' }])
  })

  it('counts anew once a mail arrives', async () => {
    await track(world, 'a@example.com', number)
    for (const fate of ['Transient', 'delivered', 'Transient']) {
      await enter('One')
      await evening()
      await send()
      await take(fate === 'delivered' ? callOf('email.delivered', await aboutLast()) : callOf('email.bounced', { ...await aboutLast(), bounce: { type: fate } }))
      world.clock.passMinutes(24 * 60)
    }
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ softBounces: 1 }])
  })

  it('R17: comes to the same end in every order of six, doubled, early and forged', async () => {
    await track(world, 'a@example.com', number)
    await enter('One')
    await evening()
    await send()
    const before = await rows()
    const about = await aboutLast()
    const bounced = callOf('email.bounced', { ...about, ...permanent })
    const calls = [
      callOf('email.delivered', about), bounced, bounced, callOf('email.complained', about),
      { ...callOf('email.delivered', { ...about, to: ['b@example.com'] }), signature: 'v1,forged' }, callOf('email.bounced', { ...about, ...permanent }, { at: new Date(Date.now() - 3_600_000) }),
    ]
    const ends = new Set<string>()
    const all = [...permutations(calls)]
    const tried = all.filter((_, nth) => nth % sized(24, 1) === 0)
    for (const [nth, order] of tried.entries()) {
      // Early: before the answer of the provider was written down.
      const isEarly = nth % 2 === 0
      await world.work(async ({ tx }) => {
        await tx.delete(takenDeliveries)
        await tx.update(subscribers).set({ suppressedAt: null, suppressedBecause: null })
        await tx.update(subscriptions).set({ emailState: 'active', pausedAt: null, pausedBecause: null, pausedUntil: null, missedAfter: null })
        for (const { id, state, providerId } of before) await tx.update(outboxMessages).set({ state: isEarly && state === 'sent' ? 'parked' : state, providerId }).where(eq(outboxMessages.id, id))
      })
      for (const call of order) await take(call)
      const [address] = await world.reading().tx.select({ because: subscribers.suppressedBecause }).from(subscribers)
      const one = await subscription()
      ends.add(JSON.stringify([(await lastNotice())?.state, address?.because, one?.emailState, one?.missedAfter]))
    }
    const isMet = ends.size === 1 && all.length === 720
    report('R17', `${ends.size} end of ${counted(tried.length)} orders of 6, half of them early`, isMet)
    expect([...ends]).toEqual([JSON.stringify(['delivered', 'complained', 'paused', 0])])
  })

  it('pauses tracking when a mail that arrived is called spam, which stays delivered', async () => {
    await track(world, 'a@example.com', number)
    await enter('One')
    await evening()
    await send()
    await take(callOf('email.delivered', await aboutLast()))
    await take(callOf('email.complained', await aboutLast()))
    expect(await lastNotice()).toMatchObject({ state: 'delivered' })
    expect(await subscription()).toMatchObject({ emailState: 'paused', pausedBecause: 'delivery' })
    expect(await world.reading().tx.select().from(subscribers)).toMatchObject([{ suppressedBecause: 'complained' }])
  })

  it('does the same where a relay refuses the address for good, and nothing where it refuses the mail only', async () => {
    await track(world, 'a@example.com', number)
    await send()
    const lease = async () => {
      const { batch } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 1, seconds: 60, remembersForMs: 0 }))
      if (!batch) throw new Error('Nothing was leased.')
      return batch
    }
    const refuse = async (isAddressRefused: boolean) => {
      await enter('One')
      await evening()
      const batch = await lease()
      await world.work((work) => settleBatch(work, batch, {
        kind: 'failed', reason: '550 no such user', isFinal: true, isUnanswered: false, retryAfterMs: null, isAddressRefused,
      }, { remembersForMs: 0, jitter: 0 }))
      return (await subscription())?.emailState
    }
    expect(await refuse(false)).toBe('active')
    expect(await refuse(true)).toBe('paused')
  })
})
