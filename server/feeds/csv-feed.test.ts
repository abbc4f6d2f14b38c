import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv-feed.ts'
import { inPieces, readAll } from './in-pieces.ts'

const read = (content: string | Uint8Array, size?: number) => readAll(readCsv(inPieces(content, size)))
const outline = async (content: string | Uint8Array): Promise<unknown[]> =>
  (await read(content)).map((one) => ('reason' in one ? [one.line, one.reason] : [one.line]))
const records = async (content: string): Promise<unknown[]> =>
  (await read(content)).map((one) => ('record' in one ? one.record : one.reason))

const quotes = 'The quotation marks of this row do not fit: a cell that holds one must be quoted, and double it.'

describe('readCsv', () => {
  it('reads every type of record from columns named as the fields', async () => {
    expect(await records([
      'type,number,court,caption,case,id,filedAt,description,startsAt,kind,plan,person,dueOn,amountDue,status',
      'case,26XX-1,A,State v. Sample,,,,,,,,,,,open',
      'docketEntry,,A,,26XX-1,e-1,2026-11-20,Order,,,,,,,',
      'event,,A,,26XX-1,h-1,,,2026-12-03T09:00:00-06:00,Trial,,,,,',
      'payment,,A,,26XX-1,,,,,,P-1,"Sample, Pat",2026-12-10,50.00,due',
      'caseRemoved,26XX-2,A',
    ].join('\n'))).toEqual([
      { type: 'case', number: '26XX-1', court: 'A', caption: 'State v. Sample', status: 'open' },
      { type: 'docketEntry', case: '26XX-1', court: 'A', id: 'e-1', filedAt: '2026-11-20', description: 'Order' },
      { type: 'event', case: '26XX-1', court: 'A', id: 'h-1', startsAt: '2026-12-03T09:00:00-06:00', kind: 'Trial' },
      { type: 'payment', case: '26XX-1', court: 'A', plan: 'P-1', person: 'Sample, Pat', dueOn: '2026-12-10', amountDueCents: 5000,
        pastDueCents: 0, status: 'due' },
      { type: 'caseRemoved', number: '26XX-2', court: 'A' },
    ])
  })
  it('reads parties in both forms', async () => {
    const parties = [{ name: 'Sample, Pat', role: 'Defendant', attorney: 'Lee Counsel' }, { name: 'State', role: 'Plaintiff' }]
    expect(await records([
      'type,number,caption,parties',
      'case,1,A,"Sample, Pat|Defendant|Lee Counsel; State|Plaintiff;"',
      `case,1,A,"${JSON.stringify(parties).replaceAll('"', '""')}"`,
      'case,1,A,Just a name',
      'case,1,A,[broken',
    ].join('\n'))).toEqual([
      { type: 'case', number: '1', court: null, caption: 'A', parties }, { type: 'case', number: '1', court: null, caption: 'A', parties },
      '"parties 1 role" is missing.', '"parties" must be a list.',
    ])
  })
  it('takes a byte order mark, CRLF, quoted headers in any case, and columns of others', async () => {
    expect(await records('\uFEFF"TYPE",Caption,"number",colour\r\ncase," A ""B"" ",7,red\r\n'))
      .toEqual([{ type: 'case', number: '7', court: null, caption: ' A "B" ' }])
  })
  it('counts physical lines, blank ones and line breaks in cells included', async () => {
    expect(await outline('type,number,caption\n\ncase,1,"A\nB\nC"\n,,\ncase,,D\ncase,2,E')).toEqual([[3], [7, '"number" is missing.'], [8]])
  })
  it('keeps the line breaks of a cell', async () => {
    expect(await records('type,number,caption\r\ncase,1,"A\r\nB"\r\n'))
      .toEqual([{ type: 'case', number: '1', court: null, caption: 'A\r\nB' }])
  })
  it('goes on after a row whose quotation marks do not fit', async () => {
    expect(await outline([
      'type,number,caption', 'case,1,6" pipe', 'case,2,A', 'case,3,"never closed', 'case,4,B', 'case,5,"C"D', 'case,6,E', 'case,7,"open',
    ].join('\n')))
      .toEqual([[2, quotes], [3], [4, quotes], [5], [6, quotes], [7], [8, quotes]])
  })
  it('loses no more than one row to a quotation mark that is never closed in a large file', async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => `case,${at},A case with a caption of some length`)
    const readings = await read(['type,number,caption', 'case,x,"open', ...rows].join('\n'))
    expect(readings).toHaveLength(50_001)
    expect(readings.filter((one) => 'reason' in one).map((one) => one.line)).toEqual([2])
  })
  it('refuses a row of more cells than the header, and takes one of fewer', async () => {
    expect(await outline('type,number,caption\ncase,1,A,B\ncase,1,A,,\ncaseRemoved,1'))
      .toEqual([[2, 'This row has 4 cells, the header has 3 ("B" is one too many).'], [3], [4]])
  })
  it('refuses a row that is not UTF-8, and only that', async () => {
    const content = Buffer.concat([Buffer.from('type,number,caption\ncase,1,Señor\n'), Buffer.from('case,2,Señor\n', 'latin1'),
      Buffer.from('case,3,A\n')])
    expect(await outline(content)).toEqual([[2], [3, 'This line is not valid UTF-8 text.'], [4]])
  })
  it.each([
    ['', 'This file is empty: a header row is needed.'],
    ['number,caption\n1,A\n', 'The first row must name the columns, and one of them must be "type".'],
    ['type,case,Case\n', 'The column "case" stands twice in the header row.'],
  ])('refuses %j as a whole, once', async (content, reason) => {
    expect(await outline(content)).toEqual([[1, reason]])
  })
  it('gives the same readings however the bytes are cut', async () => {
    const cell = fc.oneof(fc.constantFrom('case', '', '"', '""', '"a', 'b"', '"a,b"', '"a\nb"', ' ', '\r'), fc.string())
    await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }), fc.integer({ min: 1, max: 30 }),
      async (rows, size) => {
      const content = `type,number,caption\n${rows.map((row) => row.join(',')).join('\n')}`
      expect(await read(content, size)).toEqual(await read(content))
    }))
  })
  it('reads back every caption that is quoted by the book', async () => {
    const caption = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '' && !text.includes('\0') && text.isWellFormed())
    await fc.assert(fc.asyncProperty(fc.array(caption, { minLength: 1, maxLength: 6 }), async (captions) => {
      const rows = captions.map((text) => `case,1,"${text.replaceAll('"', '""')}"`)
      expect(await records(['type,number,caption', ...rows].join('\n')))
        .toEqual(captions.map((text) => ({ type: 'case', number: '1', court: null, caption: text })))
    }))
  })
})
