import { describe, expect, it } from 'vitest'
import type { Reading } from '../contract/records.ts'
import { readCourtListener, type CourtListenerOptions } from './courtlistener.ts'
import { inPieces, readAll } from './in-pieces.ts'

// Invented, of the shape that CourtListener documents.
const main = {
  id: 501, resource_uri: '', tags: [], absolute_url: '/docket/70000001/12/harbor-supply-v-lowell/', date_created: '2026-11-20T12:00:00.1-08:00',
  document_number: '12', attachment_number: null, description: 'Motion to Compel', is_available: false, is_sealed: null, document_type: 1,
}
const exhibit = { ...main, id: 502, attachment_number: 1, description: 'Exhibit A', absolute_url: '/docket/70000001/12/1/harbor-supply-v-lowell/', is_sealed: false }
const entry = {
  id: 400000001, docket: 70000001, date_created: '2026-11-20T12:00:00.1-08:00', date_modified: '2026-11-20T12:00:00.1-08:00',
  date_filed: '2026-11-20', time_filed: null, entry_number: 12, recap_sequence_number: '2026-11-20.001', pacer_sequence_number: 44,
  description: 'MOTION to Compel discovery by Harbor Supply. (Attachments: # 1 Exhibit A)', recap_documents: [main, exhibit],
}
const hook = (results: unknown, eventType = 1) => ({ payload: { results }, webhook: { version: 2, event_type: eventType, date_created: '', deprecation_date: null } })
const read = (value: unknown, options: CourtListenerOptions = {}): Promise<Reading[]> => readAll(readCourtListener(inPieces(JSON.stringify(value), 100), options))
const recordsOf = (readings: readonly Reading[]) => readings.flatMap((one) => ('record' in one ? [one.record] : []))
const entryOf = async (facts: object) => recordsOf(await read([{ ...entry, ...facts }])).find(({ type }) => type === 'docketEntry')
const caseOf = async (facts: object) => recordsOf(await read([{ ...entry, ...facts }])).find(({ type }) => type === 'case')

describe('docket entries of CourtListener (I2)', () => {
  it('are read from the body of a docket alert: court, case and entry', async () => {
    expect(await read(hook([entry]))).toEqual([
      { line: 1, counts: false, record: { type: 'court', code: 'courtlistener', name: 'CourtListener', timeZone: 'America/New_York' } },
      { line: 1, counts: false, record: { type: 'case', number: '70000001', court: 'courtlistener', caption: 'Harbor Supply v. Lowell', isCaptionGuessed: true } },
      {
        line: 1, counts: true, record: {
          type: 'docketEntry', case: '70000001', court: 'courtlistener', id: 'cl-400000001', entryNumber: '12', filedAt: '2026-11-20',
          description: 'MOTION', security: 'public', modifiedAt: '2026-11-20T20:00:00.100Z',
          text: 'MOTION to Compel discovery by Harbor Supply. (Attachments: # 1 Exhibit A)',
        },
      },
    ])
  })

  it('are the same from a page of the REST interface and from a list', async () => {
    const rest = { ...entry, resource_uri: 'https://example.org/api/rest/v4/docket-entries/400000001/', docket: 'https://example.org/api/rest/v4/dockets/70000001/' }
    const expected = await read(hook([entry]))
    expect(await read({ count: 'https://example.org/?count=on', next: null, previous: null, results: [rest] })).toEqual(expected)
    expect(await read({ next: null, previous: null, results: [rest] })).toEqual(expected)
    expect(await read([rest])).toEqual(expected)
    expect(await read([{ ...entry, id: '400000001', docket: '70000001' }])).toEqual(expected)
  })

  it('are of the court that is named', async () => {
    const [court, , read1] = await read(hook([entry]), { court: { code: 'mowd' } })
    expect(court).toMatchObject({ record: { code: 'mowd', name: 'Western District of Missouri', timeZone: 'America/Chicago' } })
    expect(read1).toMatchObject({ record: { court: 'mowd' } })
    expect(await read(hook([entry]), { court: { code: 'nowhere' } })).toMatchObject([{ line: 1, reason: expect.stringContaining('time zone') as string }])
  })

  it('have the time of the court’s clock where there is one', async () => {
    const timed = { ...entry, time_filed: '23:27:49' }
    expect(recordsOf(await read([timed], { timeZone: 'America/Chicago' })).at(-1)).toMatchObject({ filedAt: '2026-11-20T23:27:49-06:00' })
    expect(recordsOf(await read([timed], { court: { code: 'cand' } })).at(-1)).toMatchObject({ filedAt: '2026-11-20T23:27:49-08:00' })
    // An hour that the clock skips.
    expect(await entryOf({ date_filed: '2026-03-08', time_filed: '02:30:00' })).toMatchObject({ filedAt: '2026-03-08T03:30:00-04:00' })
    expect(await entryOf({ time_filed: 'noon' })).toMatchObject({ filedAt: '2026-11-20' })
  })

  it('say when they or one of their documents were last changed', async () => {
    const later = { ...exhibit, date_modified: '2026-11-21T09:00:00.123456-08:00' }
    expect(await entryOf({ recap_documents: [main, later] })).toMatchObject({ modifiedAt: '2026-11-21T17:00:00.123Z' })
    expect(await entryOf({ date_modified: 'lately' })).not.toHaveProperty('modifiedAt')
  })

  it('take the words of their first open document where they have none', async () => {
    expect(await entryOf({ description: '' })).toMatchObject({ description: 'Motion to Compel', text: '', security: 'public' })
    expect(await entryOf({ description: '', recap_documents: [{ ...main, description: '' }, exhibit] })).toMatchObject({ description: 'Exhibit A' })
    expect(await entryOf({ description: '', recap_documents: [] })).toMatchObject({ description: 'Docket entry without text', security: 'public' })
  })

  it('bear the number of the docket where no address spells a caption', async () => {
    expect(await caseOf({ recap_documents: [] })).toEqual({ type: 'case', number: '70000001', court: 'courtlistener', caption: '70000001' })
    expect(await caseOf({ recap_documents: [{ ...main, absolute_url: '/docket/70000001/12/' }] })).toMatchObject({ caption: '70000001' })
    expect(await caseOf({ recap_documents: [{ ...main, absolute_url: '/docket/70000001/12/in-re-estate-of-lowell/' }] })).toMatchObject({ caption: 'In re Estate of Lowell' })
  })

  it('are named with their place when they cannot be read, and stop no other', async () => {
    const readings = await read(hook([{ ...entry, docket: 'x' }, 'nothing', { ...entry, date_filed: null }, { ...entry, date_filed: '2026-13-01' }, entry]))
    expect(readings.filter((one) => 'reason' in one)).toEqual([
      { line: 1, reason: 'This docket entry does not say its docket.' },
      { line: 2, reason: 'This is not a docket entry as CourtListener has them.' },
      { line: 3, reason: 'This docket entry has no date_filed.' },
      { line: 4, reason: expect.stringContaining('"filedAt"') as string },
    ])
    expect(readings.at(-1)).toMatchObject({ line: 5, counts: true })
  })

  it('are refused as a whole where there are none', async () => {
    expect(await read(hook([{ some: 'case' }], 2))).toEqual([{ line: 1, reason: 'This webhook is no docket alert.' }])
    for (const other of [{}, 7, { results: 1 }, null]) {
      expect(await read(other)).toEqual([{ line: 1, reason: 'These are no docket entries of CourtListener: there are no results.' }])
    }
    expect(await readAll(readCourtListener(inPieces('{"payload":')))).toEqual([{ line: 1, reason: 'This is not valid JSON.' }])
  })
})

describe('sealed documents of CourtListener (A9)', () => {
  const sealed = (facts: object = {}) => ({
    ...main, is_sealed: true, description: 'Secret Plea Agreement', document_number: '12', absolute_url: '/docket/70000001/12/secret-slug/', ...facts,
  })

  it('leave no word, number or address anywhere', async () => {
    const readings = await read([
      { ...entry, recap_documents: [sealed()] },
      { ...entry, id: 2, description: '', recap_documents: [sealed()] },
      { ...entry, id: 3, description: '', entry_number: 98765, recap_documents: [sealed({ document_number: '98765' }), exhibit] },
    ])
    const all = JSON.stringify(readings)
    expect(['Secret', 'secret', '98765'].filter((word) => all.includes(word))).toEqual([])
  })

  it('leave the entry its own words, without their number', async () => {
    expect(await entryOf({ recap_documents: [sealed()] })).toMatchObject({ entryNumber: '', security: 'public', text: entry.description })
    expect(await entryOf({ recap_documents: [main, sealed({ attachment_number: 1 })] })).toMatchObject({ entryNumber: '12' })
  })

  it('seal an entry that says nothing else', async () => {
    expect(await entryOf({ description: '', recap_documents: [sealed(), sealed({ attachment_number: 1 })] }))
      .toMatchObject({ description: 'Sealed', text: '', entryNumber: '', security: 'confidential' })
    expect(await entryOf({ description: '', recap_documents: [sealed(), exhibit] })).toMatchObject({ description: 'Sealed', security: 'confidential' })
  })
})
