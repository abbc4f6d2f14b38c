import Sqlite from 'better-sqlite3'
import { asc, eq, gt } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketChanges, messageContents, namePairs, nameWords, parties } from '../../../db/schema.ts'
import type { CaseRecord } from '../../contract/records.ts'
import { fillWorld } from '../../testing/fill-world.ts'
import { pairsAmiss } from '../../testing/pair-words.ts'
import { explain, watchQueries } from '../../testing/query-plans.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { silenceCase } from './silence-changes.ts'

const number = '25BE-CR00311'
const court = '13-BOONE'
const its = (facts: Partial<CaseRecord> = {}): CaseRecord => ({ type: 'case', number, court, caption: 'State v. Ilse Brandt', ...facts })
const full = its({
  caseType: 'CR', filedOn: '2025-03-04', status: 'open', security: 'public', judge: 'R. Osei',
  parties: [{ name: 'Brandt, Ilse', role: 'Defendant', attorney: 'P. Quintero' }, { name: 'State of Missouri', role: 'Plaintiff' }],
})
const entry = { type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-20', description: 'Order entered' } as const

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const theCase = async () => {
  const [one] = await world.reading().tx.select().from(cases)
  if (!one) throw new Error('no case')
  return one
}
const changes = () => world.reading().tx.select().from(docketChanges).orderBy(asc(docketChanges.id))
const words = async () => (await world.reading().tx.select().from(nameWords).orderBy(asc(nameWords.ordinal), asc(nameWords.word)))
  .map(({ word, ordinal }) => `${ordinal} ${word}`)
const pairs = async () => (await world.reading().tx.select().from(namePairs).orderBy(asc(namePairs.ordinal), asc(namePairs.word), asc(namePairs.otherWord)))
  .map(({ word, otherWord, ordinal }) => `${ordinal} ${word} ${otherWord}`)

describe('a source without a caption', () => {
  it('does not wipe out the one that is known', async () => {
    await takeAll(world, [full])
    expect(await takeAll(world, [its({ caption: number })])).toMatchObject({ accepted: 0, unchanged: 1 })
    expect(await theCase()).toMatchObject({ caption: 'State v. Ilse Brandt' })
  })
})

describe('a case that arrives', () => {
  it('is kept with its parties and the words by which it is found', async () => {
    expect(await takeAll(world, [full])).toMatchObject({ accepted: 1, changes: { added: 0, updated: 0, voided: 0 } })
    expect(await theCase()).toMatchObject({
      court, number, numberKey: '25BECR00311', caption: 'State v. Ilse Brandt', caseType: 'CR', filedOn: '2025-03-04', status: 'open',
      security: 'public', judge: 'R. Osei', lastActivityAt: null, recordedAt: new Date('2026-11-20T18:00:00Z'),
    })
    expect(await world.reading().tx.select().from(parties).orderBy(asc(parties.ordinal))).toMatchObject([
      { ordinal: 1, name: 'Brandt, Ilse', role: 'Defendant', attorney: 'P. Quintero' },
      { ordinal: 2, name: 'State of Missouri', role: 'Plaintiff', attorney: null },
    ])
    expect(await words()).toEqual(['0 brandt', '0 ilse', '0 state', '0 v', '1 brandt', '1 ilse', '2 missouri', '2 of', '2 state'])
    expect(await pairs()).toEqual([
      '0 brandt ilse', '0 brandt state', '0 ilse brandt', '0 ilse state', '0 state brandt', '0 state ilse', '1 brandt ilse', '1 ilse brandt',
      '2 missouri state', '2 state missouri',
    ])
    expect(await changes()).toEqual([])
  })

  it('is found by each word by itself where a name has too many to pair', async () => {
    const many = Array.from({ length: 13 }, (_, nth) => `Word${nth}`)
    await takeAll(world, [its({ caption: `${many.slice(0, 12).join(' ')} v. the`, parties: [{ name: many.join(' '), role: 'Party' }] })])
    expect((await pairs()).filter((pair) => pair.startsWith('0'))).toHaveLength(12 * 11)
    expect((await pairs()).filter((pair) => pair.startsWith('1'))).toEqual(many.map((word) => `1 ${word.toLowerCase()} `).sort())
  })

  it('is found by all of thousands of parties, and by none of them any more when they go', async () => {
    const many = Array.from({ length: 3_000 }, (_, nth) => ({ name: `Claimant${nth} of ${nth} Ada`, role: 'Plaintiff' }))
    await takeAll(world, [its({ parties: many })])
    expect(await world.reading().tx.$count(namePairs, gt(namePairs.ordinal, 0))).toBe(3_000 * 6)
    expect(await pairsAmiss(world.reading())).toEqual([])
    await takeAll(world, [its({ parties: [] })])
    expect(await world.reading().tx.$count(namePairs, gt(namePairs.ordinal, 0))).toBe(0)
    expect(await pairsAmiss(world.reading())).toEqual([])
  })

  it('takes the defaults where the record says nothing, and its type from its number', async () => {
    await takeAll(world, [its()])
    expect(await theCase()).toMatchObject({ caseType: 'CR', filedOn: null, status: 'open', security: 'public', judge: null })
  })

  it('is refused where its court is not known', async () => {
    const report = await takeAll(world, [its({ court: '99-NOWHERE' }), its()])
    expect(report.rejected).toEqual([{ line: 1, reason: 'No court 99-NOWHERE is known here. A list of courts shows the codes.' }])
    expect(report.accepted).toBe(1)
  })

  it('is refused without a court when nothing says where it belongs', async () => {
    expect((await takeAll(world, [its({ court: null })])).rejected).toEqual([
      { line: 1, reason: 'No case 25BE-CR00311 is known here, so its court must be named.' },
    ])
  })
})

describe('a case that comes again', () => {
  it('changes nothing when nothing differs', async () => {
    await takeAll(world, [full])
    expect(await takeAll(world, [full, its()])).toMatchObject({ accepted: 0, unchanged: 2 })
  })

  it('keeps what the record leaves out', async () => {
    await takeAll(world, [full])
    await takeAll(world, [its({ caption: 'State v. Ilse B. Brandt' })])
    expect(await theCase()).toMatchObject({ caption: 'State v. Ilse B. Brandt', caseType: 'CR', filedOn: '2025-03-04', judge: 'R. Osei' })
    expect(await world.reading().tx.$count(parties)).toBe(2)
    expect(await words()).toEqual(['0 b', '0 brandt', '0 ilse', '0 state', '0 v', '1 brandt', '1 ilse', '2 missouri', '2 of', '2 state'])
  })

  it('replaces the parties that are given, in their order', async () => {
    await takeAll(world, [full])
    await takeAll(world, [its({ parties: [{ name: 'Kępa, Zofia', role: 'Intervenor' }] })])
    expect(await world.reading().tx.select().from(parties)).toMatchObject([{ ordinal: 1, name: 'Kępa, Zofia' }])
    expect(await words()).toEqual(['0 brandt', '0 ilse', '0 state', '0 v', '1 kepa', '1 zofia'])
    expect((await pairs()).filter((pair) => !pair.startsWith('0'))).toEqual(['1 kepa zofia', '1 zofia kepa'])
    await takeAll(world, [its({ parties: [] })])
    expect(await world.reading().tx.$count(parties)).toBe(0)
    expect((await pairs()).filter((pair) => !pair.startsWith('0'))).toEqual([])
  })

  it('is found without its court where its number is unique', async () => {
    await takeAll(world, [full])
    expect(await takeAll(world, [its({ court: null, judge: 'T. Novak' })])).toMatchObject({ accepted: 1 })
    expect((await theCase()).judge).toBe('T. Novak')
  })

  it('is another case in another court', async () => {
    await takeAll(world, [full, its({ court: '19-COLE' })])
    expect(await world.reading().tx.$count(cases)).toBe(2)
    expect((await takeAll(world, [its({ court: null })])).rejected).toEqual([
      { line: 1, reason: 'Several courts have a case 25BE-CR00311: 13-BOONE, 19-COLE. Name its court.' },
    ])
  })

  it('holds thousands of parties', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => ({ name: `Heirs of Family ${index}`, role: 'Heir' }))
    await takeAll(world, [its({ parties: many })])
    expect(await world.reading().tx.$count(parties)).toBe(4_500)
    expect(await takeAll(world, [its({ parties: many })])).toMatchObject({ unchanged: 1 })
  })
})

describe('a closed case (E7)', () => {
  it('leaves one reopened change when it is open again', async () => {
    await takeAll(world, [its({ status: 'closed' })])
    expect(await changes()).toEqual([])
    const report = await takeAll(world, [its({ status: 'open' }), its({ status: 'open' })])
    expect(report).toMatchObject({ accepted: 1, unchanged: 1, changes: { added: 0, updated: 0, voided: 0 } })
    expect(await changes()).toMatchObject([{ kind: 'reopened', entryId: null, isQuiet: false }])
    expect((await theCase()).lastActivityAt).toEqual(new Date('2026-11-20T18:00:00Z'))
  })

  it('leaves nothing when it is closed, or when a record does not speak of its status', async () => {
    await takeAll(world, [its({ status: 'open' }), its({ status: 'closed' }), its({ judge: 'T. Novak' })])
    expect(await changes()).toEqual([])
    expect((await theCase()).status).toBe('closed')
  })

  it('is quiet when it is opened again by history or while it is confidential', async () => {
    await takeAll(world, [its({ status: 'closed' })])
    await takeAll(world, [its({ status: 'open' })], { isQuiet: true })
    await takeAll(world, [its({ status: 'closed', security: 'confidential' })])
    await takeAll(world, [its({ status: 'open', security: 'public' })])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, true])
  })
})

describe('a case that turns confidential (F8)', () => {
  it('silences every change that no run has taken, and is told again after', async () => {
    await takeAll(world, [full, entry])
    await takeAll(world, [its({ security: 'confidential' })])
    expect(await changes()).toMatchObject([{ isQuiet: true, runId: null }])
    await takeAll(world, [its({ security: 'public' }), { ...entry, id: 'e-2' }])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, false])
  })

  it('withdraws what was said about it and about no other case', async () => {
    await takeAll(world, [full, its({ court: '19-COLE' })])
    await world.work(async ({ tx, now }) => {
      for (const { id } of await tx.select({ id: cases.id }).from(cases))
        await tx.insert(messageContents).values({ caseId: id, payload: {}, createdAt: now })
    })
    world.clock.passMinutes(1)
    await takeAll(world, [its({ security: 'confidential' })])
    const contents = await world.reading().tx.select({ court: cases.court, withdrawnAt: messageContents.withdrawnAt }).from(messageContents)
      .innerJoin(cases, eq(cases.id, messageContents.caseId)).orderBy(asc(cases.court))
    expect(contents).toEqual([{ court, withdrawnAt: new Date('2026-11-20T18:01:00Z') }, { court: '19-COLE', withdrawnAt: null }])
  })

  it('leaves the changes of other cases as they are', async () => {
    await takeAll(world, [full, entry, its({ court: '19-COLE' }), { ...entry, court: '19-COLE' }])
    await takeAll(world, [its({ security: 'confidential' })])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, false])
  })
})

it('finds the untaken changes of a case by their index, not through all history', async () => {
  // With so long a history that no engine takes one index for as good as the other.
  await fillWorld(world, (file) => {
    const connection = new Sqlite(file)
    connection.exec(`insert into cases (id, court, number, number_key, caption, case_type, status, security, recorded_at) values (1, '${court}', '26-1', '261', 'A v. B', 'CV', 'open', 'public', 0);
      insert into docket_changes (case_id, kind, recorded_at, is_quiet) with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select 1, 'reopened', 0, i < 4999 from n`)
    connection.close()
  })
  const sent = await watchQueries(() => world.work((work) => silenceCase(work, 1)))
  const [plan] = await explain(world, sent.filter(({ sql }) => sql.startsWith('update')))
  expect(plan).toContain('docket_changes_untaken')
  expect(plan).not.toMatch(/Seq Scan|SCAN/)
})
