import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import type { DocketEntryRecord, FeedRecord, Reading } from '../contract/records.ts'
import { guessFormat } from './guess-format.ts'
import { readAll } from './in-pieces.ts'
import { readJuriscraper } from './juriscraper.ts'
import { readPacerRss } from './pacer-rss.ts'

// Numbers only: the records are real people's and stay beside the repository.

const folder = fileURLToPath(new URL('../../../shared/data/real/', import.meta.url))

/** Items; entries that they are; the offsets of their instants on the court's clock. */
const feeds = [
  ['ca10', 6, 6, ['-07:00']], ['ca11', 10, 10, ['-05:00']], ['cadc', 13, 13, ['-05:00']], ['mdb_1', 2, 2, ['-04:00']],
  ['sdny_1', 358, 341, ['-04:00']], ['wvsd', 3, 3, ['-04:00']],
] as const
/** Entries. */
const dockets = [
  ['akd', 3], ['almd', 1], ['azd', 23], ['cacd', 47], ['caed', 1], ['cand', 3], ['casd', 45], ['dcd_1', 0], ['ded', 2], ['gasd', 0],
  ['hid', 47], ['ilnd_310470', 1],
  ['laed_127926', 58], ['mad_193254', 30], ['moed', 7], ['mowd', 35], ['ncwd_1', 159], ['njd_365922', 3], ['nvd_21855', 5], ['nysd_1', 4],
  ['pamd', 2], ['txsd', 6],
  ['utd', 121], ['wawd', 12],
] as const

const docketFile = z.object({
  docket_number: z.string(), case_name: z.string(), date_filed: z.string(), date_terminated: z.string().nullable(),
    assigned_to_str: z.string(),
  parties: z.array(z.object({ name: z.string(), type: z.string(), attorneys: z.array(z.object({ name: z.string() })).optional() })),
  docket_entries: z.array(z.object({ date_filed: z.string(), description: z.string(), document_number: z.string().nullable() })),
})

const records = (readings: readonly Reading[]): FeedRecord[] => readings.flatMap((one) => ('record' in one ? [one.record] : []))
const entriesOf = (readings: readonly Reading[]): DocketEntryRecord[] =>
  records(readings).flatMap((record) => (record.type === 'docketEntry' ? [record] : []))

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
}
function expectCleanAndIdentified(readings: readonly Reading[]): void {
  expect(readings.filter((one) => 'reason' in one)).toEqual([])
  expect(texts(records(readings)).filter((text) => /<\/?[a-z]+[\s>]|&(?:#\w+|[a-z]+);|[^\P{Cc}\n]/iu.test(text))).toHaveLength(0)
  const byId = new Map<string, string>()
  for (const entry of entriesOf(readings)) {
    const id = JSON.stringify([entry.case, entry.id])
    expect(byId.get(id) ?? JSON.stringify(entry)).toBe(JSON.stringify(entry))
    byId.set(id, JSON.stringify(entry))
  }
}

const isThere = existsSync(folder)
const skipped = isThere ? '' : ' (skipped: no real records beside this checkout)'

describe.skipIf(!isThere)(`real records of federal courts${skipped}`, () => {
  it.each(feeds)('reads every item of the feed %s', async (name, itemCount, entryCount, offsets) => {
    const path = `${folder}pacer-rss/${name}.xml`
    const readings = await readAll(readPacerRss(createReadStream(path, { highWaterMark: 1_000 })))
    expectCleanAndIdentified(readings)
    expect(readings.filter((one) => 'record' in one && one.counts).map((one) => one.line))
      .toEqual(Array.from({ length: itemCount }, (_, at) => at + 1))
    const entries = entriesOf(readings)
    expect(new Set(entries.map((entry) => `${entry.case} ${entry.id}`)).size).toBe(entryCount)
    expect([...new Set(entries.map((entry) => entry.filedAt.slice(-6)))]).toEqual(offsets)

    const xml = readFileSync(path, 'latin1')
    const dates = [...xml.matchAll(/<pubDate>(.*?)<\/pubDate>/g)].map((found) => Date.parse(found[1] ?? ''))
    expect(entries.map((entry) => Date.parse(entry.filedAt))).toEqual(dates)
    const titles = [...xml.matchAll(/<title>(.*?)<\/title>/g)].slice(1).map((found) => found[1] ?? '')
    expect(entries.map((entry, at) => titles[at]?.startsWith(`${entry.case} `))).toEqual(dates.map(() => true))
    const numbered = [...xml.matchAll(/(?:&#x3E;|'>)(\d+)(?:&#x3C;|&lt;)\/a/g)].map((found) => found[1])
    expect(entries.flatMap((entry) => entry.entryNumber ?? [])).toEqual(numbered)
    expect(guessFormat(readFileSync(path).subarray(0, 4_096))).toBe('pacer-rss')

    expect(await readAll(readPacerRss(createReadStream(path)))).toEqual(readings)
  })

  it.each(dockets)('reads the docket %s as it stands', async (name, entryCount) => {
    const path = `${folder}juriscraper-dockets/${name}.json`
    const readings = await readAll(readJuriscraper(createReadStream(path, { highWaterMark: 1_000 })))
    expectCleanAndIdentified(readings)
    const entries = entriesOf(readings)
    expect(entries).toHaveLength(entryCount)
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entryCount)
    expect(readings.filter((one) => 'record' in one && one.counts).map((one) => one.line))
      .toEqual(Array.from({ length: entryCount + 1 }, (_, at) => at + 1))

    const file = docketFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    const isSame = entries.map((entry, at) => {
      const said = file.docket_entries[at]
      return said !== undefined && entry.text === said.description && entry.filedAt === said.date_filed
        && (entry.entryNumber ?? null) === said.document_number
        && said.description.replace(/\s+/g, ' ').startsWith(entry.description.replace(/…$/, ''))
    })
    expect(isSame.filter((same) => !same)).toEqual([])
    const found = records(readings).find((record) => record.type === 'case')
    expect(found?.number === file.docket_number && found.caption === file.case_name && found.filedOn === file.date_filed
      && found.judge === file.assigned_to_str).toBe(true)
    expect(found?.status).toBe(file.date_terminated === null ? 'open' : 'closed')
    const parties = new Set(file.parties.map((party) => JSON.stringify([party.name, party.type,
      [...new Set(party.attorneys?.map((attorney) => attorney.name))].join('; ')])))
    expect(new Set(found?.parties?.map((party) => JSON.stringify([party.name, party.role, party.attorney ?? ''])))).toEqual(parties)
    expect(guessFormat(readFileSync(path).subarray(0, 4_096))).toBe('juriscraper')

    expect(await readAll(readJuriscraper(createReadStream(path)))).toEqual(readings)
  })
})
