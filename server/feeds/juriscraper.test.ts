import { describe, expect, it } from 'vitest'
import type { Reading } from '../contract/records.ts'
import { inPieces, readAll } from './in-pieces.ts'
import { readJuriscraper } from './juriscraper.ts'

const entry = (fields: object = {}): object => ({
  date_entered: '2031-02-10', date_filed: '2031-02-07', description: 'MOTION to Dismiss by Pat Sample. (Entered: 02/10/2031)',
  document_number: '4', pacer_doc_id: '025', pacer_seq_no: '11', ...fields,
})
const report = (fields: object = {}): object => ({
  assigned_to_str: 'M. Example', case_name: 'United States v. Sample', court_id: 'azd', date_filed: '2031-03-14', date_terminated: null,
  docket_entries: [], docket_number: '2:31-cr-00001', federal_dn_case_type: 'cr', parties: [], ...fields,
})
const read = (content: unknown): Promise<Reading[]> =>
  readAll(readJuriscraper(inPieces(content instanceof Uint8Array ? content : JSON.stringify(content, null, 2), 50)))
const reasons = async (content: unknown): Promise<unknown[]> => (await read(content)).flatMap((one) => ('reason' in one
  ? [[one.line, one.reason]] : []))
async function ids(entries: readonly object[]): Promise<string[]> {
  const readings = await read(report({ docket_entries: entries }))
  return readings.flatMap((one) => ('record' in one && one.record.type === 'docketEntry' ? [one.record.id] : []))
}

const like = (form: RegExp): unknown => expect.stringMatching(form)

describe('readJuriscraper', () => {
  it('gives the court, the case on line 1 and the entries from line 2', async () => {
    expect(await read(report({
      docket_entries: [entry(), entry({ description: 'Minute entry', document_number: null, pacer_seq_no: null })],
      parties: [
        { name: 'Pat Sample', type: 'Defendant',
          attorneys: [{ name: 'Lee Counsel', roles: [] }, { name: 'Kim Counsel' }, { name: 'Lee Counsel' }] },
        { name: 'USA', type: 'Plaintiff' }, { name: 'USA', type: 'Plaintiff' }, { name: 'USA', type: 'Movant' },
      ],
    }))).toEqual([
      { line: 1, counts: false, record: { type: 'court', code: 'azd', name: 'District of Arizona', timeZone: 'America/Phoenix' } },
      {
        line: 1, counts: true,
        record: {
          type: 'case', number: '2:31-cr-00001', court: 'azd', caption: 'United States v. Sample', caseType: 'CR', filedOn: '2031-03-14',
          status: 'open', judge: 'M. Example',
          parties: [{ name: 'Pat Sample', role: 'Defendant', attorney: 'Lee Counsel; Kim Counsel' }, { name: 'USA', role: 'Plaintiff' },
            { name: 'USA', role: 'Movant' }],
        },
      },
      {
        line: 2, counts: true,
        record: {
          type: 'docketEntry', case: '2:31-cr-00001', court: 'azd', id: 'seq-11', entryNumber: '4', filedAt: '2031-02-07',
            description: 'MOTION',
          text: 'MOTION to Dismiss by Pat Sample. (Entered: 02/10/2031)',
        },
      },
      {
        line: 3, counts: true,
        record: {
          type: 'docketEntry', case: '2:31-cr-00001', court: 'azd', id: like(/^text-[0-9a-f]{20}$/),
          filedAt: '2031-02-07', description: 'Minute entry', text: 'Minute entry',
        },
      },
    ])
  })
  it('says closed where the case was terminated, and nothing where the report says nothing', async () => {
    expect((await read(report({ date_terminated: '2032-01-01', assigned_to_str: '', federal_dn_case_type: null, date_filed: null,
      parties: null, case_name: '' })))[1])
      .toEqual({ line: 1, counts: true,
        record: { type: 'case', number: '2:31-cr-00001', court: 'azd', caption: '2:31-cr-00001', status: 'closed' } })
  })
  it('keeps texts as they stand, marks and line ends included', async () => {
    const text = 'ORDER re <sealed> &amp; "R&R"\n see 5 < 6'
    expect((await read(report({ docket_entries: [entry({ description: text })] })))[2]).toMatchObject({ record: { text } })
  })
  it('takes a short description as description where the report has one', async () => {
    expect((await read(report({ docket_entries: [entry({ short_description: 'Dismiss' })] })))[2])
      .toMatchObject({ record: { description: 'Dismiss' } })
  })

  it('makes ids from the sequence, else the number, else the words, each only where it names one entry', async () => {
    const found = await ids([
      entry(), entry({ pacer_seq_no: null, document_number: 5 }), entry({ pacer_seq_no: '12', document_number: '6' }),
      entry({ pacer_seq_no: '12', document_number: '7' }),
      entry({ pacer_seq_no: null, document_number: '8' }), entry({ pacer_seq_no: null, document_number: '8', description: 'Other' }),
    ])
    expect(found.slice(0, 4)).toEqual(['seq-11', 'doc-5', 'doc-6', 'doc-7'])
    expect(found.slice(4)).toEqual([like(/^text-/), like(/^text-/)])
    expect(new Set(found).size).toBe(6)
  })
  it('tells entries of the same words apart, and gives the same ids again', async () => {
    const bare = entry({ pacer_seq_no: null, document_number: null })
    const found = await ids([bare, entry({ pacer_seq_no: '1' }), bare])
    expect(found[2]).toBe(`${found[0]}-2`)
    expect(await ids([bare, entry({ pacer_seq_no: '1' }), bare, entry({ pacer_seq_no: '2' })])).toEqual([...found, 'seq-2'])
  })

  it('names a bad entry by its place and goes on', async () => {
    const readings = await read(report({ docket_entries: [entry({ date_filed: null }), 'x', entry({ description: '' }),
      entry({ date_filed: '2031-02-30' }), entry()] }))
    expect(readings.slice(2)).toMatchObject([
      { line: 2, reason: 'This docket entry has no date_filed.' },
      { line: 3, reason: 'This is not a docket entry as a docket report has them.' },
      { line: 4, reason: 'This docket entry has no text.' }, { line: 5, reason: like(/^"filedAt" must be a date/) },
      { line: 6, counts: true },
    ])
  })
  it.each([
    ['no JSON', Buffer.from('{"docket_number":'), 'This file is not valid JSON.'],
    ['no UTF-8', Buffer.from('"é"', 'latin1'), 'This file is not valid JSON.'],
    ['a list', [], 'This file is not a docket report of juriscraper: it is not a JSON object.'],
    ['another object', { hello: 1 },
      'This file is not a docket report of juriscraper: docket_number, docket_entries missing or of another form.'],
    ['an unknown court', report({ court_id: 'zzz' }),
      '"zzz" is not a federal court known here. Give the court with --court, and its time zone.'],
    ['no court', report({ court_id: null }), 'This file does not say which court it is from. Give the court\'s code with --court.'],
  ])('refuses %s as a whole, once', async (_what, content, reason) => {
    expect(await reasons(content)).toEqual([[1, reason]])
    expect(await read(content)).toHaveLength(1)
  })
  it('lets the caller name the court', async () => {
    const source = inPieces(JSON.stringify(report({ court_id: 'zzz', docket_entries: [entry()] })))
    expect(await readAll(readJuriscraper(source, { court: { code: 'OURS', timeZone: 'America/Chicago' } })))
      .toMatchObject([{ record: { code: 'OURS', name: 'OURS' } }, { record: { court: 'OURS' } }, { record: { court: 'OURS' } }])
  })
})
