import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundledNotices, cases, docketEntries, messageContents, outboxMessages, subscribers, subscriptions } from '../../db/schema.ts'
import { deliverOutbox } from '../delivery/deliver-outbox.ts'
import { withdrawContents, withdrawEntryContents } from '../domain/docket/withdraw-contents.ts'
import { listMessages } from '../domain/my-cases/list-messages.ts'
import { requestReport } from '../domain/tracking/tracking-report.ts'
import { runEvening } from '../evening/run-evening.ts'
import { aContext, callerIn, testLinkKeys } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { putSubscription } from '../testing/put-subscription.ts'
import { explain, watchQueries } from '../testing/query-plans.ts'
import { createKeptLog, createStubMailer } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { takeAll } from '../testing/take-all.ts'
import { aPhone, trackByText } from '../testing/text-subscriber.ts'
import { openWorld, type World } from '../testing/world.ts'

const number = '26BA-CR00077'
const court = '13-BOONE'
const email = 'pat@example.com'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const sentTo = (accountId: number) => callerIn(aContext(world, { accountId })).myCases.sent
const enter = (id: string, more: object = {}) =>
  takeAll(world, [{ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: `Motion ${id}`, text: 'Filed.', ...more }])
const holdEvening = () => runEvening(world.workplace, world.site, { mayBeFuture: true })
async function deliver() {
  const [mailer, texter] = [createStubMailer(), createStubTexter()]
  await deliverOutbox({ workplace: world.workplace, profile: world.profile, mailer, texter, linkKeys: testLinkKeys, log: createKeptLog(), workerName: 'test' })
  return { mails: mailer.batches.flatMap(({ mails }) => mails), texts: texter.texts }
}

/** An account whose address tracks the case by e-mail and text, and was told of one entry. */
async function toldAccount(): Promise<number> {
  const accountId = await putTestAccount(world, email)
  await trackByText(world, email, number)
  world.clock.passMinutes(5)
  await enter('a')
  world.clock.passMinutes(5)
  await holdEvening()
  return accountId
}

describe('what was sent (G3)', () => {
  it('lists mail and texts of every kind, the newest first, with what became of each', async () => {
    const accountId = await toldAccount()
    await world.work((work) => requestReport(work, world.site, email))
    const before = await sentTo(accountId).list({ before: '' })
    expect(before.lines.map(({ what, words, channel, fate }) => [what, words, channel, fate])).toEqual([
      ['Tracking report', 'Your tracking report', 'email', 'queued'],
      ['Notice', `Case ${number}: 1 new entry`, 'email', 'queued'],
      ['Text notice', `Case ${number}: New entry: Motion a. Filed.`, 'text', 'queued'],
      ['Verification text', `Confirm texts about case ${number}`, 'text', 'queued'],
      ['Verification e-mail', `Confirm that you want to track case ${number}`, 'email', 'queued'],
    ])
    await deliver()
    const { lines, older } = await sentTo(accountId).list({ before: '' })
    expect(older).toBeNull()
    expect(lines.map(({ fate }) => fate)).toEqual(['sent', 'sent', 'sent', 'cancelled', 'cancelled'])
    expect(lines[1]).toMatchObject({ ofCase: { number, address: `/cases/${number}` } })
    expect(lines[1]?.fateSaid).toContain('handed over on November 20, 2026')
    expect(lines[3]?.fateSaid).toBe('It did not leave: what it asked for was settled by then.')
  })

  it('says that a text waits for sending hours, and when it leaves', async () => {
    const accountId = await putTestAccount(world, email)
    await trackByText(world, email, number)
    world.clock.set('2026-11-20T22:30:00-06:00')
    await enter('a')
    expect((await sentTo(accountId).list({ before: '' })).lines[0]).toMatchObject({
      fate: 'waitingForHours', fateSaid: 'It leaves on November 21, 2026, 8:00 a.m., when texts may be sent again.',
    })
  })

  it.each([
    ['delivered', 'delivered'], ['bounced', 'bounced'], ['failed', 'failed'], ['parked', 'unknown'],
  ] as const)('says of a message that is %s that it is %s, without a provider’s words', async (state, fate) => {
    const accountId = await toldAccount()
    await world.work(({ tx }) => tx.update(outboxMessages).set({ state, reason: 'Refused: PROVIDERWORDS', settledAt: world.clock.now(), attempts: 8 }))
    const { lines } = await sentTo(accountId).list({ before: '' })
    expect(new Set(lines.map((line) => line.fate))).toEqual(new Set([fate]))
    expect(JSON.stringify(lines)).not.toContain('PROVIDERWORDS')
  })

  it('shows a phone’s one text to each address that gets texts of the case there', async () => {
    await trackByText(world, 'first@example.com', number)
    const second = await putTestAccount(world, 'second@example.com')
    const third = await putTestAccount(world, 'third@example.com')
    await enter('early')
    await trackByText(world, 'second@example.com', number)
    await trackByText(world, 'third@example.com', number, '+15735550124')
    await enter('late')
    const textsOf = async (accountId: number) => (await sentTo(accountId).list({ before: '' })).lines.flatMap(({ what, words }) => (what === 'Text notice' ? [words] : []))
    expect(await textsOf(second)).toEqual([`Case ${number}: New entry: Motion late. Filed.`])
    expect(await textsOf(third)).toHaveLength(1)
  })

  it('goes back 90 days, 50 a page, each message once', async () => {
    const accountId = await putTestAccount(world, email)
    await world.work(async (work) => {
      for (let nth = 0; nth < 120; nth++) {
        const caseId = await putCase(work, { number: `26BA-CV${String(10_000 + nth)}` })
        const subscriptionId = await putSubscription(work, caseId, { email })
        const [content] = await work.tx.insert(messageContents).values({ caseId, payload: { kind: 'notice', subject: `Case ${String(nth)}` }, createdAt: work.now }).returning()
        const [subscription] = await work.tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId))
        await work.tx.insert(outboxMessages).values({
          dedupeKey: `notice/${String(subscriptionId)}/1`, kind: 'notice', state: 'sent', subscriberId: subscription?.subscriberId ?? 0, subscriptionId,
          contentId: content?.id ?? 0, createdAt: work.now, dueAt: work.now, attempts: 1,
        })
      }
    })
    const seen: (string | null)[] = []
    const sizes: number[] = []
    for (let before: string | null = ''; before !== null;) {
      const page: Awaited<ReturnType<ReturnType<typeof sentTo>['list']>> = await sentTo(accountId).list({ before })
      seen.push(...page.lines.map(({ words }) => words))
      sizes.push(page.lines.length)
      before = page.older
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(new Set(seen).size).toBe(120)
    expect(seen[0]).toBe('Case 119')
    for (const odd of ['x', '999999999999999-1', '1-0', '1;drop table accounts']) expect((await sentTo(accountId).list({ before: odd })).lines.length).toBeLessThanOrEqual(50)
    world.clock.set('2027-02-18T11:59:00-06:00')
    expect((await sentTo(accountId).list({ before: '' })).lines).toHaveLength(50)
    world.clock.set('2027-02-18T12:01:00-06:00')
    expect((await sentTo(accountId).list({ before: '' })).lines).toEqual([])
  })

  it('finds them by indexes', async () => {
    await toldAccount()
    const sent = await watchQueries(() => listMessages(world.reading(), 1, { limit: 51, before: { at: world.clock.now(), id: 1 } }))
    const steps = (await explain(world, sent)).flatMap((plan) => plan.split('\n'))
    expect(steps.length).toBeGreaterThan(5)
    expect(steps.filter((step) => /SCAN (outbox_messages|subscriptions|message_contents|cases)|Seq Scan on (outbox_messages|subscriptions)/.test(step))).toEqual([])
  })
})

describe('a copy of what was sent (G3)', () => {
  it('has the words as they left, and no link that confirms or stops anything', async () => {
    const accountId = await putTestAccount(world, email)
    await trackByText(world, email, number)
    await world.work((work) => requestReport(work, world.site, email))
    await enter('a')
    await holdEvening()
    const { mails, texts } = await deliver()
    const { lines } = await sentTo(accountId).list({ before: '' })
    const copies = await Promise.all(lines.map(({ id }) => sentTo(accountId).byId({ id })))
    const token = /https?:\S*\/[0-9a-z]+-[0-9a-z]+-[\w-]{22}\S*/g
    for (const { text, subject } of [...mails, ...texts.map(({ body }) => ({ text: body, subject: null }))]) {
      expect(text).toMatch(token)
      expect(copies.map(({ copy }) => copy)).toContainEqual({ subject, text: text.replace(token, '(link)') })
    }
    expect(JSON.stringify(copies)).not.toMatch(token)
    expect(copies.filter(({ channel }) => channel === 'text').map(({ phoneEnding }) => phoneEnding)).toEqual([aPhone.slice(-4), aPhone.slice(-4)])
  })

  it('has all cases of an e-mail of several (F2)', async () => {
    const accountId = await putTestAccount(world, email)
    await world.work(async (work) => {
      const other = await putCase(work, { number: '26BA-CR00078' })
      await putSubscription(work, other, { email })
      await putSubscription(work, 1, { email, note: 'My sister’s' })
      await work.tx.update(subscribers).set({ isBundled: true })
      await putEntry(work, other)
      await putEntry(work, 1)
    })
    await holdEvening()
    const { mails } = await deliver()
    const { lines } = await sentTo(accountId).list({ before: '' })
    expect(lines).toMatchObject([{ what: 'Notice of several cases', ofCase: null, fate: 'sent' }])
    const { copy } = await sentTo(accountId).byId({ id: lines[0]?.id ?? 0 })
    expect(copy?.text).toBe(mails[0]?.text.replace(/https?:\S*\/[0-9a-z]+-[0-9a-z]+-[\w-]{22}\S*/g, '(link)'))
    expect(copy?.text).toMatch(/26BA-CR00077[^]*26BA-CR00078/)
    const [why] = (await sentTo(accountId).why({ id: 2 })).changes
    expect(why?.email).toMatchObject({ sentId: lines[0]?.id })
    expect(why?.email.said).toContain('It was in the notice of that evening. Sent')
  })

  it('is not there of what was sealed or withdrawn since, of which only that something left is said (A9, F8)', async () => {
    const accountId = await toldAccount()
    await deliver()
    const [entry] = await world.reading().tx.select().from(docketEntries)
    await world.work(async (work) => {
      await work.tx.update(docketEntries).set({ security: 'confidential' })
      await withdrawEntryContents(work, 1, entry?.id ?? 0)
    })
    const { lines } = await sentTo(accountId).list({ before: '' })
    expect(lines.slice(0, 2)).toMatchObject([{ what: 'Notice', words: null, ofCase: null, fate: 'sent' }, { what: 'Text notice', words: null, ofCase: null }])
    expect(await sentTo(accountId).byId({ id: lines[0]?.id ?? 0 })).toMatchObject({ copy: null, words: null })
    expect(JSON.stringify(lines.slice(0, 2))).not.toContain(number)
  })

  it('is not there, nor is its line, of what was withdrawn before it left', async () => {
    const accountId = await toldAccount()
    await world.work((work) => withdrawContents(work, 1))
    expect((await sentTo(accountId).list({ before: '' })).lines.map(({ what }) => what)).toEqual(['Verification text', 'Verification e-mail'])
  })
})

describe('a case that is not public any more (A6)', () => {
  it('leaves nothing behind that names it', async () => {
    const accountId = await toldAccount()
    await world.work((work) => requestReport(work, world.site, email))
    await deliver()
    const { lines } = await sentTo(accountId).list({ before: '' })
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
    expect(await sentTo(accountId).list({ before: '' })).toEqual({ lines: [], older: null })
    for (const { id } of lines) await expect(sentTo(accountId).byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
    await expect(sentTo(accountId).why({ id: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
  })

  it('takes the words from an e-mail that names others too', async () => {
    const accountId = await putTestAccount(world, email)
    const other = await world.work((work) => putCase(work, { number: '26BA-CR00078' }))
    await world.work(async (work) => {
      await putSubscription(work, 1, { email })
      await putSubscription(work, other, { email })
      await requestReport(work, world.site, email)
    })
    expect((await sentTo(accountId).list({ before: '' })).lines).toMatchObject([{ words: 'Your tracking report' }])
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, other)))
    const { lines } = await sentTo(accountId).list({ before: '' })
    expect(lines).toMatchObject([{ what: 'Tracking report', words: null, ofCase: null }])
    expect(await sentTo(accountId).byId({ id: lines[0]?.id ?? 0 })).toMatchObject({ copy: null })
  })

  it('takes the words from an e-mail of several cases (F2)', async () => {
    const accountId = await putTestAccount(world, email)
    await world.work(async (work) => {
      const other = await putCase(work, { number: '26BA-CR00078' })
      const ids = [await putSubscription(work, 1, { email }), await putSubscription(work, other, { email })]
      const [content] = await work.tx.insert(messageContents).values({ payload: { kind: 'digest', subject: 'Two of your cases' }, createdAt: work.now }).returning()
      const [message] = await work.tx.insert(outboxMessages).values({
        dedupeKey: 'digest/1/1', kind: 'digest', state: 'sent', subscriberId: 1, contentId: content?.id ?? 0, createdAt: work.now, dueAt: work.now, attempts: 1,
      }).returning()
      for (const subscriptionId of ids) await work.tx.insert(bundledNotices).values({ messageId: message?.id ?? 0, subscriptionId, contentId: content?.id ?? 0 })
    })
    expect(await world.reading().tx.$count(bundledNotices)).toBe(2)
    const words = async () => (await sentTo(accountId).list({ before: '' })).lines.map((line) => line.words)
    expect(await words()).toEqual(['Two of your cases'])
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 1)))
    expect(await words()).toEqual([null])
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
    expect(await words()).toEqual([])
  })
})

describe('S15: somebody else’s messages', () => {
  it('are in no list and answer that they are not found', async () => {
    const accountId = await toldAccount()
    const { lines } = await sentTo(accountId).list({ before: '' })
    const stranger = await putTestAccount(world, 'stranger@example.com')
    await world.work(async (work) => {
      await putSubscription(work, 1, { email: 'stranger@example.com' })
      await putEntry(work, 1)
    })
    expect((await sentTo(stranger).list({ before: '' })).lines).toEqual([])
    for (const id of [...lines.map((line) => line.id), 9_999]) {
      await expect(sentTo(stranger).byId({ id })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
    }
    expect(await sentTo(stranger).explained()).toEqual([{ subscriptionId: 2, caseNumber: number, caption: 'Harbor v. Lowell' }])
    for (const id of [1, 9_999]) await expect(sentTo(stranger).why({ id })).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'Not found.' })
    await expect(callerIn(aContext(world)).myCases.sent.list({ before: '' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })
})
