import Sqlite from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from './engine.ts'
import { migrateSqlite } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import { subscribers } from './schema.ts'
import { openOnSmallDisk } from '../server/testing/small-disk.ts'
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

const put = (tx: Tx, email: string) => tx.insert(subscribers).values({ email, emailKey: email, createdAt: new Date('2026-11-20T18:00:00Z') })

describe.runIf(chosenEngine() === 'sqlite')('a database file (SQLite)', () => {
  it('leaves the process free while another keeps it', async () => {
    const holding = new Sqlite(file)
    holding.exec('begin immediate')
    const waiting = database.inOneTransaction((tx) => put(tx, 'late@example.com'))
    let ticks = 0
    for (const until = performance.now() + 100; performance.now() < until; ticks++) await pause(5)
    holding.close()
    await waiting
    expect(ticks).toBeGreaterThan(5)
  })

  it('says that it is unavailable, and not for a moment only, when no room is left', async () => {
    const { opened: full, fill } = await openOnSmallDisk(() => openSqlite(file))
    fill(250)
    const failing = full.inOneTransaction((tx) => put(tx, `${'x'.repeat(5_000_000)}@example.com`))
    await expect(failing).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(failing).rejects.toMatchObject({ code: 'SQLITE_FULL', mayPassSoon: false })
    await full.inOneTransaction((tx) => put(tx, 'short@example.com'))
    await full.close()
    expect(await database.read.select({ email: subscribers.email }).from(subscribers)).toEqual([{ email: 'short@example.com' }])
  })
})
