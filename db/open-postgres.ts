import { drizzle } from 'drizzle-orm/node-postgres'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { refuseNesting, Turn, turnHere } from './turn.ts'
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
  /** For tests: a transaction that waits for anything but its own queries fails. */
  readonly isStrict?: boolean
}

// Longer than any query takes, planning the largest evening included. A server that vanished without a word in the middle of
// one is given up after it.
const longestReadMs = 30_000
const longestWriteMs = 300_000

// The driver has no code for a connection that ended under it.
const endedConnection =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout (expired|exceeded when trying to connect)|Query read timeout)/

/** Postgres's code of an error, or the system's where none came from Postgres. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return endedConnection.test(error.message) ? 'CONNECTION' : codeOf(error.cause)
}

const isDisconnection = (error: unknown): boolean =>
  /^(CONNECTION|08...|57P0[1235]|53300|25P0[34]|E(CONN(REFUSED|RESET|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND))$/
    .test(codeOf(error) ?? '')
// Kept by another, or chosen to give way.
const isKept = (code: string): boolean => /^(55P03|40001|40P01)$/.test(code)
// No room on disk or in memory, a disk that fails, a server that only reads.
const isFull = (code: string): boolean => /^(53100|53200|58030|25006)$/.test(code)

function passing(error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof DatabaseUnavailable) return error
  const mayPassSoon = isDisconnection(error) || isKept(code)
  return mayPassSoon || isFull(code) ? new DatabaseUnavailable(code, mayPassSoon, error) : error
}

// Postgres keeps no NUL in a text: it travels as the sign for what cannot be shown, which nothing is equal to.
const withoutNul = (value: unknown): unknown =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value

// The types of the builders differ; what `Tx` offers of them is called alike.
const builderOver = (query: ExecuteSql): Tx =>
  drizzle({ query: (text: string, values?: unknown[]) => query(text, values?.map(withoutNul)) } as unknown as pg.Pool, {
    casing: 'snake_case',
  }) as unknown as Tx

// Instants are read as text: whatever the server is set to, in a form that says all. And a machine that vanished with a
// connection of ours is noticed within half a minute.
const settings = `set timezone to 'UTC'; set datestyle to 'ISO'; set tcp_keepalives_idle to 15; set tcp_keepalives_interval to 5;`
  + ' set tcp_keepalives_count to 3'

const connectionOf = (url: string, waitMs: number, longestMs: number): pg.ClientConfig => ({
  connectionString: url, connectionTimeoutMillis: waitMs, query_timeout: longestMs,
  keepAlive: true, keepAliveInitialDelayMillis: 15_000, application_name: 'track-this-case',
})

// The pool waits for it before any other query, though its types do not say so.
function setUp(client: pg.ClientBase): unknown {
  // A connection that breaks is told by the query that meets it; without a listener it would end the process.
  client.on('error', () => undefined)
  return client.query(settings)
}

function poolOf(url: string, max: number, waitMs: number, longestMs: number): pg.Pool {
  const pool = new pg.Pool({ ...connectionOf(url, waitMs, longestMs), max, onConnect: setUp })
  pool.on('error', () => undefined)
  return pool
}

interface Begun {
  readonly client: pg.PoolClient
  /** The transaction's own number, by which its fate can be asked after. */
  readonly xid: string
}

/**
 * Opens a migrated Postgres database. One connection writes, its transactions in a queue and under a lock that all
 * processes share; others read. A server that went away is waited for, and a connection that broke is replaced.
 */
export function openPostgres(url: string, { waitMs = 10_000, readers = 8, isStrict = false }: PostgresOptions = {}): Database {
  const writers = poolOf(url, 1, waitMs, Math.max(longestWriteMs, 2 * waitMs))
  const pool = poolOf(url, readers, waitMs, longestReadMs)
  // Read committed, whatever the server's default: only so does a query see what others wrote while the lock was waited for.
  // A process that stands still inside its transaction would keep all others from writing.
  const begin = 'begin isolation level read committed; set local idle_in_transaction_session_timeout = 60000;'
    + ` set local lock_timeout = ${Math.max(1, Math.round(waitMs))}; select pg_advisory_xact_lock(${writerLock});`
    + ' set local lock_timeout = 0; select pg_current_xact_id()::text as xid'

  const beginning = { text: begin, query_timeout: 2 * waitMs }

  /** Until `waitMs` have passed, does again what met a connection that is gone. */
  async function connected<T>(todo: () => Promise<T>): Promise<T> {
    for (const until = performance.now() + waitMs; ;) {
      try {
        return await todo()
      } catch (error) {
        if (!isDisconnection(error) || performance.now() > until) throw passing(error)
        await sleep(20 + Math.random() * 180)
      }
    }
  }

  const begun = (): Promise<Begun> => connected(async () => {
    const client = await writers.connect()
    try {
      const answers: unknown = await client.query(beginning)
      return { client, xid: xidIn(answers) }
    } catch (error) {
      client.release(true)
      throw error
    }
  })

  /** Whether a commit was done whose answer was lost with its connection. Fails as the commit did where nobody can say. */
  async function wasDone(xid: string, lost: unknown): Promise<boolean> {
    for (const until = performance.now() + waitMs; ;) {
      const { rows } = await connected(() => pool.query<{ status: string | null }>('select pg_xact_status($1::text::xid8) as status', [xid]))
        .catch(() => { throw passing(lost) })
      const status = rows[0]?.status
      if (status === 'committed') return true
      if (status === 'aborted') return false
      if (performance.now() > until) throw passing(lost)
      await sleep(20)
    }
  }

  // One at a time: the client of the transaction that is open.
  let writing: pg.PoolClient | undefined
  const query: ExecuteSql = (...asked) => turnHere().query(async () => {
    if (!writing) throw new Error('No transaction is open.')
    return writing.query(...asked)
  })
  const tx = builderOver(query)

  async function once<T>(todo: (tx: Tx, executeSql: ExecuteSql | null) => Promise<T>): Promise<T> {
    const { client, xid } = await begun()
    writing = client
    let result: T
    try {
      result = await new Turn({ isStrict, isAnsweredAtOnce: false }).run(() => todo(tx, query))
    } catch (error) {
      const failure = passing(error)
      // Where the connection itself is in doubt it is not asked any more: the server undoes what it held.
      const isUndone = !(failure instanceof DatabaseUnavailable) && await client.query('rollback').then(() => true, () => false)
      client.release(!isUndone)
      throw failure
    }
    try {
      const { command } = await client.query('commit')
      // Postgres answers so to a transaction that had failed.
      if (command !== 'COMMIT') throw new Error('A transaction was undone at its end.')
      client.release()
    } catch (error) {
      client.release(true)
      if (!isDisconnection(error) || !await wasDone(xid, error)) throw passing(error)
    }
    return result
  }

  /** A connection that holds the name until it ends; undefined where another holds it. */
  const held = (name: string): Promise<pg.Client | undefined> => connected(async () => {
    const client = new pg.Client(connectionOf(url, waitMs, waitMs))
    client.on('error', () => undefined)
    let isHeld = false
    try {
      await client.connect()
      await client.query(settings)
      // In a transaction, so that a pooler between us leaves the connection with us.
      await client.query('begin; set local idle_in_transaction_session_timeout = 0')
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock(hashtext($1), $2) as held', [name, writerLock])
      isHeld = rows[0]?.held ?? false
      return isHeld ? client : undefined
    } finally {
      if (!isHeld) client.end().catch(() => undefined)
    }
  })

  let last: Promise<unknown> = Promise.resolve()
  return {
    // A read changes nothing, so that it may be asked again.
    read: builderOver((...asked) => connected(() => pool.query(...asked))),
    async inOneTransaction(todo) {
      refuseNesting()
      const mine = last.then(() => once(todo))
      last = mine.catch(() => undefined)
      return mine
    },
    async holdAlone(name, todo) {
      const client = await held(name)
      if (!client) return undefined
      try {
        return await todo()
      } finally {
        await client.query('rollback').catch(() => undefined)
        // Not waited for: a server that vanished would never say goodbye.
        client.end().catch(() => undefined)
      }
    },
    async close() {
      await last
      await Promise.all([pool.end(), writers.end()])
    },
  }
}

/** The number in the answer to the last of several statements. */
function xidIn(answers: unknown): string {
  const answer: unknown = Array.isArray(answers) ? answers.at(-1) : undefined
  const row: unknown = typeof answer === 'object' && answer !== null && 'rows' in answer && Array.isArray(answer.rows) ? answer.rows[0] : undefined
  if (typeof row === 'object' && row !== null && 'xid' in row && typeof row.xid === 'string') return row.xid
  throw new Error('A transaction has no number.')
}
