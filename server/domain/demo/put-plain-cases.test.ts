import { createHash } from 'node:crypto'
import { asc, eq, gt } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketChanges, docketEntries, namePairs, nameWords, parties } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { findCaseType } from '../../profile/look-up.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { indexedPairs, indexedWords } from '../cases/indexed-words.ts'
import { searchCases } from '../cases/search-cases.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { putDemoData, type DemoSize } from './put-demo-data.ts'

let world: World
let others: World[]
beforeEach(async () => {
  world = await openWorld()
  others = []
})
afterEach(() => Promise.all([world, ...others].map((one) => one.close())))

async function another(): Promise<World> {
  const opened = await openWorld()
  others.push(opened)
  return opened
}
const put = ({ workplace, site }: World, size: Partial<DemoSize>) =>
  putDemoData(workplace, site, { cases: 0, rich: 20, subscriptions: 0, entries: 0, seed: 1, ...size })

const tables = ['cases', 'parties', 'name_words', 'name_pairs', 'docket_entries', 'docket_changes', 'scheduled_events', 'scheduled_payments', 'subscribers', 'subscriptions']

/** A hash of each table, every column of it. */
async function digestOf(one: World): Promise<Record<string, string>> {
  const hashed: [string, string][] = []
  for (const table of tables) {
    const rows = (await one.rows(`select * from ${table}`)).map((row) => JSON.stringify(row)).sort()
    hashed.push([table, `${rows.length} ${createHash('sha256').update(rows.join('\n')).digest('hex')}`])
  }
  return Object.fromEntries(hashed)
}

describe('demonstration data past the cases with a rich history', () => {
  it('is the same to the row for the same seed, and differs for another', async () => {
    const size = { cases: 2_500, subscriptions: 700, entries: 300 }
    await put(world, size)
    const digest = await digestOf(world)
    const [same, other] = [await another(), await another()]
    await put(same, size)
    expect(await digestOf(same)).toEqual(digest)
    await put(other, { ...size, seed: 2 })
    const differing = await digestOf(other)
    expect(tables.filter((table) => differing[table] === digest[table])).toEqual(['subscribers'])
  })

  it('adds as much again when it is run again, and changes nothing that is here', async () => {
    await put(world, { cases: 300, subscriptions: 60, entries: 20 })
    const before = await world.rows('select * from cases order by id')
    await put(world, { cases: 300, subscriptions: 60, entries: 20 })
    const after = await world.rows('select * from cases order by id')
    expect(after).toHaveLength(600)
    // The entries of today went to the cases that were added with them.
    expect(after.slice(0, 300)).toEqual(before)
    expect(await world.rows('select count(*) as c from subscriptions')).toEqual([{ c: 120 }])
    expect(await world.reading().tx.$count(docketChanges, isUntaken)).toBe(40)
  })

  it('writes what taking in the records would have written: keys, words, changes, last activity', async () => {
    await put(world, { cases: 420 })
    const { tx, now } = world.reading()
    const plain = await tx.select().from(cases).where(gt(cases.id, 20)).orderBy(asc(cases.id))
    expect(plain).toHaveLength(400)
    expect(new Set(plain.map(({ court }) => court)).size).toBeGreaterThan(40)
    expect(plain.map(({ filedOn }) => filedOn)).toEqual(plain.map(({ filedOn }) => filedOn).sort())
    for (const one of plain) {
      expect(one.numberKey).toBe(caseNumberKey(one.number))
      expect(findCaseType(world.profile, one.caseType)).toBeDefined()
      expect(one.isHistory).toBe(true)
      const named = await tx.select().from(parties).where(eq(parties.caseId, one.id)).orderBy(asc(parties.ordinal))
      const words = await tx.select().from(nameWords).where(eq(nameWords.caseId, one.id))
      const expected = [one.caption, ...named.map(({ name }) => name)].flatMap((name, ordinal) => indexedWords(name).map((word) => `${ordinal} ${word}`))
      expect(words.map(({ ordinal, word }) => `${ordinal} ${word}`).sort()).toEqual(expected.sort())
      const pairs = await tx.select().from(namePairs).where(eq(namePairs.caseId, one.id))
      const expectedPairs = [one.caption, ...named.map(({ name }) => name)]
        .flatMap((name, ordinal) => indexedPairs(indexedWords(name)).map(({ word, otherWord }) => `${ordinal} ${word} ${otherWord}`))
      expect(pairs.map(({ ordinal, word, otherWord }) => `${ordinal} ${word} ${otherWord}`).sort()).toEqual(expectedPairs.sort())
      const entries = await tx.select().from(docketEntries).where(eq(docketEntries.caseId, one.id)).orderBy(asc(docketEntries.id))
      const changes = await tx.select().from(docketChanges).where(eq(docketChanges.caseId, one.id)).orderBy(asc(docketChanges.id))
      expect(entries.length).toBeGreaterThan(0)
      expect(changes.map(({ entryId, recordedAt, kind, isQuiet }) => ({ entryId, recordedAt, kind, isQuiet })))
        .toEqual(entries.map(({ id, lastActivityAt }) => ({ entryId: id, recordedAt: lastActivityAt, kind: 'added', isQuiet: true })))
      expect(one.lastActivityAt).toEqual(entries.at(-1)?.lastActivityAt)
      expect(entries.every(({ filedOn, lastActivityAt }) => filedOn >= (one.filedOn ?? '') && lastActivityAt < now)).toBe(true)
    }
    const [open] = plain.filter(({ security }) => security === 'public')
    const found = await searchCases(world.reading(), world.profile, caseSearch.parse({ q: open?.number }))
    expect(found.exact?.number).toBe(open?.number)
  })

  it('leaves to the evening exactly the subscriptions of the cases that changed, and no other mail', async () => {
    await put(world, { cases: 1_500, rich: 400, subscriptions: 1_100, entries: 120 })
    const owed = await world.rows(`select distinct s.id from subscriptions s join docket_changes c on c.case_id = s.case_id
      join cases k on k.id = s.case_id where not c.is_quiet and c.id > s.email_active_after and k.security = 'public' order by s.id`)
    expect(owed.length).toBeGreaterThan(90)
    world.clock.set('2026-11-20T18:00:00-06:00')
    const held = await runEvening(world.workplace, world.site, { mayBeFuture: false })
    expect(held.notices).toBe(owed.length)
    expect(await world.rows('select subscription_id as id from outbox_messages order by subscription_id')).toEqual(owed)
  })
})
