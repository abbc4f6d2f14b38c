import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, digestRuns, docketChanges, docketEntries, messageContents } from '../../../db/schema.ts'
import type { CaseRecord, DocketEntryRecord } from '../../contract/records.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { isUntaken } from '../digest/take-changes.ts'

const number = '25BE-CR00311'
const court = '13-BOONE'
const itsCase: CaseRecord = { type: 'case', number, court, caption: 'State v. Ilse Brandt' }
const entry = (facts: Partial<DocketEntryRecord> = {}): DocketEntryRecord => ({
  type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-20T09:30:00-06:00', code: 'MOT', description: 'Motion filed',
  text: 'Motion to continue.', ...facts,
})

let world: World
beforeEach(async () => {
  world = await openWorld()
  await takeAll(world, [itsCase])
})
afterEach(() => world.close())

const entries = () => world.reading().tx.select().from(docketEntries).orderBy(asc(docketEntries.id))
const changes = () => world.reading().tx.select().from(docketChanges).orderBy(asc(docketChanges.id))
const kinds = async () => (await changes()).map((change) => change.kind)
const theEntry = async () => {
  const [one] = await entries()
  if (!one) throw new Error('no entry')
  return one
}
const lastActivityOfCase = async () => (await world.reading().tx.select({ at: cases.lastActivityAt }).from(cases))[0]?.at
/** Lets a run take what is untaken, with one content from the first of it. */
const holdRun = () => world.work(async ({ tx, now }) => {
  const [run] = await tx.insert(digestRuns).values({
    day: '2026-11-20', startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
  }).returning()
  if (!run) throw new Error('no run')
  const taken = await tx.update(docketChanges).set({ runId: run.id }).where(isUntaken)
    .returning({ id: docketChanges.id, caseId: docketChanges.caseId })
  const [first] = taken
  if (!first) return
  await tx.insert(messageContents).values({ runId: run.id, caseId: first.caseId, firstChangeId: first.id, payload: {}, createdAt: now })
})
const withdrawn = async () => (await world.reading().tx.select({ at: messageContents.withdrawnAt })
  .from(messageContents).orderBy(asc(messageContents.id)))
  .map(({ at }) => at !== null)

describe('a docket entry that arrives', () => {
  it('is kept as sent and leaves one added change', async () => {
    const report = await takeAll(world, [entry({ entryNumber: '7' })])
    expect(report).toEqual({ accepted: 1, unchanged: 0, rejected: [], changes: { added: 1, updated: 0, voided: 0 } })
    expect(await theEntry()).toMatchObject({
      sourceId: 'e-1', entryNumber: '7', filedOn: '2026-11-20', filedAt: new Date('2026-11-20T15:30:00Z'), code: 'MOT',
      description: 'Motion filed', text: 'Motion to continue.', status: 'active', security: 'public',
      lastActivityAt: new Date('2026-11-20T18:00:00Z'),
    })
    expect(await changes()).toMatchObject([
      { kind: 'added', fields: null, isQuiet: false, runId: null, recordedAt: new Date('2026-11-20T18:00:00Z') },
    ])
    expect(await lastActivityOfCase()).toEqual(new Date('2026-11-20T18:00:00Z'))
  })

  it('takes its filing day from the clock on the wall of its court', async () => {
    await takeAll(world, [entry({ filedAt: '2026-11-21T05:59:00Z' }), entry({ id: 'e-2', filedAt: '2026-11-21T06:00:00Z' })])
    expect((await entries()).map((one) => one.filedOn)).toEqual(['2026-11-20', '2026-11-21'])
  })

  it('has no time when the source gave a day', async () => {
    await takeAll(world, [entry({ filedAt: '2026-11-18' })])
    expect(await theEntry()).toMatchObject({ filedOn: '2026-11-18', filedAt: null })
  })

  it('is empty where the record says nothing', async () => {
    await takeAll(world, [{ type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-18', description: 'Petition filed' }])
    expect(await theEntry()).toMatchObject({ code: null, text: '', entryNumber: null, status: 'active', security: 'public' })
  })

  it('is a voided change when it arrives voided', async () => {
    const report = await takeAll(world, [entry({ status: 'voided' })])
    expect(report.changes).toEqual({ added: 0, updated: 0, voided: 1 })
    expect(await kinds()).toEqual(['voided'])
  })

  it('is known by its id within its case only', async () => {
    const other = { ...itsCase, number: '25BE-CR00312' }
    expect((await takeAll(world, [other, entry(), entry({ case: other.number })])).changes.added).toBe(2)
  })

  it('is quiet when it is taken in as history', async () => {
    const report = await takeAll(world, [entry()], { isQuiet: true })
    expect(report.changes.added).toBe(1)
    expect(await changes()).toMatchObject([{ kind: 'added', isQuiet: true }])
  })
})

describe('a docket entry that comes again', () => {
  it('changes nothing when nothing differs', async () => {
    await takeAll(world, [entry()])
    world.clock.passMinutes(5)
    const report = await takeAll(world, [entry({ filedAt: '2026-11-20T15:30:00Z' })])
    expect(report).toEqual({ accepted: 0, unchanged: 1, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })
    expect(await changes()).toHaveLength(1)
    expect((await theEntry()).lastActivityAt).toEqual(new Date('2026-11-20T18:00:00Z'))
  })

  it('says what differs, in the words of the record', async () => {
    await takeAll(world, [entry()])
    world.clock.passMinutes(5)
    const report = await takeAll(world, [
      entry({ filedAt: '2026-11-19', code: 'MCON', description: 'Motion for continuance filed', text: 'Motion to continue, corrected.' }),
    ])
    expect(report).toMatchObject({ accepted: 1, changes: { added: 0, updated: 1, voided: 0 } })
    expect((await changes())[1]).toMatchObject({
      kind: 'updated',
      fields: [
        { field: 'filedAt', from: '2026-11-20T15:30:00.000Z', to: '2026-11-19' },
        { field: 'code', from: 'MOT', to: 'MCON' },
        { field: 'description', from: 'Motion filed', to: 'Motion for continuance filed' },
        { field: 'text', from: 'Motion to continue.', to: 'Motion to continue, corrected.' },
      ],
    })
    expect((await theEntry()).lastActivityAt).toEqual(new Date('2026-11-20T18:05:00Z'))
    expect(await lastActivityOfCase()).toEqual(new Date('2026-11-20T18:05:00Z'))
  })

  it('keeps what the record leaves out, and empties what it says is empty', async () => {
    await takeAll(world, [entry({ entryNumber: '7' })])
    const bare: DocketEntryRecord = {
      type: 'docketEntry', case: number, court, id: 'e-1', filedAt: '2026-11-20T09:30:00-06:00', description: 'Motion filed',
    }
    expect(await takeAll(world, [bare])).toMatchObject({ accepted: 0, unchanged: 1 })
    expect(await theEntry()).toMatchObject({ code: 'MOT', text: 'Motion to continue.', entryNumber: '7' })
    await takeAll(world, [{ ...bare, code: '', text: '' }])
    expect(await theEntry()).toMatchObject({ code: null, text: '' })
    expect((await changes())[1]?.fields).toEqual([
      { field: 'code', from: 'MOT', to: '' },
      { field: 'text', from: 'Motion to continue.', to: '' },
    ])
  })

  it('changes no told field by its number alone', async () => {
    await takeAll(world, [entry()])
    expect(await takeAll(world, [entry({ entryNumber: '8' })])).toMatchObject({ accepted: 1, changes: { added: 0, updated: 0, voided: 0 } })
    expect(await theEntry()).toMatchObject({ entryNumber: '8' })
    expect(await kinds()).toEqual(['added'])
  })

  it('is voided once, and updated when it counts again', async () => {
    await takeAll(world, [entry()])
    await takeAll(world, [entry({ status: 'voided' })])
    await takeAll(world, [entry({ status: 'voided' })])
    await takeAll(world, [entry({ status: 'active' })])
    expect((await changes()).map(({ kind, fields }) => ({ kind, fields }))).toEqual([
      { kind: 'added', fields: null },
      { kind: 'voided', fields: [{ field: 'status', from: 'active', to: 'voided' }] },
      { kind: 'updated', fields: [{ field: 'status', from: 'voided', to: 'active' }] },
    ])
  })

  it('is voided when it is corrected and voided at once', async () => {
    await takeAll(world, [entry()])
    await takeAll(world, [entry({ status: 'voided', text: 'Entered in error.' })])
    expect((await changes())[1]).toMatchObject({ kind: 'voided', fields: [{ field: 'text' }, { field: 'status' }] })
  })

  it('takes the last of several versions of one body', async () => {
    await takeAll(world, [entry({ text: 'one' }), entry({ text: 'two' }), entry({ text: 'three' })])
    expect((await theEntry()).text).toBe('three')
    expect(await kinds()).toEqual(['added', 'updated', 'updated'])
  })
})

describe('a sealed entry (A9)', () => {
  it('is kept without a change, and does not move the last activity of its case', async () => {
    const report = await takeAll(world, [entry({ security: 'confidential' })])
    expect(report).toEqual({ accepted: 1, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })
    expect(await theEntry()).toMatchObject({ security: 'confidential', text: 'Motion to continue.' })
    expect(await changes()).toEqual([])
    expect(await lastActivityOfCase()).toBeNull()
  })

  it('leaves no change when it is corrected while it is sealed', async () => {
    await takeAll(world, [entry({ security: 'confidential' }), entry({ text: 'Corrected.' })])
    expect(await theEntry()).toMatchObject({ security: 'confidential', text: 'Corrected.' })
    expect(await changes()).toEqual([])
  })

  it('is added when it is unsealed and nobody was told of it', async () => {
    await takeAll(world, [entry({ security: 'confidential' })])
    expect((await takeAll(world, [entry({ security: 'public' })])).changes.added).toBe(1)
    expect(await changes()).toMatchObject([{ kind: 'added', isQuiet: false }])
  })

  it('silences what no run has taken when it is sealed, and is added when it is unsealed before the evening', async () => {
    await takeAll(world, [entry(), entry({ id: 'e-2' })])
    await takeAll(world, [entry({ security: 'confidential' })])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, false, true])
    await takeAll(world, [entry({ security: 'public' })])
    expect((await changes()).map(({ kind, isQuiet }) => ({ kind, isQuiet }))).toEqual([
      { kind: 'added', isQuiet: true }, { kind: 'added', isQuiet: false }, { kind: 'updated', isQuiet: true }, { kind: 'added', isQuiet: false },
    ])
  })

  it('withdraws the contents that tell it, and no others', async () => {
    await takeAll(world, [entry()])
    await holdRun()
    await takeAll(world, [entry({ id: 'e-2' })])
    await holdRun()
    await takeAll(world, [entry({ id: 'e-2', security: 'confidential' })])
    expect(await withdrawn()).toEqual([false, true])
    // That it was sealed is written down, and told to nobody.
    expect((await changes()).map(({ kind, isQuiet, fields }) => ({ kind, isQuiet, fields })).slice(2)).toEqual([{ kind: 'updated', isQuiet: true, fields: null }])
    expect((await changes()).slice(0, 2).every((change) => !change.isQuiet)).toBe(true)
  })

  it('withdraws no content of the same run that begins after its changes', async () => {
    await takeAll(world, [entry(), entry({ id: 'e-2' })])
    await holdRun()
    const [first, second] = await changes()
    await world.work(({ tx, now }) => tx.insert(messageContents)
      .values({ runId: first?.runId ?? 0, caseId: first?.caseId ?? 0, firstChangeId: second?.id ?? 0, payload: {}, createdAt: now }))
    await takeAll(world, [entry({ security: 'confidential' })])
    expect(await withdrawn()).toEqual([true, false])
  })

  it('is told after unsealing only where a told field came with it, and never in its sealed words', async () => {
    await takeAll(world, [entry()])
    await holdRun()
    await takeAll(world, [entry({ security: 'confidential', text: 'Sealed words.' })])
    await takeAll(world, [entry({ security: 'public', text: 'Sealed words.' })])
    expect((await changes()).filter(({ isQuiet }) => !isQuiet).map(({ kind }) => kind)).toEqual(['added'])
    await takeAll(world, [entry({ security: 'confidential', text: 'Other sealed words.' })])
    await takeAll(world, [entry({ security: 'public', text: 'Public words.' })])
    expect((await changes()).filter(({ isQuiet }) => !isQuiet).slice(1)).toMatchObject([{ kind: 'updated', fields: [] }])
  })
})

describe('an entry of a confidential case (F8)', () => {
  it('leaves a change that is quiet for ever', async () => {
    await takeAll(world, [{ ...itsCase, security: 'confidential' }, entry()])
    await takeAll(world, [{ ...itsCase, security: 'public' }, entry({ id: 'e-2' })])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, false])
  })

  it('is quiet also when the case turns confidential in the same transaction', async () => {
    await takeAll(world, [entry(), { ...itsCase, security: 'confidential' }, entry({ id: 'e-2' })])
    expect((await changes()).map((change) => change.isQuiet)).toEqual([true, true])
  })
})

it('refuses an entry whose case is unknown, and says so', async () => {
  const report = await takeAll(world, [entry({ case: '25BE-CR99999' })])
  expect(report.rejected).toEqual([
    { line: 1, reason: 'No case 25BE-CR99999 in court 13-BOONE is known here: send the case first or in the same body.' },
  ])
  expect(await world.reading().tx.$count(docketEntries, eq(docketEntries.sourceId, 'e-1'))).toBe(0)
})
