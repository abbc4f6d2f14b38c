import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, messageContents, outboxMessages } from '../../../db/schema.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { createComposer } from '../../delivery/compose.tsx'
import { runEvening } from '../../evening/run-evening.ts'
import { writeOut } from '../../ports.ts'
import { callerIn, aContext, testLinkKeys } from '../../testing/a-context.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase } from '../../testing/put-case.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { leaseBatch, type LeaseAnswer } from '../outbox/lease-messages.ts'
import { saveSearch, setWatched } from './saved-searches.ts'

let world: World
let mine: number
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00-06:00')
  mine = await putTestAccount(world, 'pat@example.com')
})
afterEach(() => world.close())

async function watch(q: string, name: string): Promise<number> {
  const id = await world.work((work) => saveSearch(work, { accountId: mine, name, search: caseSearch.parse({ q }) }))
  await world.work((work) => setWatched(work, { accountId: mine, id }, true))
  return id
}
async function putTwo(): Promise<void> {
  await world.work(async (work) => {
    await putCase(work, { number: '26-1', caption: 'Harbor v. Lowell' })
    await putCase(work, { number: '26-2', caption: '<b>Marsh</b> v. Lowell' })
  })
  await runEvening(world.workplace, world.site, { day: '2026-11-20', mayBeFuture: true })
}
const lease = (): Promise<LeaseAnswer> =>
  world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 100, seconds: 60, remembersForMs: 1_000_000 }))
async function mail() {
  const { batch } = await lease()
  if (!batch) return undefined
  const [made] = createComposer(testLinkKeys)(batch).composed
  return made && writeOut(made.mail)
}
const setSecurity = (number: string, security: 'public' | 'confidential') => world.work(({ tx }) => tx.update(cases).set({ security }).where(eq(cases.number, number)))

describe('mail of new cases', () => {
  it('names each with its court and link, says that nothing is tracked, and how to stop, in both its parts', async () => {
    await watch('lowell', 'The Lowells')
    await putTwo()
    const sent = await mail()
    expect(sent?.subject).toBe('2 new cases match a search you watch')
    for (const part of [sent?.html ?? '', sent?.text ?? '']) {
      for (const words of ['The Lowells', '26-1', 'Harbor v. Lowell', '13th Judicial Circuit, Boone County', '/search?q=lowell', '/cases/26-2', 'This does not track them', '/stop-watch/']) {
        expect(part).toContain(words)
      }
    }
    expect(sent?.html).not.toContain('<b>Marsh')
    expect(sent?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
  })

  it('stops its watches by one click in the mail program, and by its page, without a log-in', async () => {
    const [first] = [await watch('lowell', 'A'), await watch('harbor', 'B')]
    await putTwo()
    const sent = await mail()
    const { links, myCases } = callerIn(aContext(world, { accountId: mine }))
    const tokens = [...(sent?.text.matchAll(/stop-watch\/([\w-]+)/g) ?? [])].map(([, token = '']) => token)
    expect(tokens).toHaveLength(3)
    const visitor = callerIn(aContext(world)).links
    expect(await visitor.describe({ token: tokens[0] ?? '', purpose: 'stopWatch' })).toEqual({ kind: 'stopWatch', isAll: false, name: 'A' })
    expect(await visitor.stopWatch({ token: tokens[0] ?? '' })).toEqual({ message: 'You are no longer watching this search.' })
    expect((await myCases.searches.list()).map(({ id, isWatched }) => isWatched && id !== first)).toEqual([false, true])
    const oneClick = /api\/stop\/([\w-]+)/.exec(sent?.headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
    await links.stop({ token: oneClick, scope: 'case', choice: 'emailAndText' })
    expect((await myCases.searches.list()).some(({ isWatched }) => isWatched)).toBe(false)
    await expect(visitor.stopWatch({ token: `${oneClick}x` })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('leaves out a case that is not public any more, and does not leave for none (F8)', async () => {
    await watch('lowell', 'A')
    await putTwo()
    await setSecurity('26-2', 'confidential')
    const sent = await mail()
    expect(sent?.subject).toBe('1 new case matches a search you watch')
    expect(`${sent?.html}${sent?.text}`).not.toMatch(/26-2|Marsh/)
  })

  it('does not leave when none of its cases is public or nobody watches any more', async () => {
    const id = await watch('lowell', 'A')
    await putTwo()
    for (const number of ['26-1', '26-2']) await setSecurity(number, 'confidential')
    expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
    await world.work((work) => putCase(work, { number: '26-5' }))
    await runEvening(world.workplace, world.site, { day: '2026-11-21', mayBeFuture: true })
    await world.work((work) => setWatched(work, { accountId: mine, id }, false))
    expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
    expect((await world.reading().tx.select({ reason: outboxMessages.reason }).from(outboxMessages)).at(-1)?.reason).toContain('Nobody watches')
  })

  it('loses a case that is expunged, and is gone with its last (A9)', async () => {
    await watch('lowell', 'A')
    await putTwo()
    const said = async () => JSON.stringify(await world.reading().tx.select().from(messageContents))
    await takeAll(world, [{ type: 'caseRemoved', number: '26-2', court: '13-BOONE' }])
    expect(await said()).not.toMatch(/26-2|Marsh/)
    expect(await said()).toContain('1 new case matches')
    await takeAll(world, [{ type: 'caseRemoved', number: '26-1', court: '13-BOONE' }])
    expect(await said()).not.toMatch(/"26-1"|Harbor/)
    expect(await lease()).toMatchObject({ batch: null, settled: { cancelled: 1 } })
  })
})
