import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketEntries, formerCaseNumbers, nameWords, scheduledEvents } from '../../../db/schema.ts'
import { caseSearch } from '../../contract/case-search.ts'
import type { CaseRecord, FeedRecord } from '../../contract/records.ts'
import { pairsAmiss } from '../../testing/pair-words.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { findCase } from '../cases/find-case.ts'
import { getTrackableCase } from '../cases/get-trackable-case.ts'
import { searchCases } from '../cases/search-cases.ts'

const court = '13-BOONE'
const oldNumber = '25BE-CR00311'
const newNumber = '26BE-CR00007'
const third = '26BE-CR00099'
const aCase = (number: string, facts: Partial<CaseRecord> = {}): CaseRecord =>
  ({ type: 'case', number, court, caption: 'State v. Ilse Brandt', ...facts })
const entry = (number: string, id: string): FeedRecord =>
  ({ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: 'Order entered' })

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const numbers = async () => (await world.reading().tx.select().from(cases).orderBy(asc(cases.number))).map(({ number }) => number)
const former = async () => (await world.reading().tx.select().from(formerCaseNumbers).orderBy(asc(formerCaseNumbers.number)))
  .map(({ number, caseId }) => [number, caseId])
const page = async (number: string, inCourt?: string) => {
  const answer = await findCase(world.reading(), world.profile, { number, court: inCourt })
  return answer?.kind === 'case' ? answer.case.number : answer?.kind
}
const search = (q: string) => searchCases(world.reading(), world.profile, caseSearch.parse({ q }))

describe('a case that is renumbered (A9)', () => {
  it('is the same case under its new number, and the old one leads to it', async () => {
    await takeAll(world, [aCase(oldNumber), entry(oldNumber, 'e-1')])
    const [before] = await world.reading().tx.select().from(cases)
    expect(await takeAll(world, [aCase(newNumber, { formerNumber: oldNumber })])).toMatchObject({ accepted: 1, rejected: [] })
    expect(await world.reading().tx.select().from(cases)).toEqual([{ ...before, number: newNumber, numberKey: '26BECR00007' }])
    expect(await former()).toEqual([[oldNumber, before?.id]])
    expect(await page(oldNumber)).toBe(newNumber)
    expect(await page('25be cr00311', court)).toBe(newNumber)
    expect(await getTrackableCase(world.reading(), world.profile, { number: oldNumber })).toMatchObject({ id: before?.id, number: newNumber })
  })

  it('is opened by a search for exactly the old number, and found by the new one', async () => {
    await takeAll(world, [aCase(oldNumber), aCase(newNumber, { formerNumber: oldNumber })])
    const exact = { number: newNumber, court, needsCourt: false }
    expect(await search('25be-cr 00311')).toMatchObject({ exact, total: 1, cases: [{ number: newNumber }], isNameSearch: false })
    expect(await search('26BECR000')).toMatchObject({ exact: null, total: 1 })
    expect(await search('25BE-CR003')).toMatchObject({ exact: null, total: 0 })
    await takeAll(world, [aCase(`${oldNumber}-01`)])
    expect(await search(oldNumber)).toMatchObject({ exact, total: 1, cases: [{ number: `${oldNumber}-01` }] })
  })

  it('is reached by records that still name the old number, in whatever body', async () => {
    await takeAll(world, [aCase(oldNumber)])
    const report = await takeAll(world, [
      entry(oldNumber, 'e-1'), aCase(newNumber, { formerNumber: oldNumber }), entry(oldNumber, 'e-2'), entry(newNumber, 'e-3'),
      { type: 'docketEntry', case: oldNumber, court: null, id: 'e-4', filedAt: '2026-11-20', description: 'Order entered' },
    ])
    expect(report).toMatchObject({ accepted: 5, rejected: [], changes: { added: 4 } })
    await takeAll(world, [{ type: 'event', case: oldNumber, court, id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing' }])
    expect(await world.reading().tx.$count(docketEntries)).toBe(4)
    expect(await world.reading().tx.$count(scheduledEvents)).toBe(1)
    expect(await takeAll(world, [{ type: 'caseRemoved', number: oldNumber, court }])).toMatchObject({ accepted: 1 })
    expect(await numbers()).toEqual([])
    expect(await former()).toEqual([])
  })

  it('changes nothing when the record is sent again, or the one from before', async () => {
    const renumbered = aCase(newNumber, { formerNumber: oldNumber })
    await takeAll(world, [aCase(oldNumber), renumbered])
    expect(await takeAll(world, [renumbered, aCase(newNumber), aCase(oldNumber), renumbered])).toMatchObject({ accepted: 0, unchanged: 4 })
    expect(await numbers()).toEqual([newNumber])
  })

  it('is followed through several numbers, in whatever order they are told', async () => {
    const records = [aCase(oldNumber), aCase(newNumber, { formerNumber: oldNumber }), aCase(third, { formerNumber: newNumber })]
    await takeAll(world, records)
    expect(await numbers()).toEqual([third])
    for (const number of [oldNumber, newNumber]) expect(await page(number)).toBe(third)
    expect(await takeAll(world, records)).toMatchObject({ accepted: 0, unchanged: 3 })
    const other = await openWorld()
    try {
      await takeAll(other, records.toReversed())
      expect(await other.reading().tx.select({ number: cases.number }).from(cases)).toEqual([{ number: third }])
      expect(await other.reading().tx.$count(formerCaseNumbers)).toBe(2)
    } finally {
      await other.close()
    }
  })

  it('can have its old number back', async () => {
    await takeAll(world, [aCase(oldNumber), aCase(newNumber, { formerNumber: oldNumber }), aCase(oldNumber, { formerNumber: newNumber })])
    expect(await numbers()).toEqual([oldNumber])
    expect(await former()).toMatchObject([[newNumber, 1]])
    expect(await page(newNumber)).toBe(oldNumber)
  })

  it('is just taken in where nobody knows the former number, which leads to it from now on', async () => {
    expect(await takeAll(world, [aCase(newNumber, { formerNumber: oldNumber }), entry(oldNumber, 'e-1')])).toMatchObject({ accepted: 2, rejected: [] })
    expect(await page(oldNumber)).toBe(newNumber)
    expect(await takeAll(world, [aCase(newNumber, { formerNumber: newNumber })])).toMatchObject({ accepted: 0, unchanged: 1 })
    expect(await takeAll(world, [aCase(newNumber, { formerNumber: third })])).toMatchObject({ accepted: 1 })
    expect(await page(third)).toBe(newNumber)
  })

  it('needs no court where the numbers need none', async () => {
    await takeAll(world, [aCase(oldNumber), aCase(newNumber, { court: null, formerNumber: oldNumber })])
    expect(await numbers()).toEqual([newNumber])
    expect((await takeAll(world, [aCase(third, { court: null, formerNumber: '99-X' })])).rejected).toHaveLength(1)
  })

  it('takes a number in its own court only', async () => {
    await takeAll(world, [aCase(oldNumber, { court: '19-COLE' }), aCase(newNumber, { formerNumber: oldNumber })])
    expect(await numbers()).toEqual([oldNumber, newNumber])
    expect(await page(oldNumber)).toBe(oldNumber)
    expect(await page(oldNumber, court)).toBe(newNumber)
  })

  it('shows its new number where the number stood for a caption', async () => {
    await takeAll(world, [aCase(oldNumber, { caption: oldNumber }), aCase(newNumber, { caption: newNumber, formerNumber: oldNumber })])
    expect(await world.reading().tx.select().from(cases)).toMatchObject([{ caption: newNumber }])
    expect((await world.reading().tx.select().from(nameWords)).map(({ word }) => word).sort()).toEqual(['26be', 'cr00007'])
    expect(await pairsAmiss(world.reading())).toEqual([])
  })

  it('is not found by its old number while it is confidential', async () => {
    await takeAll(world, [aCase(oldNumber), aCase(newNumber, { formerNumber: oldNumber, security: 'confidential' })])
    expect(await page(oldNumber)).toBeUndefined()
    expect(await search(oldNumber)).toMatchObject({ exact: null, total: 0 })
    await expect(getTrackableCase(world.reading(), world.profile, { number: oldNumber })).rejects.toMatchObject({ code: 'caseNotFound' })
  })

  it('gives its old number up to another case that was filed on another day', async () => {
    await takeAll(world, [aCase(oldNumber, { filedOn: '2025-02-03' }), aCase(newNumber, { formerNumber: oldNumber })])
    await takeAll(world, [aCase(oldNumber, { filedOn: '2026-11-02', caption: 'Harbor v. Lowell' }), entry(oldNumber, 'e-1')])
    expect(await numbers()).toEqual([oldNumber, newNumber])
    expect(await page(oldNumber)).toBe(oldNumber)
    expect(await former()).toEqual([])
    const [other] = await world.reading().tx.select().from(cases).where(eq(cases.number, oldNumber))
    expect(await world.reading().tx.select().from(docketEntries)).toMatchObject([{ caseId: other?.id }])
  })

  it('leaves a case that another was split from', async () => {
    await takeAll(world, [aCase(oldNumber), aCase(newNumber, { formerNumber: oldNumber }), aCase(third, { formerNumber: oldNumber })])
    expect(await numbers()).toEqual([newNumber, third])
    expect(await page(oldNumber)).toBe(newNumber)
  })

  it('leads to a choice where cases of several courts had the number', async () => {
    await takeAll(world, [
      aCase(oldNumber), aCase(oldNumber, { court: '19-COLE' }), aCase(newNumber, { formerNumber: oldNumber }),
      aCase(third, { court: '19-COLE', formerNumber: oldNumber }),
    ])
    expect(await findCase(world.reading(), world.profile, { number: oldNumber })).toMatchObject({
      kind: 'choice', number: oldNumber, cases: [{ number: newNumber }, { number: third }],
    })
    expect(await page(oldNumber, '19-COLE')).toBe(third)
  })
})
