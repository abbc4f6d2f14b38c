import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import { subscribers } from './schema.ts'
import { DatabaseUnavailable, type Database, type Tx } from './tx.ts'

let folder: string
let file: string
let database: Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ttc-db-'))
  file = join(folder, 'test.db')
  migrateSqlite(file)
  database = openSqlite(file)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const now = new Date('2026-11-20T18:00:00Z')
const put = (tx: Tx, email: string) => tx.insert(subscribers).values({ email, emailKey: email, createdAt: now })
const emails = async (): Promise<string[]> => (await database.read.select().from(subscribers)).map((one) => one.email).sort()
const messageOf = async (failing: Promise<unknown>): Promise<string> => {
  const error: unknown = await failing.then(() => undefined, (reason: unknown) => reason)
  return error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : 'did not fail'
}

describe('inOneTransaction', () => {
  it('does not mix two transactions that run at once', async () => {
    await database.inOneTransaction((tx) => put(tx, '0@example.com'))
    const steps: string[] = []
    // Each reads a count and writes it back one higher: any mixing loses one.
    await Promise.all(Array.from({ length: 50 }, (_, index) => database.inOneTransaction(async (tx) => {
      steps.push(`${index} begins`)
      const [row] = await tx.select().from(subscribers)
      if (index % 10 === 0) await pause(2)
      await tx.update(subscribers).set({ email: `${Number(row?.email.split('@')[0]) + 1}@example.com` })
      steps.push(`${index} ends`)
    })))
    expect(await emails()).toEqual(['50@example.com'])
    for (let at = 0; at < steps.length; at += 2) expect(steps[at + 1]).toBe(steps[at]?.replace('begins', 'ends'))
  })

  it('does not mix with another process that writes the same file', async () => {
    const other = openSqlite(file)
    const add = (to: Database) => to.inOneTransaction(async (tx) => {
      const [row] = await tx.select().from(subscribers)
      await pause(1)
      await tx.update(subscribers).set({ email: `${Number(row?.email.split('@')[0]) + 1}@example.com` })
    })
    await database.inOneTransaction((tx) => put(tx, '0@example.com'))
    await Promise.all(Array.from({ length: 20 }, (_, index) => add(index % 2 === 0 ? database : other)))
    await other.close()
    expect(await emails()).toEqual(['20@example.com'])
  })

  it('says that the database is unavailable when another process keeps it, and goes on after', async () => {
    const impatient = openSqlite(file, { waitMs: 50 })
    const holding = new Sqlite(file)
    holding.exec('begin immediate')
    await expect(impatient.inOneTransaction((tx) => put(tx, 'late@example.com'))).rejects.toBeInstanceOf(DatabaseUnavailable)
    holding.close()
    await impatient.inOneTransaction((tx) => put(tx, 'late@example.com'))
    await impatient.close()
    expect(await emails()).toEqual(['late@example.com'])
  })

  it('leaves nothing of one that failed, and lets the next one through', async () => {
    const failing = database.inOneTransaction(async (tx) => {
      await put(tx, 'first@example.com')
      throw new Error('half way')
    })
    expect(await messageOf(failing)).toContain('half way')
    await database.inOneTransaction((tx) => put(tx, 'second@example.com'))
    expect(await emails()).toEqual(['second@example.com'])
  })

  it('undoes all when a failed query was swallowed', async () => {
    const swallowing = database.inOneTransaction(async (tx) => {
      await put(tx, 'same@example.com')
      await Promise.resolve(put(tx, 'same@example.com')).catch(() => undefined)
      return 'believed done'
    })
    expect(await messageOf(swallowing)).toMatch(/unique/i)
    expect(await emails()).toEqual([])
  })

  it('refuses a query that was not awaited', async () => {
    let late: Promise<unknown> = Promise.resolve()
    await database.inOneTransaction(async (tx) => {
      const query = put(tx, 'late@example.com')
      late = pause(5).then(() => query)
    })
    expect(await messageOf(late)).toContain('This transaction is over')
    expect(await emails()).toEqual([])
  })

  it('refuses one inside another, which would wait for itself', async () => {
    const nested = database.inOneTransaction(() => database.inOneTransaction(async () => 1))
    expect(await messageOf(nested)).toContain('hand on the `work`')
  })

  it('fails in tests when it waits for anything but its queries', async () => {
    const strict = openSqlite(file, { isStrict: true })
    const waiting = strict.inOneTransaction(async (tx) => {
      await put(tx, 'slow@example.com')
      await pause(2)
    })
    expect(await messageOf(waiting)).toContain('something other than its queries')
    await strict.close()
    expect(await emails()).toEqual([])
  })

  it('keeps reading while a transaction is open, and reads only what is committed', async () => {
    await database.inOneTransaction(async (tx) => {
      await put(tx, 'open@example.com')
      expect(await emails()).toEqual([])
    })
    expect(await emails()).toEqual(['open@example.com'])
  })
})

describe('migrate', () => {
  it('may be repeated', async () => {
    await database.inOneTransaction((tx) => put(tx, 'kept@example.com'))
    migrateSqlite(file)
    expect(await database.read.$count(subscribers, eq(subscribers.email, 'kept@example.com'))).toBe(1)
  })
})
