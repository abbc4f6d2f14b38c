import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketEntries } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { putCase, putCourt, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { readCaseFeed, readDocketFeed } from './docket-feeds.ts'

const number = '26BA-CR00077'
const email = 'pat@example.com'

let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number, caption: 'Harbor v. Lowell' }))
})
afterEach(() => world.close())

const read = (name: { number: string; court?: string } = { number }) => readDocketFeed(world.reading(), world.site, name)
const refusal = (name: { number: string; court?: string }) => read(name).then(() => 'given', (error: unknown) => (error instanceof Refusal ? `${error.code}: ${error.message}` : 'bug'))
const readAll = (subscriberId = 1) => readCaseFeed(world.reading(), world.site, { subscriberId, address: 'http://localhost:3000/feeds/x/cases.atom' })

describe('the feed of a docket', () => {
  it('has the entries that changed last first, 100 at most, each known for good', async () => {
    await world.work(async (work) => {
      for (let nth = 1; nth <= 102; nth++) {
        await putEntry({ ...work, now: new Date(work.now.getTime() + nth * 1000) }, 1, { description: `Motion ${String(nth)}`, text: 'Filed.' })
      }
      await putEntry({ ...work, now: new Date(work.now.getTime() + 200_000) }, 1, { description: 'Order', status: 'voided', filedAt: new Date('2026-11-19T19:52:00Z') })
    })
    const feed = await read()
    expect(feed.entries).toHaveLength(100)
    expect(feed.entries[0]).toEqual({
      id: 'tag:localhost,2026:entry/103', title: 'Voided: Order', text: 'Filed November 19, 2026, 1:52 p.m. This entry was voided.', address: `http://localhost:3000/cases/${number}/docket`,
      updatedAt: new Date('2026-11-20T18:03:20Z'), publishedAt: new Date('2026-11-19T19:52:00Z'),
    })
    expect(feed.entries[1]).toMatchObject({ title: 'Motion 102', text: 'Filed November 20, 2026.\nFiled.', publishedAt: null })
    expect(feed).toMatchObject({ title: `Case ${number}: docket entries`, subtitle: 'Harbor v. Lowell', address: `http://localhost:3000/cases/${number}/docket.atom`, updatedAt: new Date('2026-11-20T18:03:20Z') })
  })

  it('has no sealed entry, and is not found alike where there is no case, a confidential one or several (A6, A9)', async () => {
    await world.work((work) => putEntry(work, 1, { security: 'confidential', description: 'CANARY' }))
    expect(JSON.stringify(await read())).not.toContain('CANARY')
    const missing = await refusal({ number: '26BA-CR99999' })
    expect(missing).toMatch(/^caseNotFound/)
    await world.work(async (work) => {
      await putCourt(work, { code: 'OTHER' })
      await putCase(work, { number, court: 'OTHER' })
    })
    expect(await refusal({ number })).toBe(missing)
    expect((await read({ number, court: 'OTHER' })).address).toBe(`http://localhost:3000/cases/${number}/docket.atom?court=OTHER`)
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }))
    expect(await refusal({ number, court: 'OTHER' })).toBe(missing)
  })
})

describe('the feed of all tracked cases (G5)', () => {
  it('has what is tracked, paused or texted, and nothing that was stopped, only asked for, sealed or is confidential', async () => {
    await world.work(async (work) => {
      const states = [
        { emailState: 'active' }, { emailState: 'paused', pausedAt: work.now, pausedBecause: 'asked', missedAfter: 0 }, { emailState: 'stopped', phone: '+15735550123' }, { emailState: 'stopped' },
        { emailState: 'pending', emailActiveAfter: null },
      ] as const
      for (const [nth, state] of states.entries()) {
        const caseId = await putCase(work, { number: `26BA-CV${String(nth)}` })
        await putEntry(work, caseId, { description: `Of ${String(nth)}` })
        await putSubscription(work, caseId, { email, ...state })
      }
      const secret = await putCase(work, { number: 'CANARY', security: 'confidential' })
      await putEntry(work, secret, { description: 'CANARY' })
      await putSubscription(work, secret, { email })
      const other = await putCase(work, { number: '26BA-OTHER' })
      await putEntry(work, other)
      await putSubscription(work, other, { email: 'other@example.com' })
    })
    const feed = await readAll()
    expect(feed.entries.map(({ title, address }) => [title, address])).toEqual([2, 1, 0].map((nth) => [`Case 26BA-CV${String(nth)}: Of ${String(nth)}`, `http://localhost:3000/cases/26BA-CV${String(nth)}/docket`]))
    await world.work(({ tx }) => tx.update(docketEntries).set({ security: 'confidential' }).where(eq(docketEntries.description, 'Of 1')))
    expect((await readAll()).entries).toHaveLength(2)
  })

  it('is there where nothing is tracked, and the same each time', async () => {
    expect(await readAll(99)).toEqual(await readAll(99))
    expect((await readAll(99)).entries).toEqual([])
  })

  it('finds entries by their cases', async () => {
    await world.work((work) => putSubscription(work, 1, { email }))
    const steps = (await explain(world, await watchQueries(async () => [await readAll(), await read()]))).flatMap((plan) => plan.split('\n'))
    expect(steps.filter((step) => /SCAN (docket_entries|subscriptions)|Seq Scan on (docket_entries|subscriptions)/.test(step))).toEqual([])
  })
})
