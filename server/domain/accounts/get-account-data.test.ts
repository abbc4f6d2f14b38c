import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountSessions, cases, savedSearches, subscribers, subscriptions } from '../../../db/schema.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { sendMail } from '../../testing/send-mail.ts'
import { trackByText } from '../../testing/text-subscriber.ts'
import { ask } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { requestReport } from '../tracking/tracking-report.ts'
import { findAccount } from './find-account.ts'
import { getAccountData } from './get-account-data.ts'

const email = 'pat@example.com'
let world: World
let id: number
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number: '26BA-CV00001' }))
  id = await putTestAccount(world, email, { kind: 'registered', name: 'Pat Lee', mailingAddress: '1 Court St', barNumber: '123' })
})
afterEach(() => world.close())

async function data() {
  const account = await findAccount(world.reading(), id)
  if (!account) throw new Error('There is none.')
  return getAccountData(world.reading(), account)
}

describe('the data of an account (G1)', () => {
  it('is all that we hold of it', async () => {
    await trackByText(world, email, '26BA-CV00001')
    await world.work(async (work) => {
      await work.tx.update(subscriptions).set({ note: "Sister's case" })
      await work.tx.insert(accountSessions).values({
        userId: id, token: 'secret-token', userAgent: 'A browser', expiresAt: new Date(work.now.getTime() + 1), createdAt: work.now, updatedAt: work.now,
      })
      await work.tx.insert(savedSearches).values({ accountId: id, name: 'Lowell', search: caseSearch.parse({ q: 'Lowell' }), isWatched: false, createdAt: work.now })
      await requestReport(work, world.site, email)
    })
    const now = world.clock.now()
    const told = await data()
    expect(told).toMatchObject({
      exportedAt: now,
      account: { emailAddress: email, isAddressVerified: true, kind: 'registered', name: 'Pat Lee', mailingAddress: '1 Court St', barNumber: '123' },
      sessions: [{ browser: 'A browser', since: now }],
      subscriptions: [{
        caseNumber: '26BA-CV00001', court: '13-BOONE', email: 'active', texts: 'active', phone: '+15735550123', entries: 'all', note: "Sister's case", trackedSince: now,
      }],
      requests: [{ caseNumber: '26BA-CV00001', phone: '+15735550123', askedAt: now, confirmedAt: now }],
      reportRequests: [{ askedAt: now }],
      phones: [{ number: '+15735550123' }],
      savedSearches: [{ name: 'Lowell', search: { q: 'Lowell' } }],
      messages: [{ kind: 'verification', fate: 'waiting', createdAt: now }, { kind: 'textVerification', caseNumber: '26BA-CV00001' }, { kind: 'report' }],
    })
    expect(JSON.stringify(told)).not.toMatch(/secret-token|password|hash/i)
  })

  it('says when a message is due until it was sent, and when it was settled then', async () => {
    await world.work((work) => requestReport(work, world.site, email))
    const now = world.clock.now()
    expect((await data()).messages).toMatchObject([{ kind: 'report', fate: 'waiting', dueAt: now, settledAt: null }])
    await sendMail(world)
    expect((await data()).messages).toMatchObject([{ kind: 'report', fate: 'sent', dueAt: null, settledAt: now }])
  })

  it('has nothing of a case that is not public, nor of anybody else', async () => {
    await trackByText(world, email, '26BA-CV00001')
    await world.work(async (work) => {
      await putSubscription(work, await putCase(work, { number: '26BA-CV00002' }), { email: 'lee@example.com', phone: '+15735550199', note: 'other' })
      await work.tx.update(subscriptions).set({ note: 'canary' }).where(eq(subscriptions.caseId, 1))
      await work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.id, 1))
    })
    await ask(world, 'lee@example.com', '26BA-CV00002', { eventTenDays: true })
    const told = await data()
    expect(told).toMatchObject({ subscriptions: [], requests: [], messages: [{ kind: 'verification' }] })
    expect(JSON.stringify(told)).not.toMatch(/canary|26BA|lee@|50199/)
  })

  it('says why its address takes no mail', async () => {
    await world.work((work) => work.tx.update(subscribers).set({ suppressedAt: work.now, suppressedBecause: 'bounced' }))
    expect(await data()).toMatchObject({ account: { addressTakesNoMailSince: world.clock.now(), addressTakesNoMailBecause: 'bounced' } })
  })
})
