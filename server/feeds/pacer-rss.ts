import { Temporal } from 'temporal-polyfill'
import type { Reading } from '../contract/records.ts'
import { checkRecord } from './check-record.ts'
import { nameCourt } from './name-court.ts'
import type { FederalReaderOptions } from './name-court.ts'
import { decodeEntities } from './plain-text.ts'
import { readRssEntry } from './rss-entry.ts'
import type { RssEntry } from './rss-entry.ts'
import { decodeXml, readRssItems } from './rss-items.ts'
import type { RssChannel } from './rss-items.ts'
import { readWhole, tooLargeDocument } from './whole-source.ts'

/**
 * Reads the RSS feed of a federal court (I2): first its court, then for each item its case and its docket entry, both with
 * the item's place as line; only the entry counts. A feed says nothing of status or security, so neither do the records.
 * One docket entry that is several items (a part each) is one entry, repeated: reading again changes nothing (I1).
 */
export async function* readPacerRss(source: AsyncIterable<Uint8Array>, options: FederalReaderOptions = {}): AsyncGenerator<Reading> {
  const bytes = await readWhole(source)
  const decoded = bytes === null ? { fault: tooLargeDocument } : decodeXml(bytes)
  if ('fault' in decoded) {
    yield { line: 1, reason: decoded.fault }
    return
  }
  const channel = readRssItems(decoded.xml)
  if (channel === null) {
    yield { line: 1, reason: 'This file is not an RSS feed: it has no channel and no items.' }
    return
  }
  const court = nameCourt(saidCourt(channel), options.court)
  if (typeof court === 'string') {
    yield { line: 1, reason: court }
    return
  }
  yield { line: 1, record: court, counts: false }

  const entries = channel.items.map(readRssEntry)
  const whole = joinParts(entries.filter((entry) => typeof entry !== 'string'))
  for (const [at, entry] of entries.entries()) {
    const line = at + 1
    if (typeof entry === 'string') {
      yield { line, reason: entry }
      continue
    }
    const { description, text, filedAt, entryNumber } = whole.entries.get(entryKey(entry)) ?? entry
    const caseRecord = checkRecord({
      type: 'case', number: entry.number, court: court.code, caption: entry.caption ?? whole.captions.get(entry.number) ?? entry.number,
      caseType: entry.caseType,
    })
    const entryRecord = checkRecord({
      type: 'docketEntry', case: entry.number, court: court.code, id: entry.id, entryNumber,
      filedAt: onCourtClock(filedAt, court.timeZone), description, text: text === '' ? null : text,
    })
    if ('reason' in caseRecord) yield { line, reason: caseRecord.reason }
    else if ('reason' in entryRecord) yield { line, reason: entryRecord.reason }
    else {
      yield { line, record: caseRecord.record, counts: false }
      yield { line, record: entryRecord.record, counts: true }
    }
  }
}

function saidCourt(channel: RssChannel): { code?: string; name?: string } {
  const links = [channel.link, ...channel.items.flatMap((item) => [item.link, item.guid])]
  const hosts = links.map((link) => /^\s*https?:\/\/ecf\.([a-z0-9]+)\.uscourts\.gov\b/i.exec(link)?.[1])
  const code = hosts.find((host) => host !== undefined)?.toLowerCase()
  const title = decodeEntities(channel.title).replace(/\s*-\s*Recent Entries$/i, '')
  // A bankruptcy court's channel is titled like the district court of the same place.
  const name = code?.endsWith('b') && title !== '' && !/bankruptcy/i.test(title) ? `${title} Bankruptcy Court` : title
  return { ...(code === undefined ? {} : { code }), ...(name === '' ? {} : { name }) }
}

const entryKey = (entry: RssEntry): string => JSON.stringify([entry.number, entry.id])

/**
 * An entry whose docketing event has several parts comes as an item for each, under one guid, the last part first. Joined
 * in the docket's order it reads the same whichever item is met; where a court sent it again later, the latest sending.
 */
function joinParts(entries: readonly RssEntry[]): { entries: ReadonlyMap<string, RssEntry>; captions: ReadonlyMap<string, string> } {
  const joined = new Map<string, RssEntry>()
  const captions = new Map<string, string>()
  for (const entry of entries) {
    if (entry.caption !== null && !captions.has(entry.number)) captions.set(entry.number, entry.caption)
    const key = entryKey(entry)
    const later = joined.get(key)
    const order = later ? Temporal.Instant.compare(entry.filedAt, later.filedAt) : 1
    if (!later || order > 0) joined.set(key, entry)
    else if (order === 0) {
      joined.set(key, {
        ...later,
        entryNumber: later.entryNumber ?? entry.entryNumber,
        description: joinDistinct(entry.description, later.description, '; '),
        text: joinDistinct(entry.text, later.text, '\n'),
      })
    }
  }
  return { entries: joined, captions }
}

function joinDistinct(earlier: string, rest: string, between: string): string {
  const parts = rest.split(between)
  return parts.includes(earlier) || earlier === '' ? rest : rest === '' ? earlier : `${earlier}${between}${rest}`
}

const onCourtClock = (instant: Temporal.Instant, timeZone: string): string =>
  instant.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never' })
