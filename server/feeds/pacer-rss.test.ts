import { describe, expect, it } from 'vitest'
import type { Reading } from '../contract/records.ts'
import { inPieces, readAll } from './in-pieces.ts'
import type { FederalReaderOptions } from './name-court.ts'
import { readPacerRss } from './pacer-rss.ts'

type Item = Partial<Record<'title' | 'description' | 'guid' | 'pubDate', string | null>>
const guid = (sequence: number): string => `https://ecf.nysd.uscourts.gov/cgi-bin/DktRpt.pl?1000&#x26;${sequence}`
const link = (number: string, sequence: number): string =>
  `(&#x3C;a href=&#x22;https://ecf.nysd.uscourts.gov/doc1/1?caseid=1000&#x26;de_seq_num=${sequence}&#x22; &#x3E;${number}&#x3C;/a&#x3E;)`
const tag = (name: string, text: string | null | undefined): string => (text == null ? '' : `<${name}>${text}</${name}>\n`)
const item = (fields: Item): string => {
  const all: Item = { title: '1:31-cv-00001 Sample v. Example', description: `[Order] ${link('3', 10)}`, guid: guid(10),
    pubDate: 'Tue, 15 Apr 2031 23:40:30 GMT', ...fields }
  const tags = (['title', 'description', 'guid', 'pubDate'] as const).map((name) => tag(name, all[name]))
  return `<item>\n${tags.join('')}</item>\n`
}
const feed = (items: string, title = 'Southern District of New York - Recent Entries', host = 'nysd'): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\n<rss version="2.0">\n<channel>\n`
  + `<title>${title}</title>\n<link>https://ecf.${host}.uscourts.gov</link>\n`
  + `<description>Docket entries of type: all</description>\n`
  + `<lastBuildDate>Wed, 16 Apr 2031 00:15:00 GMT</lastBuildDate>\n${items}</channel>\n</rss>`

const read = (content: string | Uint8Array,
  options?: FederalReaderOptions): Promise<Reading[]> => readAll(readPacerRss(inPieces(content, 100), options))
async function entries(items: string): Promise<unknown[]> {
  const readings = await read(feed(items))
  return readings.flatMap((one): unknown[] => ('reason' in one ? [one.reason] : one.record.type === 'docketEntry' ? [one.record] : []))
}
async function cases(items: string): Promise<unknown[]> {
  const readings = await read(feed(items))
  return readings.flatMap((one) => ('record' in one && one.record.type === 'case' ? [one.record] : []))
}

const like = (form: RegExp): unknown => expect.stringMatching(form)

describe('readPacerRss', () => {
  it('gives the court, then a case and an entry for each item, of which the entry counts', async () => {
    expect(await read(feed(item({})))).toEqual([
      { line: 1, counts: false, record: { type: 'court', code: 'nysd', name: 'Southern District of New York',
        timeZone: 'America/New_York' } },
      { line: 1, counts: false, record: { type: 'case', number: '1:31-cv-00001', court: 'nysd', caption: 'Sample v. Example',
        caseType: 'CV' } },
      {
        line: 1, counts: true,
        record: { type: 'docketEntry', case: '1:31-cv-00001', court: 'nysd', id: 'seq-10', entryNumber: '3',
          filedAt: '2031-04-15T19:40:30-04:00', description: 'Order' },
      },
    ])
  })
  it('reads an appellate feed', async () => {
    const readings = await read(feed(item({
      title: '19-0001 Sample &amp;amp; Sons v. Example',
      description: '[Opinion for the sample court] (&lt;a href=\'https://ecf.ca10.uscourts.gov/docs1/01001\'>Document&lt;/a>)',
      guid: 'https://ecf.ca10.uscourts.gov/n/beam/servlet/TransportRoom?servlet=Docket.jsp&amp;caseNum=19-0001&amp;partId=12345',
      pubDate: 'Fri, 03 Feb 2034 09:10:20 MST',
    }), 'Tenth Circuit Court of Appeals - Recent Entries', 'ca10'))
    expect(readings.map((one) => ('record' in one ? one.record : one.reason))).toEqual([
      { type: 'court', code: 'ca10', name: 'Tenth Circuit Court of Appeals', timeZone: 'America/Denver' },
      { type: 'case', number: '19-0001', court: 'ca10', caption: 'Sample & Sons v. Example' },
      { type: 'docketEntry', case: '19-0001', court: 'ca10', id: 'part-12345', filedAt: '2034-02-03T09:10:20-07:00',
        description: 'Opinion for the sample court' },
    ])
  })
  it('reads a bankruptcy feed, whose titles are cut and padded', async () => {
    const readings = await read(feed(item({
      title: '31-00001 Sample v. Example, Inc. d/b/a EXA               ',
        description: 'Type: ap Office: 1 Chapter:   [Close Sample Case] ',
      guid: 'https://ecf.mdb.uscourts.gov/cgi-bin/DktRpt.pl?2000-19',
    }), 'District of Maryland - Recent Entries', 'mdb'))
    expect(readings.map((one) => ('record' in one ? one.record : one.reason))).toMatchObject([
      { type: 'court', code: 'mdb', name: 'District of Maryland Bankruptcy Court' },
      { number: '31-00001', caption: 'Sample v. Example, Inc. d/b/a EXA', caseType: 'AP' },
      { id: 'seq-19', description: 'Close Sample Case', text: 'Type: ap Office: 1 Chapter:' },
    ])
  })
  it('keeps a number of an unknown form, and takes it as caption where there is none', async () => {
    expect(await cases(item({ title: '4:31-~zz-00042 ' })))
      .toEqual([{ type: 'case', number: '4:31-~zz-00042', court: 'nysd', caption: '4:31-~zz-00042' }])
  })
  it('takes the caption of another item of the case where one has none', async () => {
    expect(await cases(item({ title: '31-80042 ' }) + item({ title: '31-80042 Sample' })))
      .toMatchObject([{ caption: 'Sample' }, { caption: 'Sample' }])
  })
  it('decodes both layers of a title: XML and the HTML in it', async () => {
    expect(await cases(item({ title: '1:31-cv-00001 O&#x26;#039;Sample &#x26; Co., 50&#x26;#037; v. A &#x3C;B&#x3E;' })))
      .toMatchObject([{ caption: 'O\'Sample & Co., 50% v. A <B>' }])
  })
  it('reads the bytes in the encoding that the feed declares', async () => {
    expect((await read(Buffer.from(feed(item({ title: '31-1 Se\u00f1or \u0093Q\u0094' })), 'latin1')))[1])
      .toMatchObject({ record: { caption: 'Señor “Q”' } })
    expect((await read(feed(item({ title: '31-1 Señor' })).replace('ISO-8859-1', 'UTF-8')))[1])
      .toMatchObject({ record: { caption: 'Señor' } })
    expect((await read(feed(item({ title: '31-1 Señor' })).replace(/<\?xml.*\?>/, '')))[1])
      .toMatchObject({ record: { caption: 'Señor' } })
    expect(await read(feed('').replace('ISO-8859-1', 'KLINGON')))
      .toEqual([{ line: 1, reason: 'This file declares a text encoding that is not known here.' }])
  })

  it.each([
    ['[Rule 7(a)(1) - Papers Sent] ', 'Rule 7(a)(1) - Papers Sent', undefined],
    ['[Motion [Refiled]] ', 'Motion [Refiled]', undefined],
    ['[Set R&#x26;amp;R] ', 'Set R&R', undefined],
    [`[Order] ${link('3', 10)} &#x3C;b&#x3E;Granted&#x3C;/b&#x3E; in part&#x3C;br&#x3E;see (4)`, 'Order', 'Granted in part\nsee (4)'],
    ['MOTION to Dismiss', 'MOTION', 'MOTION to Dismiss'],
    ['[Never closed', 'Never closed', undefined],
  ])('reads the description %j', async (description, title, text) => {
    expect(await entries(item({ description }))).toMatchObject([{ description: title, ...(text === undefined ? {} : { text }) }])
  })
  it('reads HTML that the court did not escape, and CDATA', async () => {
    expect(await entries(
      item({ description: '[Order] (<a href="https://ecf.nysd.uscourts.gov/doc1/1?de_seq_num=4">7</a>)' })
      + item({ description: '<![CDATA[[Letter] (<a href="https://ecf.nysd.uscourts.gov/doc1/1">8</a>)]]>', guid: guid(11) }),
    )).toMatchObject([{ description: 'Order', entryNumber: '7' }, { description: 'Letter', entryNumber: '8' }])
  })
  it('forgives tags that are never closed and a file that breaks off', async () => {
    const open = feed(item({}) + item({ guid: guid(11) })).replaceAll('</item>', '').replaceAll('</title>\n<desc', '\n<desc')
    expect((await read(open)).filter((one) => 'record' in one && one.counts)).toHaveLength(2)
    const whole = feed(item({}) + item({ guid: guid(11) }))
    const cut = await read(whole.slice(0, whole.lastIndexOf('<pubDate>')))
    expect(cut.slice(-1)).toEqual([{ line: 2, reason: 'This item has no publication date.' }])
  })

  it('joins the parts of one entry in the docket\'s order, whichever item is met', async () => {
    const parts = await entries(item({ description: '[~Util - Set Deadlines] ' }) + item({ description: '[Order] ' })
      + item({ guid: guid(9) }))
    expect(parts).toMatchObject([
      { id: 'seq-10', description: 'Order; ~Util - Set Deadlines' }, { id: 'seq-10', description: 'Order; ~Util - Set Deadlines' },
      { id: 'seq-9', description: 'Order' },
    ])
    expect(parts[1]).toEqual(parts[0])
  })
  it('takes the latest sending of an entry, wherever it stands', async () => {
    const late = item({ description: '[Corrected] ', pubDate: 'Wed, 16 Apr 2031 10:00:00 GMT' })
    for (const items of [late + item({}), item({}) + late]) {
      expect(await entries(items))
        .toMatchObject([{ description: 'Corrected', filedAt: '2031-04-16T06:00:00-04:00' }, { description: 'Corrected' }])
    }
  })
  it('repeats what stands in the feed twice', async () => {
    const [first, second] = await entries(item({}) + item({}))
    expect(second).toEqual(first)
  })
  it('gives an item without a guid an id that is the same every time', async () => {
    const plain = { guid: '', description: '[Notice] ' }
    const [first] = await entries(item(plain))
    expect(await entries(item({}) + item(plain))).toContainEqual(first)
    expect(await entries(item({ guid: '' }))).toMatchObject([{ id: 'seq-10' }])
    expect(await entries(item({ guid: 'tag:example.com,1', description: '[Notice] ' })))
      .toMatchObject([{ id: like(/^guid-[0-9a-f]{20}$/) }])
  })

  it('names an item that cannot be read and goes on', async () => {
    expect(await read(feed(
      item({ title: '' }) + item({ title: 'Sample v. Example' }) + item({ pubDate: null })
        + item({ pubDate: 'Tue, 15 Apr 2031 23:40:30 XYZ' })
      + item({ description: link('3', 10) }) + item({ title: `1:31-cv-00001 ${'x'.repeat(2_001)}` }) + item({}),
    ))).toMatchObject([
      { record: { type: 'court' } },
      { line: 1, reason: 'This item has no title, and the title says which case it belongs to.' },
      { line: 2, reason: 'The title of this item does not begin with a case number.' },
      { line: 3, reason: 'This item has no publication date.' },
      { line: 4, reason: 'The publication date of this item names a time zone that is not known here.' },
      { line: 5, reason: 'This item has no description.' },
      { line: 6, reason: '"caption" is longer than 2,000 characters.' },
      { line: 7, counts: false }, { line: 7, counts: true },
    ])
  })
  it('lets the caller name the court', async () => {
    const readings = await read(feed(item({})), { court: { code: 'OURS', name: 'Our court', timeZone: 'America/Chicago' } })
    expect(readings).toMatchObject([
      { record: { code: 'OURS', name: 'Our court', timeZone: 'America/Chicago' } }, { record: { court: 'OURS' } },
      { record: { court: 'OURS', filedAt: '2031-04-15T18:40:30-05:00' } },
    ])
  })
  it.each([
    ['an unknown court', feed(item({}), 'Somewhere', 'zzzd'), /^"zzzd" is not a federal court known here/],
    ['no court', '<rss><channel></channel></rss>', /^This file does not say which court/],
    ['no feed', '<html><body>Maintenance</body></html>', /^This file is not an RSS feed/],
    ['nothing', '', /^This file is not an RSS feed/],
  ])('refuses a file of %s as a whole, once', async (_what, content, reason) => {
    expect(await read(content)).toEqual([{ line: 1, reason: like(reason) }])
  })
})
