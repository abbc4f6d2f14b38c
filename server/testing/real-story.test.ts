import { asc, eq } from 'drizzle-orm'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases, courts, docketEntries, mailboxMessages, parties } from '../../db/schema.ts'
import { createMailboxMailer } from '../adapters/mailbox-mailer.ts'
import type { DocketEntryRecord } from '../contract/records.ts'
import { caseSearch } from '../contract/case-search.ts'
import { deliverOutbox } from '../delivery/deliver-outbox.ts'
import { findCase } from '../domain/cases/find-case.ts'
import { listDocket } from '../domain/cases/list-docket.ts'
import { searchCases } from '../domain/cases/search-cases.ts'
import { takeRecords } from '../domain/docket/take-records.ts'
import { putMail } from '../domain/mailbox/put-mail.ts'
import { runEvening } from '../evening/run-evening.ts'
import { readJuriscraper } from '../feeds/juriscraper.ts'
import { readPacerRss } from '../feeds/pacer-rss.ts'
import { takeAll } from './take-all.ts'
import { track } from './visitor.ts'
import { openWorld, type World } from './world.ts'
import { createStubTexter } from './stub-texter.ts'

// The whole story on real records: found, read, and a change of each case told by e-mail. They stay beside the repository.

const folder = fileURLToPath(new URL('../../../shared/data/real/', import.meta.url))
const isThere = existsSync(folder)
const skipped = isThere ? '' : ' (skipped: no real records beside this checkout)'
const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#x27;')

describe.skipIf(!isThere)(`real cases${skipped}`, () => {
  let world: World
  const all = () => world.reading().tx.select({ id: cases.id, number: cases.number, court: cases.court, timeZone: courts.timeZone }).from(cases)
    .innerJoin(courts, eq(courts.code, cases.court)).orderBy(asc(cases.id))

  beforeAll(async () => {
    world = await openWorld()
    for (const [name, read] of [['pacer-rss', readPacerRss], ['juriscraper-dockets', readJuriscraper]] as const) {
      for (const file of readdirSync(folder + name)) {
        await takeRecords(world.workplace, read(createReadStream(`${folder}${name}/${file}`)), { isQuiet: true, site: world.site })
      }
    }
  })
  afterAll(() => world.close())

  it('are found by number and by the name of each party, and read in full', async () => {
    const { profile } = world
    let read = 0
    for (const { id, number, court } of await all()) {
      const byNumber = await searchCases(world.reading(), profile, caseSearch.parse({ q: number.toLowerCase().replace(/-/g, ' ') }))
      expect(byNumber.cases.some((one) => one.number === number && one.court.code === court), `case ${id} by number`).toBe(true)
      expect(await findCase(world.reading(), profile, { number, court }), `case ${id}`).toMatchObject({ kind: 'case', case: { number, untrackable: null } })
      const { entries, total } = await listDocket(world.reading(), profile, { number, court, order: 'oldest', filter: '', page: 1 })
      const stored = await world.reading().tx.select().from(docketEntries).where(eq(docketEntries.caseId, id))
      expect(total).toBe(stored.length)
      expect(new Set(entries.map((entry) => entry.text))).toEqual(new Set(stored.map((entry) => entry.text)))
      read += entries.length
      const [party] = await world.reading().tx.select().from(parties).where(eq(parties.caseId, id)).limit(1)
      if (party) {
        const byName = await searchCases(world.reading(), profile, caseSearch.parse({ q: party.name, court }))
        expect(byName.cases.some((one) => one.number === number), `case ${id} by the name of a party`).toBe(true)
      }
    }
    expect(read).toBe(await world.reading().tx.$count(docketEntries))
  })

  it('send one correct e-mail each when an entry of theirs changes', async () => {
    const told = await all()
    const changed = new Map<string, DocketEntryRecord>()
    for (const { id, number, court } of told) {
      const email = `case${id}@example.com`
      const found = await findCase(world.reading(), world.profile, { number })
      // A number that two courts share is tracked by naming the court.
      if (found?.kind !== 'case') continue
      await track(world, email, number)
      const [entry] = await world.reading().tx.select().from(docketEntries).where(eq(docketEntries.caseId, id)).orderBy(asc(docketEntries.id)).limit(1)
      if (!entry) continue
      const record: DocketEntryRecord = {
        type: 'docketEntry', case: number, court, id: entry.sourceId, filedAt: entry.filedAt?.toISOString() ?? entry.filedOn,
        description: entry.description, text: `${entry.text.slice(0, 1500)} <corrected & "amended">`, ...(entry.code === null ? {} : { code: entry.code }),
      }
      changed.set(email, record)
      expect(await takeAll(world, [record]), `case ${id}`).toMatchObject({ rejected: [], changes: { added: 0, updated: 1, voided: 0 } })
    }
    expect(changed.size).toBeGreaterThan(200)
    expect(await runEvening(world.workplace, world.site, { mayBeFuture: true })).toMatchObject({ notices: changed.size })
    const mailer = createMailboxMailer((mails) => world.work((work) => putMail(work, mails)))
    const log = { info: () => undefined, error: () => undefined }
    await deliverOutbox({ workplace: world.workplace, profile: world.profile, mailer, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log, workerName: 'test' })

    const notices = (await world.reading().tx.select().from(mailboxMessages)).filter((mail) => mail.subject.startsWith('Case '))
    expect(notices.map((mail) => mail.recipient).sort()).toEqual([...changed.keys()].sort())
    for (const { recipient, subject, html, text } of notices) {
      const record = changed.get(recipient)
      expect(subject).toBe(`Case ${record?.case}: 1 corrected entry`)
      expect(text).toContain('<corrected & "amended">')
      expect(html).toContain('&lt;corrected &amp; &quot;amended&quot;&gt;')
      expect(html).not.toContain('<corrected')
      const line = record?.text?.split('\n')[0]?.slice(0, 80).trim() ?? ''
      expect(html).toContain(escaped(line))
      expect(html.length).toBeLessThan(100_000)
    }
  })
})
