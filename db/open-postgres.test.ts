import { asc } from 'drizzle-orm'
import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadProfile } from '../server/profile/load-profile.ts'
import { FrailLine } from '../server/testing/frail-line.ts'
import { createTestDatabase } from '../server/testing/test-databases.ts'
import { chosenEngine } from './engine.ts'
import { openPostgres } from './open-postgres.ts'
import { subscribers } from './schema.ts'
import { unavailabilityOf, type Database, type Tx } from './tx.ts'

const now = new Date('2026-11-20T18:00:00Z')
const put = (tx: Tx, email: string) => tx.insert(subscribers).values({ email, emailKey: email, createdAt: now })

describe.runIf(chosenEngine() === 'postgres')('a database on a server (Postgres)', () => {
  let url: string
  let drop: () => Promise<void>
  let admin: pg.Client
  let line: FrailLine
  /** By way of the line. */
  let database: Database

  beforeEach(async () => {
    ({ url, drop } = await createTestDatabase(loadProfile()))
    admin = new pg.Client({ connectionString: url, application_name: 'test' })
    await admin.connect()
    line = await FrailLine.open(url)
    database = openPostgres(line.url)
  })
  afterEach(async () => {
    await database.close()
    await line.cut()
    await admin.end()
    await drop()
  })

  const emails = async (): Promise<string[]> => (await database.read.select().from(subscribers).orderBy(asc(subscribers.email))).map((one) => one.email)
  const others = `from pg_stat_activity where datname = current_database() and application_name <> 'test'`
  const killAll = async (): Promise<number> => (await admin.query(`select pg_terminate_backend(pid) ${others}`)).rowCount ?? 0
  const failureOf = (failing: Promise<unknown>): Promise<unknown> => failing.then(() => 'did not fail', (reason: unknown) => reason)

  async function expectUnavailable(failing: Promise<unknown>): Promise<void> {
    expect(unavailabilityOf(await failureOf(failing))).toMatchObject({ mayPassSoon: true })
  }

  it('leaves nothing of a transaction whose connection is killed, and the next one works, as the next read', async () => {
    await expectUnavailable(database.inOneTransaction(async (tx) => {
      await put(tx, 'first@example.com')
      await killAll()
      await put(tx, 'second@example.com')
    }))
    expect(await emails()).toEqual([])
    await database.inOneTransaction((tx) => put(tx, 'next@example.com'))
    expect(await emails()).toEqual(['next@example.com'])
  })

  it('leaves nothing of a transaction whose connection was killed after its last query', async () => {
    await expectUnavailable(database.inOneTransaction(async (tx) => {
      await put(tx, 'first@example.com')
      await killAll()
    }))
    expect(await emails()).toEqual([])
  })

  it('says nothing of idle connections that were killed', async () => {
    await Promise.all(Array.from({ length: 5 }, () => emails()))
    await database.inOneTransaction((tx) => put(tx, '1@example.com'))
    expect(await killAll()).toBeGreaterThan(1)
    expect(await emails()).toEqual(['1@example.com'])
    expect(await killAll()).toBeGreaterThan(0)
    await database.inOneTransaction((tx) => put(tx, '2@example.com'))
    expect(await emails()).toEqual(['1@example.com', '2@example.com'])
  })

  it('keeps no connection of all that failed', async () => {
    const failing = openPostgres(url, { readers: 2, waitMs: 100 })
    for (let nth = 0; nth < 20; nth++) {
      await failureOf(failing.inOneTransaction(async (tx) => {
        await put(tx, 'a@example.com')
        if (nth % 3 === 0) await killAll()
        if (nth % 3 === 1) throw new Error('half way')
        await put(tx, 'a@example.com')
      }))
      await failureOf(Promise.resolve(failing.read.select().from(subscribers)))
    }
    expect(await failing.read.select().from(subscribers)).toEqual([])
    expect((await admin.query(`select pid ${others}`)).rowCount).toBeLessThanOrEqual(3)
    await failing.close()
    await expect.poll(async () => (await admin.query(`select pid ${others}`)).rowCount).toBe(0)
  })

  it('waits for a server that is away for a moment, for reading, writing and holding', async () => {
    await emails()
    await line.cut()
    const waiting = [database.inOneTransaction((tx) => put(tx, 'late@example.com')), emails(), database.holdAlone('evening', async () => 'held')]
    await pause(700)
    await line.mend()
    expect(await Promise.all(waiting)).toMatchObject([{}, expect.any(Array), 'held'])
    expect(await emails()).toEqual(['late@example.com'])
  })

  it('gives up when a server stays away', async () => {
    const impatient = openPostgres(line.url, { waitMs: 200 })
    await line.cut()
    await expectUnavailable(impatient.inOneTransaction((tx) => put(tx, 'late@example.com')))
    await expectUnavailable(Promise.resolve(impatient.read.select().from(subscribers)))
    await expectUnavailable(impatient.holdAlone('evening', async () => 1))
    await line.mend()
    await impatient.inOneTransaction((tx) => put(tx, 'next@example.com'))
    await impatient.close()
  })

  it('gives up on a server that takes connections and says nothing', async () => {
    const impatient = openPostgres(line.url, { waitMs: 200 })
    line.fallSilent()
    await expectUnavailable(impatient.inOneTransaction((tx) => put(tx, 'late@example.com')))
    await expectUnavailable(impatient.holdAlone('evening', async () => 1))
    await line.cut()
    await line.mend()
    await impatient.inOneTransaction((tx) => put(tx, 'next@example.com'))
    await impatient.close()
    expect(await emails()).toEqual(['next@example.com'])
  })

  it('knows that a commit was done whose answer was lost', async () => {
    line.breakAt('commit', 'beforeTheAnswer')
    expect(await database.inOneTransaction(async (tx) => {
      await put(tx, 'once@example.com')
      return 'done'
    })).toBe('done')
    expect(await emails()).toEqual(['once@example.com'])
  })

  it('knows that a commit was not done that never reached the server', async () => {
    line.breakAt('commit', 'beforeTheServer')
    await expectUnavailable(database.inOneTransaction((tx) => put(tx, 'never@example.com')))
    expect(await emails()).toEqual([])
    await database.inOneTransaction((tx) => put(tx, 'next@example.com'))
    expect(await emails()).toEqual(['next@example.com'])
  })

  it('means the same whatever the server is set to', async () => {
    for (const setting of [`timezone = 'America/Chicago'`, `datestyle = 'SQL, DMY'`, `default_transaction_isolation = 'serializable'`]) {
      await admin.query(`do $$ begin execute format('alter database %I set ${setting.replaceAll(`'`, `''`)}', current_database()); end $$`)
    }
    const [one, two] = [openPostgres(url), openPostgres(url)]
    const old = new Date('1750-03-04T05:06:07.089Z')
    await one.inOneTransaction((tx) => tx.insert(subscribers).values({ email: '0@example.com', emailKey: '0', createdAt: old }))
    await Promise.all(Array.from({ length: 20 }, (_, nth) => (nth % 2 === 0 ? one : two).inOneTransaction(async (tx) => {
      const [row] = await tx.select().from(subscribers)
      expect(row?.createdAt).toEqual(old)
      await tx.update(subscribers).set({ email: `${Number(row?.email.split('@')[0]) + 1}@example.com` })
    })))
    expect(await one.read.select().from(subscribers)).toMatchObject([{ email: '20@example.com', createdAt: old }])
    await Promise.all([one.close(), two.close()])
  })

  it('takes a text with a NUL, which Postgres keeps none of, as one with the sign for what cannot be shown', async () => {
    await database.inOneTransaction((tx) => put(tx, 'a\0b@example.com'))
    expect(await emails()).toEqual(['a\uFFFDb@example.com'])
  })
})
