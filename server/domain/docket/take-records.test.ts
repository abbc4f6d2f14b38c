import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, courts, docketChanges, docketEntries, scheduledEvents } from '../../../db/schema.ts'
import { DatabaseUnavailable } from '../../../db/tx.ts'
import type { CaseRecord, DocketEntryRecord, FeedRecord, Reading } from '../../contract/records.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { readingsOf, takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { searchCases } from '../cases/search-cases.ts'
import { takeRecords } from './take-records.ts'

const itsCase = (number: string, court: string | null = '13-BOONE'): CaseRecord =>
  ({ type: 'case', number, court, caption: `Harbor v. ${number}` })
const entry = (of: string, id: string, facts: Partial<DocketEntryRecord> = {}): DocketEntryRecord =>
  ({ type: 'docketEntry', case: of, court: '13-BOONE', id, filedAt: '2026-11-20', description: 'Order entered', ...facts })

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const take = (readings: AsyncIterable<Reading>) => takeRecords(world.workplace, readings, { isQuiet: false, site: world.site })
const entryTexts = async () => (await world.reading().tx.select().from(docketEntries).orderBy(asc(docketEntries.id))).map((one) => one.text)

describe('a body of records (I1)', () => {
  it('counts what was new, what was known and what was bad, lines in order', async () => {
    await takeAll(world, [itsCase('25BE-CR00311')])
    const report = await takeAll(world, [
      entry('25BE-CR99999', 'e-1'), itsCase('25BE-CR00311'), entry('25BE-CR00311', 'e-1'), itsCase('25BE-CR00312', '99-NOWHERE'),
      entry('25BE-CR00311', 'e-2', { status: 'voided' }), entry('25BE-CR00311', 'e-1', { text: 'More.' }),
    ])
    expect(report).toEqual({
      accepted: 3,
      unchanged: 1,
      rejected: [
        { line: 1, reason: 'No case 25BE-CR99999 in court 13-BOONE is known here: send the case first or in the same body.' },
        { line: 4, reason: 'No court 99-NOWHERE is known here. A list of courts shows the codes.' },
      ],
      changes: { added: 1, updated: 1, voided: 1 },
    })
  })

  it('passes on what the reader refused, and takes the rest', async () => {
    async function* readings(): AsyncGenerator<Reading> {
      yield { line: 1, reason: 'This line is not valid JSON.' }
      yield { line: 2, record: itsCase('25BE-CR00311'), counts: true }
    }
    expect(await take(readings())).toMatchObject({ accepted: 1, rejected: [{ line: 1, reason: 'This line is not valid JSON.' }] })
  })

  it('changes nothing when it is sent again', async () => {
    const body: FeedRecord[] = [
      itsCase('25BE-CR00311'), entry('25BE-CR00311', 'e-1'),
      { type: 'event', case: '25BE-CR00311', court: '13-BOONE', id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing' },
      {
        type: 'payment', case: '25BE-CR00311', court: '13-BOONE', plan: 'P-1', person: 'A', dueOn: '2026-12-10', amountDueCents: 50,
        pastDueCents: 0,
      },
    ]
    expect(await takeAll(world, body)).toMatchObject({ accepted: 4, unchanged: 0 })
    world.clock.passMinutes(60)
    expect(await takeAll(world, body)).toEqual({ accepted: 0, unchanged: 4, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })
  })

  it('takes one bad record among many, in every place of many transactions', async () => {
    const body: FeedRecord[] = [itsCase('25BE-CR00311')]
    for (let nth = 1; nth <= 700; nth++) body.push(entry(nth % 100 === 7 ? '25BE-CR99999' : '25BE-CR00311', `e-${nth}`))
    const report = await takeAll(world, body)
    expect(report.accepted).toBe(694)
    expect(report.rejected.map((one) => one.line)).toEqual([8, 108, 208, 308, 408, 508, 608])
    expect(await world.reading().tx.$count(docketEntries)).toBe(693)
  })

  it('counts a source record that reads as several once, and as accepted when any of them changed something', async () => {
    async function* readings(caption: string): AsyncGenerator<Reading> {
      yield { line: 1, record: { ...itsCase('25BE-CR00311'), caption }, counts: false }
      yield { line: 1, record: entry('25BE-CR00311', 'e-1'), counts: true }
    }
    expect(await take(readings('Harbor v. Lowell'))).toMatchObject({ accepted: 1, unchanged: 0 })
    expect(await take(readings('Harbor v. Lowell, et al.'))).toMatchObject({ accepted: 1, unchanged: 0 })
    expect(await take(readings('Harbor v. Lowell, et al.'))).toMatchObject({ accepted: 0, unchanged: 1 })
  })

  it('takes texts as long as the contract allows, in any writing, and finds a case by them', async () => {
    const nth = (length: number): string => Array.from({ length }, (_, at) => String.fromCodePoint(0x4e00 + (at * 7919) % 20_000)).join('')
    const [number, court, id] = [nth(100), '13-BOONE', nth(200)]
    const body: FeedRecord[] = [
      { type: 'case', number, court, caption: nth(2_000), caseType: nth(100), parties: [{ name: nth(500), role: nth(500), attorney: nth(5_000) }] },
      { type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', code: nth(100), description: nth(5_000), text: nth(200_000) },
      { type: 'event', case: number, court, id, startsAt: '1700-01-01T00:00:00Z', endsAt: '2200-12-31T23:59:59.999Z', kind: nth(500) },
      { type: 'payment', case: number, court, plan: id, dueOn: '2026-12-01', person: nth(500), amountDueCents: 999_999_999_999, pastDueCents: 0 },
    ]
    expect(await takeAll(world, body)).toMatchObject({ accepted: 4, rejected: [] })
    expect(await takeAll(world, body)).toMatchObject({ accepted: 0, unchanged: 4 })
    expect(await searchCases(world.reading(), world.profile, caseSearch.parse({ q: nth(150) }))).toMatchObject({ total: 1 })
  })

  it('names a bad source record once', async () => {
    async function* readings(): AsyncGenerator<Reading> {
      yield { line: 1, record: itsCase('25BE-CR00311', '99-NOWHERE'), counts: false }
      yield { line: 1, record: entry('25BE-CR00311', 'e-1', { court: '99-NOWHERE' }), counts: true }
    }
    expect((await take(readings())).rejected).toHaveLength(1)
  })

  it('tells how many records are settled, all of them at last', async () => {
    const told: number[] = []
    const body = [
      entry('25BE-CR00311', 'e-0'), itsCase('25BE-CR00311'),
      ...Array.from({ length: 450 }, (_, nth) => entry('25BE-CR00312', `e-${nth}`)),
    ]
    await takeRecords(world.workplace, readingsOf(body), {
      isQuiet: false, site: world.site, onProgress: (settled) => told.push(settled),
    })
    expect(told.at(-1)).toBe(452)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('shows no control character of a record in a reason (H3)', async () => {
    expect((await takeAll(world, [entry('25BE\u001b[31m\u202e', 'e-1')])).rejected[0]?.reason).toContain('No case 25BE[31m in court')
  })
})

describe('records in any order', () => {
  it('accepts what comes before its case', async () => {
    const report = await takeAll(world, [
      entry('25BE-CR00311', 'e-1'),
      { type: 'event', case: '25BE-CR00311', court: '13-BOONE', id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Hearing' },
      itsCase('25BE-CR00311'),
    ])
    expect(report).toMatchObject({ accepted: 3, rejected: [], changes: { added: 1 } })
  })

  it('accepts thousands before their case, in their order', async () => {
    const body = Array.from({ length: 2_500 }, (_, nth) => entry('25BE-CR00311', `e-${nth}`, { text: `${nth}` }))
    const report = await takeAll(world, [...body, itsCase('25BE-CR00311')])
    expect(report).toMatchObject({ accepted: 2_501, rejected: [] })
    expect(await entryTexts()).toEqual(body.map((one) => one.text))
  })

  it('keeps the last version of an entry whose first came before its case', async () => {
    await takeAll(world, [
      entry('25BE-CR00311', 'e-1', { text: 'one' }), itsCase('25BE-CR00311'), entry('25BE-CR00311', 'e-1', { text: 'two' }),
    ])
    expect(await entryTexts()).toEqual(['two'])
    expect((await world.reading().tx.select().from(docketChanges).orderBy(asc(docketChanges.id))).map((one) => one.kind))
      .toEqual(['added', 'updated'])
  })

  it('keeps the last version across transactions too', async () => {
    const others = Array.from({ length: 600 }, (_, nth) => itsCase(`25BE-CC${nth}`))
    await takeAll(world, [
      entry('25BE-CR00311', 'e-1', { text: 'one' }), ...others,
      itsCase('25BE-CR00311'), ...others, entry('25BE-CR00311', 'e-1', { text: 'two' }),
    ])
    expect(await entryTexts()).toEqual(['two'])
  })
})

describe('records without a court', () => {
  it('belong to the case that alone has the number, wherever it stands in the body', async () => {
    const report = await takeAll(world, [entry('25BE-CR00311', 'e-1', { court: null }), itsCase('25BE-CR00311', '19-COLE')])
    expect(report).toMatchObject({ accepted: 2, changes: { added: 1 } })
  })

  it('are refused when several courts have the number, even if the second case comes last', async () => {
    const report = await takeAll(world, [
      itsCase('25BE-CR00311'), entry('25BE-CR00311', 'e-1', { court: null }), itsCase('25BE-CR00311', '19-COLE'),
    ])
    expect(report.rejected).toEqual([{ line: 2, reason: 'Several courts have a case 25BE-CR00311: 13-BOONE, 19-COLE. Name its court.' }])
  })

  it('are refused when no court has it', async () => {
    expect((await takeAll(world, [entry('25BE-CR00311', 'e-1', { court: null })])).rejected).toEqual([
      { line: 1, reason: 'No case 25BE-CR00311 is known here: send the case first or in the same body.' },
    ])
  })

  it('keep their order among those that name it', async () => {
    await takeAll(world, [
      itsCase('25BE-CR00311'), entry('25BE-CR00311', 'e-1', { text: 'one', court: null }), entry('25BE-CR00311', 'e-1', { text: 'two' }),
    ])
    expect(await entryTexts()).toEqual(['two'])
  })
})

describe('a court that an import brings (I3)', () => {
  const brought = { type: 'court', code: 'zzd', name: 'District of Zenith', timeZone: 'America/Anchorage' } as const

  it('is added, taking part, with its zone', async () => {
    await takeAll(world, [
      brought, itsCase('3:25-cv-00017', 'zzd'), entry('3:25-cv-00017', '1', { court: 'zzd', filedAt: '2026-11-21T08:30:00Z' }),
    ])
    expect((await world.reading().tx.select().from(courts)).find((one) => one.code === 'zzd')).toEqual({
      code: 'zzd', name: 'District of Zenith', shortName: 'District of Zenith', circuit: null, timeZone: 'America/Anchorage',
      isTakingPart: true, takingPartSince: '2026-11-20', isInProfile: false,
    })
    expect((await world.reading().tx.select().from(docketEntries))[0]?.filedOn).toBe('2026-11-20')
    expect((await world.reading().tx.select().from(cases))[0]?.caseType).toBe('CV')
  })

  it('is left as it is when it is known', async () => {
    await takeAll(world, [brought])
    expect(await takeAll(world, [{ ...brought, name: 'Another', timeZone: 'Asia/Tokyo' }, { ...brought, code: '13-BOONE' }]))
      .toMatchObject({ unchanged: 2 })
    expect((await world.reading().tx.select().from(courts)).filter((one) => one.name === 'Another' || !one.isInProfile))
      .toMatchObject([{ name: 'District of Zenith' }])
  })

  it('is refused with a time zone that nobody knows', async () => {
    expect((await takeAll(world, [{ ...brought, timeZone: 'America/Zenith' }])).rejected).toEqual([
      { line: 1, reason: 'The time zone America/Zenith of court zzd is not known.' },
    ])
  })
})

describe('a failure that is no record’s fault', () => {
  it('comes through when the source breaks, and what was taken until then stays', async () => {
    async function* broken(): AsyncGenerator<Reading> {
      yield* readingsOf(Array.from({ length: 450 }, (_, nth) => itsCase(`25BE-CC${nth}`)))
      throw new Error('The connection was lost.')
    }
    await expect(take(broken())).rejects.toThrow('The connection was lost.')
    expect(await world.reading().tx.$count(cases)).toBe(400)
  })

  it('comes through when the database fails, and undoes its transaction only', async () => {
    let transactions = 0
    const failing = {
      ...world.workplace,
      inOneTransaction: <T>(todo: Parameters<typeof world.workplace.inOneTransaction<T>>[0]): Promise<T> =>
        world.workplace.inOneTransaction(async (work) => {
        const result = await todo(work)
        if (++transactions === 2) throw new DatabaseUnavailable('FULL', false, new Error('No room is left.'))
        return result
      }),
    }
    const body = Array.from({ length: 450 }, (_, nth) => itsCase(`25BE-CC${nth}`))
    await expect(takeRecords(failing, readingsOf(body), { isQuiet: false, site: world.site })).rejects.toBeInstanceOf(DatabaseUnavailable)
    expect(await world.reading().tx.$count(cases)).toBe(200)
    expect(await takeAll(world, body)).toMatchObject({ accepted: 250, unchanged: 200 })
  })
})

it('lets other work of the process run between its transactions', async () => {
  let ticks = 0
  const timer = setInterval(() => ticks++, 0)
  await takeAll(world, Array.from({ length: 2_000 }, (_, nth) => itsCase(`25BE-CC${nth}`)))
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(3)
  expect(await world.reading().tx.$count(scheduledEvents)).toBe(0)
})
