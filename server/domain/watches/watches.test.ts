import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, messageContents, outboxMessages, savedSearches, subscribers, subscriptions } from '../../../db/schema.ts'
import { caseSearch, maxCountedCases } from '../../contract/case-search.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase, putCourt } from '../../testing/put-case.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { searchCases } from '../cases/search-cases.ts'
import { diceFor } from '../demo/dice.ts'
import type { CandidatesContent } from '../outbox/message-content.ts'
import { refuseTooWide } from './refuse-too-wide.ts'
import { deleteSearch, listSavedSearches, renameSearch, saveSearch, setWatched } from './saved-searches.ts'
import { stopWatch } from './stop-watch.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00-06:00')
})
afterEach(() => world.close())

const save = (accountId: number, typed: Record<string, unknown>, name = 'Mine'): Promise<number> =>
  world.work((work) => saveSearch(work, { accountId, name, search: caseSearch.parse(typed) }))
async function watch(accountId: number, typed: Record<string, unknown>, name?: string): Promise<number> {
  const id = await save(accountId, typed, name)
  await world.work((work) => setWatched(work, { accountId, id }, true))
  return id
}
const holdEvening = (day: string) => runEvening(world.workplace, world.site, { day, mayBeFuture: true })

/** What mail of new cases says, oldest first. */
async function candidates(): Promise<CandidatesContent[]> {
  const rows = await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .where(eq(outboxMessages.kind, 'candidates')).orderBy(outboxMessages.id)
  return rows.map(({ payload }) => payload as CandidatesContent)
}
const numbersOf = (content: CandidatesContent | undefined): string[][] =>
  (content?.searches ?? []).map((search) => search.cases.map(({ caseNumber }) => caseNumber))

describe('saved searches', () => {
  it('are listed, renamed, deleted, watched and not watched by their own account only', async () => {
    const [mine, other] = [await putTestAccount(world, 'pat@example.com'), await putTestAccount(world, 'sam@example.com')]
    const id = await save(mine, { q: 'Lowell', page: 3 })
    expect(await listSavedSearches(world.reading(), mine)).toMatchObject([{ id, name: 'Mine', address: '/search?q=Lowell', isWatched: false }])
    expect(await listSavedSearches(world.reading(), other)).toEqual([])
    const theirs = { accountId: other, id }
    for (const todo of [
      () => world.work((work) => renameSearch(work, theirs, 'Theirs')), () => world.work((work) => deleteSearch(work, theirs)),
      () => world.work((work) => setWatched(work, theirs, true)),
    ]) expect(await refusalOf(todo())).toBe('notFound')
    await world.work((work) => renameSearch(work, { accountId: mine, id }, 'Ours'))
    expect(await listSavedSearches(world.reading(), mine)).toMatchObject([{ name: 'Ours', isWatched: false }])
    await world.work((work) => deleteSearch(work, { accountId: mine, id }))
    expect(await listSavedSearches(world.reading(), mine)).toEqual([])
  })

  it('need a name, and are 50 at most', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    expect(await refusalOf(save(mine, { q: 'a' }, ''))).toBe('inputInvalid')
    for (let nth = 0; nth < 50; nth += 1) await save(mine, { q: `a${nth}` })
    expect(await refusalOf(save(mine, { q: 'b' }))).toBe('notAllowed')
  })

  it('are not watched by nothing, nor by one very common word alone', async () => {
    await world.work(async (work) => {
      for (let nth = 0; nth < 501; nth += 1) await putCase(work, { number: `26-${nth}`, caption: 'Smith v. Harbor' })
    })
    const asked = (typed: Record<string, unknown>) => refusalOf(refuseTooWide(world.reading(), world.profile, caseSearch.parse(typed)))
    expect(await asked({})).toBe('notAllowed')
    expect(await asked({ status: 'open', from: '2026-01-01' })).toBe('notAllowed')
    expect(await asked({ q: 'smith' })).toBe('notAllowed')
    for (const typed of [{ q: 'smith', court: '13-BOONE' }, { q: 'smith', type: 'CV' }, { q: 'smith otto' }, { q: 'marsh' }, { court: '13-BOONE' }]) {
      await expect(refuseTooWide(world.reading(), world.profile, caseSearch.parse(typed)), JSON.stringify(typed)).resolves.toBeUndefined()
    }
  })
})

describe('a watch', () => {
  it('tells in one e-mail of the new public cases that match, once, and tracks none', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    await world.work((work) => putCase(work, { number: '26-OLD', caption: 'Ostrow v. Lowell' }))
    await watch(mine, { q: 'ostrow' }, 'Ostrow')
    await watch(mine, { type: 'PR' }, 'Estates')
    await watch(mine, { q: 'nobody' })
    await world.work(async (work) => {
      await putCourt(work, { code: 'APART', isTakingPart: false })
      await putCase(work, { number: '26-1', caption: 'Harbor v. Bell', parties: [{ name: 'Ostrow, Ida' }] })
      await putCase(work, { number: '26-2', court: 'APART', caption: 'In re Ostrow', caseType: 'PR' })
      await putCase(work, { number: '26-3', caption: 'Ostrow v. Hidden', security: 'confidential' })
      await putCase(work, { number: '26-4', caption: 'Marsh v. Quill' })
    })
    expect(await holdEvening('2026-11-20')).toMatchObject({ notices: 0, emails: 1 })
    const [told, another] = await candidates()
    expect(another).toBeUndefined()
    expect(told).toMatchObject({ subject: '3 new matches for 2 searches you watch', searches: [{ name: 'Ostrow', more: 0 }, { name: 'Estates', more: 0 }] })
    expect(numbersOf(told)).toEqual([['26-1', '26-2'], ['26-2']])
    expect(told?.searches[0]?.cases).toMatchObject([
      { courtName: '13th Judicial Circuit, Boone County', remark: null },
      { courtName: 'Court APART', remark: 'Court APART does not take part in Track This Case, so its cases cannot be tracked.' },
    ])
    expect(JSON.stringify(told)).not.toContain('Hidden')
    expect(await world.reading().tx.$count(subscriptions)).toBe(0)
    await holdEvening('2026-11-21')
    expect(await candidates()).toHaveLength(1)
  })

  it('begins with what is recorded after it, and again after it was stopped', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    const id = await watch(mine, { q: 'lowell' })
    await world.work((work) => setWatched(work, { accountId: mine, id }, false))
    await world.work((work) => putCase(work, { number: '26-1' }))
    await holdEvening('2026-11-20')
    await world.work((work) => setWatched(work, { accountId: mine, id }, true))
    await world.work((work) => putCase(work, { number: '26-2' }))
    await holdEvening('2026-11-21')
    expect((await candidates()).map(numbersOf)).toEqual([[['26-2']]])
  })

  it('is stopped by its link, or with all of its account', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    const [first, second] = [await watch(mine, { q: 'lowell' }), await watch(mine, { q: 'harbor' })]
    await world.work((work) => stopWatch(work, { id: first, version: 1 }))
    expect((await listSavedSearches(world.reading(), mine)).map(({ id, isWatched }) => [id, isWatched])).toEqual([[first, false], [second, true]])
    await world.work((work) => stopWatch(work, { id: mine, version: 2 }))
    expect((await listSavedSearches(world.reading(), mine)).some(({ isWatched }) => isWatched)).toBe(false)
  })

  it('tells nothing of history that is taken in quietly (I7)', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    await watch(mine, { q: 'lowell' })
    const aCase = (number: string) => ({ type: 'case' as const, number, court: '13-BOONE', caption: 'Harbor v. Lowell' })
    await takeAll(world, [aCase('25-1')], { isQuiet: true })
    await takeAll(world, [aCase('25-1'), aCase('26-1')])
    expect((await world.reading().tx.select({ number: cases.number, isHistory: cases.isHistory }).from(cases).orderBy(cases.id))).toEqual([
      { number: '25-1', isHistory: true }, { number: '26-1', isHistory: false },
    ])
    await holdEvening('2026-11-20')
    expect((await candidates()).map(numbersOf)).toEqual([[['26-1']]])
  })

  it('tells an account whose address takes no mail nothing, nor later', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    await watch(mine, { q: 'lowell' })
    const suppress = (suppressedAt: Date | null) => world.work(({ tx }) => tx.update(subscribers).set({ suppressedAt, suppressedBecause: suppressedAt && 'bounced' }))
    await suppress(world.clock.now())
    await world.work((work) => putCase(work, { number: '26-1' }))
    await holdEvening('2026-11-20')
    await suppress(null)
    await world.work((work) => putCase(work, { number: '26-2' }))
    await holdEvening('2026-11-21')
    expect((await candidates()).map(numbersOf)).toEqual([[['26-2']]])
  })

  it('names case numbers and links only where the account or the court wants that (F11)', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    await watch(mine, { q: 'lowell' }, 'Lowell')
    await world.work(({ tx }) => tx.update(subscribers).set({ isPrivate: true }))
    await world.work((work) => putCase(work, { number: '26-1' }))
    await holdEvening('2026-11-20')
    const [told] = await candidates()
    expect(told).toMatchObject({ subject: 'Update on a search you watch', heading: '1 new case matches a search you watch' })
    expect(JSON.stringify(told)).not.toMatch(/lowell|boone/i)
    expect(numbersOf(told)).toEqual([['26-1']])
  })

  it('lists 25 cases and says how many more there are', async () => {
    const mine = await putTestAccount(world, 'pat@example.com')
    await watch(mine, { q: 'lowell' })
    await world.work(async (work) => {
      for (let nth = 0; nth < 30; nth += 1) await putCase(work, { number: `26-${nth}` })
    })
    await holdEvening('2026-11-20')
    const [told] = await candidates()
    expect(told?.searches[0]?.cases).toHaveLength(25)
    expect(told).toMatchObject({ subject: '30 new cases match a search you watch', searches: [{ more: 5 }] })
  })

  it('finds exactly what the search finds, on cases and searches thrown with dice', async () => {
    const dice = diceFor(7)
    const pick = <T,>(list: readonly T[]): T => dice.pick(list)
    const below = (most: number): number => dice.between(0, most - 1)
    const words = ['ada', 'adam', 'lowell', 'low', 'núñez', 'nunez', 'o’dell', 'bell', '2', 'rivers', 'x', '𝒜da', 'estate', '26BA', 'the', 'v', 'adamson', 'zoe', 'finn', 'bells', 'th', 'an', 'and', 'theo']
    const [courtCodes, types, days] = [['13-BOONE', '19-COLE'], ['CV', 'CR'], ['2026-01-01', '2026-02-01', null]] as const
    // Now and then of more words than are paired.
    const aName = (): string => Array.from({ length: below(10) === 0 ? 30 : 1 + below(4) }, () => pick(words)).join(' ')
    const putSome = (prefix: string, amount: number) => world.work(async (work) => {
      for (let nth = 0; nth < amount; nth += 1) {
        await putCase(work, {
          number: `${prefix}${pick(['26BA-', '25', 'ESTATE-', 'ADA'])}${nth}`, court: pick(courtCodes), caseType: pick(types), filedOn: pick(days), status: pick(['open', 'closed']),
          security: below(8) === 0 ? 'confidential' : 'public', caption: aName(), parties: Array.from({ length: below(3) }, () => ({ name: aName() })),
        })
      }
    })
    await putSome('A', 40)
    const searches = Array.from({ length: 50 }, () => ({
      q: below(5) === 0 ? '' : below(4) === 0 ? pick(['26ba', 'A26', 'estate', 'B2', 'ada', 'BESTATE', 'b-ada']) : aName(),
      ...(below(3) === 0 && { court: pick(courtCodes) }), ...(below(4) === 0 && { type: pick(types) }), ...(below(4) === 0 && { status: 'open' }),
      ...(below(4) === 0 && { from: '2026-01-15' }), ...(below(6) === 0 && { circuit: '13' }), ...(below(6) === 0 && { county: 'Cole' }),
    }))
    const ids: number[] = []
    // A mail lists 100 cases: four searches find no more.
    for (let from = 0; from < searches.length; from += 4) {
      const accountId = await putTestAccount(world, `reader${from}@example.com`)
      for (const search of searches.slice(from, from + 4)) ids.push(await watch(accountId, search))
    }
    const before = (await world.reading().tx.select({ seen: savedSearches.seenCaseId }).from(savedSearches))[0]?.seen ?? 0
    await putSome('B', 20)
    await holdEvening('2026-11-20')
    const told = new Map((await candidates()).flatMap(({ searches: told }) => told).map((one) => [one.searchId, one.cases.map(({ caseNumber }) => caseNumber).sort()]))
    let found = 0
    for (const [at, search] of searches.entries()) {
      const results = await searchCases(world.reading(), world.profile, caseSearch.parse(search))
      expect(results.total).toBeLessThan(maxCountedCases)
      const shown = [...results.cases]
      for (let page = 2; page <= results.pageCount; page += 1) shown.push(...(await searchCases(world.reading(), world.profile, caseSearch.parse({ ...search, page }))).cases)
      const isNew = async ({ number, court }: (typeof shown)[number]) =>
        ((await world.reading().tx.select({ id: cases.id }).from(cases).where(and(eq(cases.number, number), eq(cases.court, court.code))))[0]?.id ?? 0) > before
      const expected: string[] = []
      for (const one of shown) if (await isNew(one)) expected.push(one.number)
      found += expected.length
      expect(told.get(ids[at] ?? 0) ?? [], JSON.stringify(search)).toEqual(expected.sort())
    }
    expect(found).toBeGreaterThan(50)
  })
})
