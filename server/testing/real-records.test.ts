import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, courts, docketChanges, docketEntries } from '../../db/schema.ts'
import type { FeedReport } from '../contract/records.ts'
import { isUntaken } from '../domain/digest/take-changes.ts'
import { takeRecords } from '../domain/docket/take-records.ts'
import { readJuriscraper } from '../feeds/juriscraper.ts'
import { readPacerRss } from '../feeds/pacer-rss.ts'
import { openWorld, type World } from './world.ts'

// Numbers only: the records are real people's and stay beside the repository.

const folder = fileURLToPath(new URL('../../../shared/data/real/', import.meta.url))
const isThere = existsSync(folder)
const filesIn = (name: string): string[] => (isThere ? readdirSync(`${folder}${name}`).map((file) => `${name}/${file}`) : [])
const readers = { 'pacer-rss': readPacerRss, 'juriscraper-dockets': readJuriscraper }
const files = [
  ...filesIn('pacer-rss').map((file) => ({ file, read: readers['pacer-rss'] })),
  ...filesIn('juriscraper-dockets').map((file) => ({ file, read: readers['juriscraper-dockets'] })),
]
const skipped = isThere ? '' : ' (skipped: no real records beside this checkout)'

describe.skipIf(!isThere)(`real records, taken in twice${skipped}`, () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const take = (path: string, read: typeof readPacerRss): Promise<FeedReport> =>
    takeRecords(world.workplace, read(createReadStream(path)), { isQuiet: false, site: world.site })

  it.each(files)('takes in $file, and nothing of it a second time', async ({ file, read }) => {
    const first = await take(`${folder}${file}`, read)
    const { accepted, unchanged, rejected, changes } = first
    console.log(`${file}: ${accepted} accepted, ${unchanged} unchanged, ${rejected.length} rejected, ${changes.added} entries added`)
    expect(rejected).toEqual([])
    expect(accepted).toBeGreaterThan(0)
    expect(await take(`${folder}${file}`, read)).toEqual({
      accepted: 0, unchanged: accepted + unchanged, rejected: [], changes: { added: 0, updated: 0, voided: 0 },
    })
  })

  it('leaves one change an entry, in courts that take part in their own zones', async () => {
    const { tx } = world.reading()
    expect(await tx.$count(docketChanges, isUntaken)).toBe(await tx.$count(docketEntries))
    const brought = (await tx.select().from(courts)).filter((court) => !court.isInProfile)
    expect(brought.every((court) => court.isTakingPart)).toBe(true)
    expect(new Set(brought.map((court) => court.timeZone)).size).toBeGreaterThan(3)
    console.log(`${await tx.$count(cases)} cases in ${brought.length} courts, ${await tx.$count(docketEntries)} entries`)
  })
})
