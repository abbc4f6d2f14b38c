import { drizzle } from 'drizzle-orm/node-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { refuseNesting, Turn } from './turn.ts'
import { DatabaseUnavailable, type Database, type ExecuteSql, type Tx } from './tx.ts'

// Counts and whole numbers come as 64 bits; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Names the lock of the one writer, in each database by itself. */
export const writerLock = 20_261_122

export interface PostgresOptions {
  /** How long a transaction waits for another, or for a server that does not answer; after that it fails. */
  readonly waitMs?: number
  /** The most connections for reading; writing takes one more. */
  readonly readers?: number
  /** For tests: see `SqliteOptions`. Here a transaction waits for its queries, so nothing is watched. */
  readonly isStrict?: boolean
}

/** Postgres's code of an error, or the system's where none came from Postgres. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  // The driver has no code for a connection that ended under it.
  if (/^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/.test(error.message)) return 'CONNECTION'
  return codeOf(error.cause)
}

const isDisconnected = (code: string): boolean =>
  /^(CONNECTION|08...|57P0[1235]|53300|25P03|E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND))$/.test(code)
// Kept by another, or chosen to give way.
const isKept = (code: string): boolean => /^(55P03|40001|40P01)$/.test(code)
const isFull = (code: string): boolean => /^(53100|53200|25006)$/.test(code)

function passing(error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof DatabaseUnavailable) return error
  const mayPassSoon = isDisconnected(code) || isKept(code)
  return mayPassSoon || isFull(code) ? new DatabaseUnavailable(code, mayPassSoon, error) : error
}

// The types of the builders differ; what `Tx` offers of them is called alike.
const builderOver = (query: pg.Pool['query'] | ExecuteSql): Tx =>
  drizzle({ query } as unknown as pg.Pool, { casing: 'snake_case' }) as unknown as Tx

function poolOf(url: string, max: number, waitMs: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: waitMs, keepAlive: true, application_name: 'track-this-case' })
  // A connection that breaks is told by the query that meets it; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Opens a migrated Postgres database. One connection writes, its transactions in a queue and under a lock that all
 * processes share; others read. A server that went away is waited for, and a connection that broke is replaced.
 */
export function openPostgres(url: string, { waitMs = 10_000, readers = 8 }: PostgresOptions = {}): Database {
  const writers = poolOf(url, 1, waitMs)
  const pool = poolOf(url, readers, waitMs)
  // A process that stands still inside its transaction would keep all others from writing.
  const begin = `begin; set local idle_in_transaction_session_timeout = 60000; set local lock_timeout = ${Math.max(1, Math.round(waitMs))};`
    + ` select pg_advisory_xact_lock(${writerLock}); set local lock_timeout = 0`

  /** Until `waitMs` have passed, does again what met a connection that is gone. */
  async function connected<T>(todo: () => Promise<T>): Promise<T> {
    for (const until = performance.now() + waitMs; ;) {
      try {
        return await todo()
      } catch (error) {
        if (!isDisconnected(codeOf(error) ?? '') || performance.now() > until) throw passing(error)
        await sleep(20 + Math.random() * 180)
      }
    }
  }

  const begun = (): Promise<pg.PoolClient> => connected(async () => {
    const client = await writers.connect()
    try {
      await client.query(begin)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  })

  async function once<T>(todo: (tx: Tx, executeSql: ExecuteSql | null) => Promise<T>): Promise<T> {
    const client = await begun()
    const turn = new Turn()
    let isBroken = false
    try {
      const query = (...args: Parameters<ExecuteSql>) => turn.query(() => client.query(...args))
      const result = await turn.run(() => todo(builderOver(query), query))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => { isBroken = true })
      throw passing(error)
    } finally {
      client.release(isBroken)
    }
  }

  let last: Promise<unknown> = Promise.resolve()
  return {
    // A read changes nothing, so that it may be asked again.
    read: builderOver((...args: Parameters<ExecuteSql>) => connected(() => pool.query(...args))),
    async inOneTransaction(todo) {
      refuseNesting()
      const mine = last.then(() => once(todo))
      last = mine.catch(() => undefined)
      return mine
    },
    async holdAlone(name, todo) {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: waitMs, keepAlive: true, application_name: 'track-this-case hold' })
      client.on('error', () => undefined)
      try {
        await client.connect()
        // In a transaction, so that a pooler between us leaves the connection with us.
        await client.query('begin')
        const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock(hashtext($1), $2) as held', [name, writerLock])
        if (!rows[0]?.held) return undefined
      } catch (error) {
        await client.end().catch(() => undefined)
        throw passing(error)
      }
      try {
        return await todo()
      } finally {
        await client.end().catch(() => undefined)
      }
    },
    async close() {
      await last
      await Promise.all([pool.end(), writers.end()])
    },
  }
}
