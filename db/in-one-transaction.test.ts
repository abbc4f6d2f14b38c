import { asc } from 'drizzle-orm'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadProfile } from '../server/profile/load-profile.ts'
import { createTestDatabase } from '../server/testing/test-databases.ts'
import { migrateDatabase, openDatabase } from './open-database.ts'
import { subscribers } from './schema.ts'
import { DatabaseUnavailable, type Database, type Tx } from './tx.ts'

// The promises of `Database`, on the engine of the project. What only one engine can break stands in a file of its own.

let url: string
let drop: () => Promise<void>
let database: Database
/** The same database as another process opens it. */
let other: Database

beforeEach(async () => {
  ({ url, drop } = await createTestDatabase(loadProfile()))
  database = openDatabase(url)
  other = openDatabase(url)
})
afterEach(async () => {
  await Promise.all([database.close(), other.close()])
  await drop()
})

const now = new Date('2026-11-20T18:00:00Z')
const put = (tx: Tx, email: string) => tx.insert(subscribers).values({ email, emailKey: email, createdAt: now })
const emails = async (): Promise<string[]> => (await database.read.select().from(subscribers).orderBy(asc(subscribers.email))).map((one) => one.email)
const messageOf = async (failing: Promise<unknown>): Promise<string> => {
  const error: unknown = await failing.then(() => undefined, (reason: unknown) => reason)
  return error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : 'did not fail'
}
/** Reads a count and writes it back one higher: any mixing loses one. */
const countOne = (to: Database, waits = false) => to.inOneTransaction(async (tx) => {
  const [row] = await tx.select().from(subscribers)
  if (waits) await pause(2)
  await tx.update(subscribers).set({ email: `${Number(row?.email.split('@')[0]) + 1}@example.com` })
})
/** A transaction that stays open until it is let go. */
async function keep(of: Database): Promise<() => Promise<void>> {
  const { promise: opened, resolve: isOpened } = Promise.withResolvers<undefined>()
  const { promise: released, resolve: letGo } = Promise.withResolvers<undefined>()
  const kept = of.inOneTransaction(async (tx) => {
    await put(tx, 'kept@example.com')
    isOpened(undefined)
    await released
  })
  await opened
  return () => {
    letGo(undefined)
    return kept
  }
}
/** Starts a process that keeps something, and gives what kills it, without a word. */
async function keptByAProcess(what: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/testing/keep-until-killed.ts', JSON.stringify({ url, what })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

describe('inOneTransaction', () => {
  it('does not mix two transactions that run at once', async () => {
    await database.inOneTransaction((tx) => put(tx, '0@example.com'))
    const steps: string[] = []
    await Promise.all(Array.from({ length: 20 }, (_, index) => database.inOneTransaction(async (tx) => {
      steps.push(`${index} begins`)
      await tx.select().from(subscribers)
      if (index % 10 === 0) await pause(2)
      steps.push(`${index} ends`)
    })))
    expect(steps).toHaveLength(40)
    for (let at = 0; at < steps.length; at += 2) expect(steps[at + 1]).toBe(steps[at]?.replace('begins', 'ends'))
  })

  it('loses none of 50 counts that two processes read and write at once', async () => {
    await database.inOneTransaction((tx) => put(tx, '0@example.com'))
    await Promise.all(Array.from({ length: 50 }, (_, index) => countOne(index % 2 === 0 ? database : other, index % 10 === 0)))
    expect(await emails()).toEqual(['50@example.com'])
  })

  it('waits for another process', async () => {
    const letGo = await keep(other)
    const waiting = database.inOneTransaction((tx) => put(tx, 'late@example.com'))
    await pause(100)
    expect(await emails()).toEqual([])
    await letGo()
    await waiting
    expect(await emails()).toEqual(['kept@example.com', 'late@example.com'])
  })

  it('says that the database is unavailable when another process keeps it, and goes on after', async () => {
    const impatient = openDatabase(url, { waitMs: 50 })
    const letGo = await keep(other)
    const failing = impatient.inOneTransaction((tx) => put(tx, 'late@example.com'))
    await expect(failing).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(failing).rejects.toMatchObject({ mayPassSoon: true })
    await letGo()
    await impatient.inOneTransaction((tx) => put(tx, 'late@example.com'))
    await impatient.close()
    expect(await emails()).toEqual(['kept@example.com', 'late@example.com'])
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

  it('leaves nothing of a process that is killed in the middle, and waits for nobody then', async () => {
    const kill = await keptByAProcess('transaction')
    await kill()
    await database.inOneTransaction((tx) => put(tx, 'next@example.com'))
    expect(await emails()).toEqual(['next@example.com'])
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

  it('refuses every further query after one that failed', async () => {
    const goingOn = database.inOneTransaction(async (tx) => {
      await put(tx, 'same@example.com')
      await Promise.resolve(put(tx, 'same@example.com')).catch(() => undefined)
      await tx.select().from(subscribers)
    })
    expect(await messageOf(goingOn)).toMatch(/unique/i)
  })

  it('refuses a query that was not awaited', async () => {
    let late = Promise.resolve('')
    await database.inOneTransaction(async (tx) => {
      const query = put(tx, 'late@example.com')
      late = messageOf(pause(5).then(() => query))
    })
    expect(await late).toContain('This transaction is over')
    expect(await emails()).toEqual([])
  })

  it('fails when a query still runs at its end', async () => {
    let running: Promise<unknown> = Promise.resolve()
    const hasty = database.inOneTransaction(async (tx) => {
      running = Promise.resolve(put(tx, 'running@example.com')).catch(() => undefined)
    })
    expect(await messageOf(hasty)).toContain('not awaited')
    await running
    await database.inOneTransaction((tx) => put(tx, 'next@example.com'))
    expect(await emails()).toEqual(['next@example.com'])
  })

  it('refuses one inside another, which would wait for itself', async () => {
    const nested = database.inOneTransaction(() => database.inOneTransaction(async () => 1))
    expect(await messageOf(nested)).toContain('hand on the `work`')
  })

  it('keeps reading while a transaction is open, and reads only what is committed', async () => {
    await database.inOneTransaction(async (tx) => {
      await put(tx, 'open@example.com')
      expect(await emails()).toEqual([])
    })
    expect(await emails()).toEqual(['open@example.com'])
  })

  it('lets others have their turns while it lasts, however long', async () => {
    let longestMs = 0
    let lastMs = performance.now()
    const clock = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - lastMs)
      lastMs = performance.now()
    }, 5)
    const began = performance.now()
    const strict = openDatabase(url, { isStrict: true })
    await strict.inOneTransaction(async (tx) => {
      for (let nth = 0; performance.now() - began < 1500; nth++) await put(tx, `reader-${nth}@mail.example.com`)
    })
    clearInterval(clock)
    await strict.close()
    expect(longestMs).toBeGreaterThan(0)
    expect(longestMs).toBeLessThan(700)
  })

  it('fails in tests when it waits for anything but its queries', async () => {
    const strict = openDatabase(url, { isStrict: true })
    const waiting = (before: number, after: number) => strict.inOneTransaction(async (tx) => {
      if (before > 0) await pause(before)
      await put(tx, 'slow@example.com')
      if (after > 0) await pause(after)
    })
    expect(await messageOf(waiting(0, 5))).toContain('something other than its queries')
    expect(await messageOf(waiting(5, 0))).toContain('something other than its queries')
    expect(await emails()).toEqual([])
    // However long it reckons between them, and however long they take.
    await strict.inOneTransaction(async (tx) => {
      for (let nth = 0; nth < 20; nth++) {
        for (const until = performance.now() + 2; performance.now() < until;);
        await put(tx, `${nth}@example.com`)
        await Promise.resolve()
      }
    })
    await strict.close()
    expect(await emails()).toHaveLength(20)
  })
})

describe('holdAlone', () => {
  it('gives what the work under the hold gives, and lets the next one begin after it, failed or not', async () => {
    expect(await database.holdAlone('evening', async () => 1)).toBe(1)
    await expect(database.holdAlone('evening', async () => { throw new Error('half way') })).rejects.toThrow('half way')
    expect(await other.holdAlone('evening', async () => 2)).toBe(2)
  })

  it('gives undefined at once while another holds the name, in this process or in another', async () => {
    await database.holdAlone('evening', async () => {
      const began = performance.now()
      expect(await database.holdAlone('evening', async () => 'both')).toBeUndefined()
      expect(await other.holdAlone('evening', async () => 'both')).toBeUndefined()
      expect(performance.now() - began).toBeLessThan(1_000)
      expect(await other.holdAlone('morning', async () => 'another name')).toBe('another name')
    })
  })

  it('keeps nobody from reading and writing, its own work included', async () => {
    await database.holdAlone('evening', async () => {
      await other.inOneTransaction((tx) => put(tx, 'other@example.com'))
      await database.inOneTransaction((tx) => put(tx, 'own@example.com'))
    })
    expect(await emails()).toEqual(['other@example.com', 'own@example.com'])
  })

  it('ends with its process, however that dies', async () => {
    const kill = await keptByAProcess('evening')
    expect(await database.holdAlone('evening', async () => 1)).toBeUndefined()
    await kill()
    // The server is told of it a moment later.
    await expect.poll(() => database.holdAlone('evening', async () => 1)).toBe(1)
  })
})

describe('migrating', () => {
  it('may be repeated, by several at once, and leaves what is there', async () => {
    await database.inOneTransaction((tx) => put(tx, 'kept@example.com'))
    await Promise.all([migrateDatabase(url), migrateDatabase(url)])
    expect(await emails()).toEqual(['kept@example.com'])
  })
})
