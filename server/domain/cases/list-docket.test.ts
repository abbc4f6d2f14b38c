import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { docketChanges } from '../../../db/schema.ts'
import type { FieldChange } from '../../contract/vocabulary.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { listDocket, type DocketRequest } from './list-docket.ts'

let world: World
let caseId: number
beforeEach(async () => {
  world = await openWorld()
  caseId = await world.work((work) => putCase(work, { number: '26-1' }))
})
afterEach(() => world.close())

const list = (request: Partial<DocketRequest> = {}) =>
  listDocket(world.reading(), world.profile, { number: '26-1', order: 'newest', page: 1, ...request })
const descriptions = async (request: Partial<DocketRequest> = {}) => (await list(request)).entries.map(({ description }) => description)

describe('the docket', () => {
  it('stands in the order of filing, either way', async () => {
    await world.work(async (work) => {
      await putEntry(work, caseId, { filedOn: '2026-11-02', filedAt: new Date('2026-11-02T21:00:00Z'), description: 'third' })
      await putEntry(work, caseId, { filedOn: '2026-11-03', description: 'fourth' })
      await putEntry(work, caseId, { filedOn: '2026-11-02', description: 'first' })
      await putEntry(work, caseId, { filedOn: '2026-11-02', filedAt: new Date('2026-11-02T15:00:00Z'), description: 'second' })
      await putEntry(work, caseId, { filedOn: '2026-11-03', description: 'fifth' })
    })
    expect(await descriptions({ order: 'oldest' })).toEqual(['first', 'second', 'third', 'fourth', 'fifth'])
    expect(await descriptions()).toEqual(['fifth', 'fourth', 'third', 'second', 'first'])
  })

  it('shows an entry with all that is known of it', async () => {
    const { entryId } = await world.work((work) => putEntry(work, caseId, {
      filedOn: '2026-11-02', filedAt: new Date('2026-11-02T21:00:00Z'), code: 'jE', description: 'Judgment', text: 'Line one\nline two', entryNumber: '7',
    }))
    const { entries: [entry] } = await list()
    expect(entry).toMatchObject({
      id: entryId, entryNumber: '7', filedOn: '2026-11-02', filedAt: new Date('2026-11-02T21:00:00Z'), code: 'jE', description: 'Judgment',
      text: 'Line one\nline two', status: 'active', lastActivityAt: new Date('2026-11-20T18:00:00Z'), corrections: [],
    })
    expect(entry?.explanation?.explanation).toBe(world.profile.docketCodes.find(({ code }) => code === 'JE')?.explanation)
  })

  it('explains no code that the profile does not know, and none where there is none', async () => {
    await world.work(async (work) => {
      await putEntry(work, caseId, { code: 'QQQ' })
      await putEntry(work, caseId, { code: null })
    })
    expect((await list()).entries.map(({ explanation }) => explanation)).toEqual([null, null])
  })

  it('shows voided entries and no sealed ones', async () => {
    await world.work(async (work) => {
      await putEntry(work, caseId, { description: 'voided', status: 'voided' })
      await putEntry(work, caseId, { description: 'sealed', security: 'confidential' })
    })
    const { entries, total } = await list()
    expect(entries).toMatchObject([{ description: 'voided', status: 'voided' }])
    expect(total).toBe(1)
    expect(await descriptions({ filter: 'sealed' })).toEqual([])
  })

  it('says what the latest correction changed', async () => {
    await world.work(async (work) => {
      const { entryId } = await putEntry(work, caseId, { description: 'corrected' })
      await putEntry(work, caseId, { description: 'as it was' })
      const change = (fields: readonly FieldChange[]) =>
        ({ caseId, entryId, kind: 'updated', fields, recordedAt: work.now, isQuiet: false }) as const
      await work.tx.insert(docketChanges).values(change([{ field: 'code', from: 'A', to: 'B' }]))
      await work.tx.insert(docketChanges).values(change([{ field: 'text', from: 'one', to: 'two' }]))
      await work.tx.insert(docketChanges).values({ caseId, entryId, kind: 'voided', recordedAt: work.now, isQuiet: false })
    })
    expect((await list({ order: 'oldest' })).entries.map(({ corrections }) => corrections)).toEqual([[{ field: 'text', from: 'one', to: 'two' }], []])
  })

  it('filters by text in description, text or code, whatever its case', async () => {
    await world.work(async (work) => {
      await putEntry(work, caseId, { filedOn: '2026-11-01', description: 'Motion to Continue', code: null })
      await putEntry(work, caseId, { filedOn: '2026-11-02', description: 'Order', text: 'CONTINUED to May', code: 'X' })
      await putEntry(work, caseId, { filedOn: '2026-11-03', description: 'Hearing', code: 'CONT' })
    })
    expect(await descriptions({ filter: 'continue' })).toEqual(['Order', 'Motion to Continue'])
    expect(await descriptions({ filter: ' cont ' })).toEqual(['Hearing', 'Order', 'Motion to Continue'])
    expect(await descriptions({ filter: ' ' })).toHaveLength(3)
    expect(await list({ filter: 'never' })).toEqual({ entries: [], total: 0, page: 1, pageCount: 1 })
  })

  it('finds letters beyond A to Z as they are written, on every engine', async () => {
    await world.work((work) => putEntry(work, caseId, { description: 'Motion of É. Lowell' }))
    expect(await descriptions({ filter: 'OF É' })).toEqual(['Motion of É. Lowell'])
    expect(await descriptions({ filter: 'of é' })).toEqual([])
  })

  it('takes every character of a filter for itself', async () => {
    await world.work(async (work) => {
      await putEntry(work, caseId, { description: '50% of a_b\\c', code: null })
      await putEntry(work, caseId, { description: '500 of aXb', code: null })
    })
    for (const filter of ['50%', 'a_b', 'b\\c', '%']) expect(await descriptions({ filter })).toEqual(['50% of a_b\\c'])
    expect(await descriptions({ filter: '5\0' })).toEqual([])
  })

  it('stands on one page up to 300 entries, on two from 301', async () => {
    await world.work(async (work) => {
      for (let at = 0; at < 300; at++) await putEntry(work, caseId)
    })
    expect(await list()).toMatchObject({ total: 300, page: 1, pageCount: 1 })
    await world.work((work) => putEntry(work, caseId, { filedOn: '2020-01-01', description: 'oldest' }))
    expect(await list()).toMatchObject({ total: 301, page: 1, pageCount: 2 })
    expect(await list({ page: 2 })).toMatchObject({ entries: [{ description: 'oldest' }], page: 2 })
    expect(await list({ page: 9 })).toMatchObject({ page: 2 })
    expect((await list()).entries).toHaveLength(300)
  })

  it('is refused for a case that is not public', async () => {
    await world.work((work) => putCase(work, { number: '26-SECRET', security: 'confidential' }))
    await expect(list({ number: '26-SECRET' })).rejects.toMatchObject({ code: 'caseNotFound' })
  })
})
