import { spawn, type ChildProcess } from 'node:child_process'
import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp, backupMomentOf } from '../db/backup/back-up.ts'
import { checkFile } from '../db/backup/check-file.ts'
import { sqliteFileOf } from '../db/engine.ts'
import { docketChanges, namePairs } from '../db/schema.ts'
import { openDatabase } from '../db/open-database.ts'
import { createResendMailer } from './adapters/resend-mailer.ts'
import { deliverOutbox } from './delivery/deliver-outbox.ts'
import { checkRows } from './domain/check/check-rows.ts'
import { deleteAccount } from './domain/accounts/delete-account.ts'
import { dropMessage } from './domain/outbox/drop-message.ts'
import { retryMessage } from './domain/outbox/retry-message.ts'
import { stopTracking } from './domain/tracking/stop-tracking.ts'
import { clearRestorations } from './domain/restorations/clear-restorations.ts'
import { listParkedByRestoration } from './domain/restorations/list-parked.ts'
import { runEvening } from './evening/run-evening.ts'
import { restoreBackup } from './restore-backup.ts'
import { pairsAmiss } from './testing/pair-words.ts'
import { putCase } from './testing/put-case.ts'
import { putSubscription } from './testing/put-subscription.ts'
import { startResendStandIn, type ResendStandIn } from './testing/resend-stand-in.ts'
import { createStubTexter } from './testing/stub-texter.ts'
import { takeAll } from './testing/take-all.ts'
import { report } from './testing/torture/scale.ts'
import { openWorld, type World } from './testing/world.ts'
import { workplaceOf, type Workplace } from './work.ts'

const writer = fileURLToPath(new URL('./testing/keep-writing.ts', import.meta.url))
const numbers = Array.from({ length: 8 }, (_, nth) => `26BA-CR0${1_500 + nth}`)
const readersOfCase = 3

describe('backups', { timeout: 180_000 }, () => {
  let world: World
  let provider: ResendStandIn
  let file: string
  let backup: string
  let caseIds: number[]
  beforeEach(async () => {
    world = await openWorld(new Date().toISOString())
    provider = await startResendStandIn()
    file = sqliteFileOf(world.url)
    backup = `${file}.backup`
    caseIds = []
    for (const number of numbers) {
      caseIds.push(await world.work(async (work) => {
        const caseId = await putCase(work, { number })
        for (let nth = 0; nth < readersOfCase; nth++) await putSubscription(work, caseId, { email: `r${nth}-${number.toLowerCase()}@example.com` })
        return caseId
      }))
    }
  })
  afterEach(async () => {
    await provider.close()
    await world.close()
  })

  const enter = (nth: string) => takeAll(world, numbers.map((number) => (
    { type: 'docketEntry', case: number, court: '13-BOONE', id: nth, filedAt: '2026-11-20', description: `Entry ${nth}.`, text: '' })))
  const evening = (workplace: Workplace = world.workplace) => runEvening(workplace, world.site, { mayBeFuture: true })
  const deliver = (workplace: Workplace = world.workplace, mostMessages?: number) => deliverOutbox({
    workplace, profile: world.profile, linkKeys: ['k'.repeat(32)], texter: createStubTexter(), workerName: 'w',
    mailer: { ...createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 500 }), batchLimit: 5, concurrency: 1 },
    log: { info: () => undefined, error: () => undefined },
  }, mostMessages === undefined ? {} : { mostMessages })
  const restore = (more: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
    restoreBackup({ file, backup, hasNothingLeft: false, isStopped: false, clock: world.clock, ...more })
  /** Who was told of what, by the record of the provider, as often as it was. */
  const told = () => provider.accepted.flatMap(({ to, text }) => [...new Set([...text.matchAll(/(?:Entry|Written) ([a-z0-9-]+)\./g)].map(([, id]) => `${to} ${id}`))])

  it('R14: restores a backup that was made while others wrote, holds the evening again and sends nothing twice, all else is listed', async () => {
    await enter('a')
    await evening()
    // The answers of two requests are lost: one is tried again before the backup, one after it.
    provider.change({ fail: (request) => (request === 1 || request === 2 ? 'dropAnswer' : null) })
    await deliver(world.workplace, 12)
    provider.change({ fail: () => null })
    expect(provider.accepted.length).toBeGreaterThan(5)

    const child = spawn(process.execPath, ['--import', 'tsx', writer, JSON.stringify({ url: world.url, cases: numbers })], { stdio: ['pipe', 'pipe', 'inherit'] })
    const written = linesOf(child)
    await until(() => written.length > 20)
    world.clock.set(new Date().toISOString())
    const before = written.length
    const { madeAt } = await backUp(file, backup, { madeAt: world.clock.now() })
    await until(() => written.length > before + 20)
    child.stdin.end()
    await new Promise((resolve) => child.on('exit', resolve))
    expect(statSync(backup).mode & 0o777).toBe(0o600)
    expect(backupMomentOf(backup)).toEqual(madeAt)
    expect(checkFile(backup)).toEqual([])
    const inBackup = idsIn(backup)
    // Nothing that was acknowledged before is missing, and nothing is there without what came before it.
    expect(inBackup).toEqual(written.slice(0, inBackup.length))
    expect(inBackup.length).toBeGreaterThanOrEqual(before)

    // What the backup does not know: the rest of the evening leaves, more comes, another evening, somebody stops.
    world.clock.passMinutes(2)
    await deliver()
    await enter('b')
    await evening()
    await deliver()
    const stopped = provider.accepted.at(-1)?.to ?? ''
    const [row] = await world.rows(`select s.id from subscriptions s join subscribers r on r.id = s.subscriber_id where r.email = '${stopped}'`)
    await world.work((work) => stopTracking(work, Number(row?.['id']), 'emailAndText'))
    const leftBefore = provider.accepted.filter(({ to }) => to === stopped).length
    const known = told()
    expect(new Set(known).size).toBe(known.length)

    await expect(restore()).rejects.toThrow('in use')
    await world.workplace.close()
    world.clock.passMinutes(50)
    const { aside, carried, parked, remembered } = await restore()
    expect(parked).toBeGreaterThan(0)
    expect(remembered).toBeGreaterThan(0)
    expect(carried).toMatchObject({ stopped: 1, deletedCases: 0, deletedSubscribers: 0 })
    expect(checkFile(file)).toEqual([])
    expect(aside !== null && checkFile(aside)).toEqual([])

    const again = workplaceOf(openDatabase(world.url), world.clock)
    try {
      // The court system sends again what it sent since, and what is new.
      const feed = { ...world, workplace: again }
      const resend = (id: string, what: string, number: string) => takeAll(feed, [
        { type: 'docketEntry', case: number, court: '13-BOONE', id, filedAt: '2026-11-20', description: `${what} ${id}.`, text: '' }])
      for (const [nth, id] of written.entries()) await resend(id, 'Written', numbers[(nth + 1) % numbers.length] ?? '')
      for (const number of numbers) for (const id of ['a', 'b', 'c']) await resend(id, 'Entry', number)
      await evening(again)
      await deliver(again)
      expect(new Set(told()).size).toBe(told().length)

      // Everything else that anybody is owed is on the operator's list.
      const listed = await world.rows(`select r.email, c.payload from outbox_messages m join subscribers r on r.id = m.subscriber_id
        join message_contents c on c.id = m.content_id where m.state = 'parked'`)
      const isListed = (to: string, id: string) => listed.some(({ email, payload }) => email === to && String(payload).includes(`"Entry ${id}."`))
      const reached = new Set(told())
      const readers = numbers.flatMap((number) => Array.from({ length: readersOfCase }, (_, nth) => `r${nth}-${number.toLowerCase()}@example.com`)).filter((to) => to !== stopped)
      const owed = readers.flatMap((to) => ['a', 'b', 'c'].map((id) => [to, id] as const))
      expect(owed.filter(([to, id]) => !reached.has(`${to} ${id}`) && !isListed(to, id))).toEqual([])

      // The operator lets go what the provider knows, sends the rest, and says that it is clear.
      const ids = await listParkedByRestoration(again.reading(), { after: 0, limit: 1_000 })
      for (const id of ids) {
        const [message] = await world.rows(`select r.email, c.payload from outbox_messages m join subscribers r on r.id = m.subscriber_id
          join message_contents c on c.id = m.content_id where m.id = ${id}`)
        const hasLeft = ['a', 'b'].some((one) => String(message?.['payload']).includes(`"Entry ${one}."`) && reached.has(`${String(message?.['email'])} ${one}`))
        await again.inOneTransaction(async (work) => (hasLeft ? dropMessage(work, id) : retryMessage(work, id)))
      }
      await again.inOneTransaction(clearRestorations)
      await deliver(again)
      const twice = told().length - new Set(told()).size
      report('R14', `${twice} twice of ${told().length}, the rest of ${owed.length} owed was listed`, twice === 0)
      expect(twice).toBe(0)
      expect(await checkRows(again.reading())).toMatchObject({ faults: [] })
      expect(provider.accepted.filter(({ to }) => to === stopped)).toHaveLength(leftBefore)
    } finally {
      await again.close()
    }
  })

  it('R14: carries over from the database that it replaces who stopped, what became confidential and what was deleted', async () => {
    const stop = await world.rows('select id, subscriber_id from subscriptions order by id limit 3')
    await backUp(file, backup, { madeAt: world.clock.now() })
    await world.work((work) => stopTracking(work, Number(stop[0]?.['id']), 'emailAndText'))
    await takeAll(world, [
      { type: 'case', number: numbers[1] ?? '', court: '13-BOONE', caption: 'A v. B', caseType: 'CV', filedOn: '2026-08-14', status: 'open', security: 'confidential', parties: [] },
      { type: 'caseRemoved', number: numbers[2] ?? '', court: '13-BOONE' },
    ])
    await world.work((work) => deleteAccount(work, { id: 0, subscriberId: Number(stop[1]?.['subscriber_id']) }))
    await world.workplace.close()
    expect((await restore()).carried).toEqual({ stopped: 1, phones: 0, suppressed: 0, hidden: 1, deletedCases: 1, deletedSubscribers: 1 })
    expect(await world.rows(`select id from cases where security = 'public'`)).toHaveLength(numbers.length - 2)
    expect(await world.rows(`select id from subscriptions where email_state = 'stopped'`)).toEqual([{ id: stop[0]?.['id'] }])
    expect(await world.rows(`select id from subscribers where id = ${String(stop[1]?.['subscriber_id'])}`)).toEqual([])
    const again = workplaceOf(openDatabase(world.url), world.clock)
    expect(await pairsAmiss(again.reading())).toEqual([])
    await again.close()
  })

  it('R14: gives no number again that was given since the backup, so that no old link acts on a new row', async () => {
    await backUp(file, backup, { madeAt: world.clock.now() })
    const given = await world.work((work) => putCase(work, { number: '26BA-CR01999' }))
    await world.workplace.close()
    await restore()
    const again = workplaceOf(openDatabase(world.url), world.clock)
    try {
      expect(await again.inOneTransaction((work) => putCase(work, { number: '26BA-CR02000' }))).toBeGreaterThan(given)
      // A table that never had a row, too.
      expect((await world.rows(`select seq from sqlite_sequence where name = 'account_requests'`))[0]?.['seq']).toBeGreaterThan(1_000_000)
    } finally {
      await again.close()
    }
  })

  it('overwrites no file, and leaves nothing behind where it cannot go on', async () => {
    writeFileSync(backup, 'mine')
    await expect(backUp(file, backup, { madeAt: world.clock.now() })).rejects.toThrow('overwrites nothing')
    expect(readFileSync(backup, 'utf8')).toBe('mine')
    await expect(backUp(file, `${file}.nowhere/backup`, { madeAt: world.clock.now() })).rejects.toThrow()
    await expect(backUp(`${file}.none`, `${file}.copy`, { madeAt: world.clock.now() })).rejects.toThrow('no database yet')
    expect(existsSync(`${file}.copy`)).toBe(false)
  })

  it('refuses what is no whole backup of ours, and changes nothing then', async () => {
    await backUp(file, backup, { madeAt: world.clock.now() })
    const rows = await world.rows('select count(*) as n from subscriptions')
    await world.workplace.close()
    const refused = async (path: string, why: string, more = {}) => expect(restore({ backup: path, ...more })).rejects.toThrow(why)
    await refused(`${file}.none`, 'no file')
    await refused(file, 'the database itself')
    writeFileSync(`${file}.text`, 'not a database at all '.repeat(100))
    await refused(`${file}.text`, 'not a database')
    new Sqlite(`${file}.other`).exec('create table t (a)').close()
    await refused(`${file}.other`, 'not a database of this service')
    copyFileSync(backup, `${file}.newer`)
    new Sqlite(`${file}.newer`).exec(`insert into __drizzle_migrations (hash, created_at) values ('later', 9)`).close()
    await refused(`${file}.newer`, 'newer version')
    copyFileSync(file, `${file}.plain`)
    await refused(`${file}.plain`, '--made-at')
    const damaged = readFileSync(backup)
    writeFileSync(`${file}.damaged`, damaged.fill(7, 40_960, 90_000))
    await refused(`${file}.damaged`, 'cannot be restored')
    expect(await world.rows('select count(*) as n from subscriptions')).toEqual(rows)
    expect(checkFile(file)).toEqual([])
    expect((await restore({ backup: `${file}.plain`, madeAt: new Date(world.clock.now().getTime() - 60_000) })).parked).toBe(0)
  })

  it('takes the place of a database that cannot be read only by the word that nobody has it open, and keeps it', async () => {
    await backUp(file, backup, { madeAt: world.clock.now() })
    await world.workplace.close()
    writeFileSync(file, 'spoilt '.repeat(1_000))
    await expect(restore()).rejects.toThrow('--stopped')
    const { aside, carried } = await restore({ isStopped: true })
    expect(carried).toBeNull()
    expect(readFileSync(aside ?? '', 'utf8')).toMatch(/^spoilt/)
    expect(checkFile(file)).toEqual([])
  })

  it('does not believe that nothing left where the database that it replaces knows better', async () => {
    await enter('a')
    await evening()
    await backUp(file, backup, { madeAt: world.clock.now() })
    world.clock.passMinutes(1)
    await deliver()
    await world.workplace.close()
    await expect(restore({ hasNothingLeft: true })).rejects.toThrow('left since this backup was made')
    expect((await restore()).parked).toBe(numbers.length * readersOfCase)
  })

  it('says what is wrong with rows, and what waits for a person', async () => {
    expect(await checkRows(world.reading())).toMatchObject({ faults: [], notes: [], counts: { cases: numbers.length } })
    await enter('a')
    await evening()
    await world.work((work) => work.tx.update(docketChanges).set({ runId: null }).where(eq(docketChanges.id, 1)))
    await world.work((work) => work.tx.insert(namePairs).values({ word: 'ada', otherWord: 'lowell', caseId: 900, ordinal: 1 }))
    world.clock.passMinutes(2 * 24 * 60)
    const { faults } = await checkRows(world.reading())
    expect(faults.join(' ')).toMatch(/24 messages have been due.*1 docket changes were passed over.*1 pairs of words are left/)
  })
})

function linesOf(child: ChildProcess): string[] {
  const lines: string[] = []
  let rest = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  return lines
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 600) throw new Error('It did not come to pass.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function idsIn(database: string): string[] {
  const connection = new Sqlite(database, { readonly: true })
  try {
    return connection.prepare<[], { source_id: string }>(`select source_id from docket_entries where source_id like 'w-%' order by id`).all().map((row) => row.source_id)
  } finally {
    connection.close()
  }
}
