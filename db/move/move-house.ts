import Sqlite from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { migratePostgres, migrateSqlite } from '../migrate.ts'
import { writerLock } from '../open-postgres.ts'
import { copyRows, type ComparedTable, type OnProgress } from './copy-rows.ts'
import { closeSource, findIncoming, findOutgoing, hasMoved, putIncoming, putOutgoing, removeIncoming, type Outgoing } from './marks.ts'
import { tableShapes } from './table-shapes.ts'
import { hasRows } from './target.ts'

export interface Move {
  /** The SQLite file that the service works on. */
  readonly file: string
  /** The Postgres database, which must stand and be empty, or hold what an earlier, interrupted move of this file left. */
  readonly url: string
  readonly onProgress?: OnProgress
  /** How long it waits for whoever still writes to either. */
  readonly waitMs?: number
}

export interface MoveReport {
  /** False: the comparison found a difference, nothing was closed, and the move is not finished. */
  readonly isFinished: boolean
  readonly tables: readonly ComparedTable[]
}

/**
 * Moves everything from a SQLite file to Postgres: copies, compares, then closes the file for good and only after that
 * opens the new database. Nobody writes to either meanwhile. Interrupted anywhere it is repeated, and goes on where it
 * was; what changed in the file in between is brought over too. Ids and their numbering stay, and so do all links and what
 * is leased: it is tried again under its own key when its lease has run out.
 */
export async function moveHouse({ file, url, onProgress, waitMs = 15_000 }: Move): Promise<MoveReport> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}.`)
  const target = await openTarget(url, waitMs)
  try {
    const source = new Sqlite(file, { fileMustExist: true, timeout: 0 })
    try {
      const outgoing = await prepare(source, target, { file, url, waitMs })
      await hold(source, waitMs)
      const tables = await copyRows(source, target, onProgress)
      if (!tables.every(({ isSame }) => isSame)) return { isFinished: false, tables }
      // So that the first evening is planned as well as the last.
      await target.query(`analyze ${tables.map(({ table }) => `"${table}"`).join(', ')}`)
      // The file first: between the two nothing is open, and the next run finishes.
      if (!outgoing.isClosed) closeSource(source, tables.map(({ table }) => table))
      source.exec('commit')
      await target.query('set synchronous_commit = on')
      await removeIncoming(target)
      return { isFinished: true, tables }
    } finally {
      source.close()
    }
  } finally {
    await target.end().catch(() => undefined)
  }
}

async function openTarget(url: string, waitMs: number): Promise<pg.Client> {
  const target = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: 'track-this-case move' })
  // A connection that breaks is told by the query that meets it.
  target.on('error', () => undefined)
  try {
    await target.connect()
  } catch (error) {
    throw new Error(`The database to move to cannot be opened: ${reasonOf(error)}.`, { cause: error })
  }
  try {
    // That a commit waits for the disk matters at the end only: until then the source is what counts.
    await target.query('set synchronous_commit = off; set statement_timeout = 0; set timezone = \'UTC\'')
    const { rows: [found] } = await target.query<{ encoding: string; schema: string | null }>(
      `select current_setting('server_encoding') as encoding, current_schema() as schema`)
    if (found?.schema !== 'public') throw new Error('The user of the database to move to makes its tables in another schema than "public": give it a search_path of "public".')
    if (found.encoding !== 'UTF8') throw new Error(`The database to move to is kept in ${found.encoding}: make one with encoding UTF8.`)
    await keepAlone(target, waitMs)
    return target
  } catch (error) {
    await target.end().catch(() => undefined)
    throw error
  }
}

/** Nobody else writes to the target while this connection stands. What a killed move still had under way ends before. */
async function keepAlone(target: pg.Client, waitMs: number): Promise<void> {
  try {
    await target.query(`set lock_timeout = ${waitMs}; select pg_advisory_lock(${writerLock}); set lock_timeout = 0`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error
    throw new Error('The database to move to is in use: another move fills it, or a service writes to it.', { cause: error })
  }
}

/** Brings both to the newest schema and marks them as the two ends of one move; refuses what would mix two services. */
async function prepare(source: Sqlite.Database, target: pg.Client, { file, url, waitMs }: Required<Omit<Move, 'onProgress'>>): Promise<Outgoing> {
  const outgoing = findOutgoing(source)
  const incoming = await findIncoming(target)
  if (incoming !== undefined && incoming !== outgoing?.id) throw new Error('The database to move to holds the unfinished move of another database.')
  if (incoming === undefined) {
    if (outgoing?.isClosed) throw new Error(hasMoved)
    const filled = await filledTables(target)
    if (filled.length > 0) throw new Error(`The database to move to is not empty: it has rows in ${filled.join(', ')}.`)
  }
  migrateSqlite(file, { mayBeMoving: true })
  const going = outgoing ?? { id: randomUUID(), isClosed: false }
  if (!outgoing) {
    await hold(source, waitMs)
    putOutgoing(source, going.id)
    source.exec('commit')
  }
  if (incoming === undefined) await putIncoming(target, going.id)
  await migratePostgres(url, { mayBeMoving: true })
  return going
}

async function filledTables(target: pg.Client): Promise<string[]> {
  const { rows } = await target.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)
  const standing = new Set(rows.map(({ name }) => name))
  const filled: string[] = []
  for (const shape of tableShapes()) if (standing.has(shape.name) && await hasRows(target, shape)) filled.push(shape.name)
  return filled
}

/** Keeps everybody else from writing to the source, until the transaction ends or this process does. */
async function hold(source: Sqlite.Database, waitMs: number): Promise<void> {
  for (const until = performance.now() + waitMs; ;) {
    try {
      source.exec('begin immediate')
      return
    } catch (error) {
      if (!(error instanceof Sqlite.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error
      if (performance.now() > until) {
        throw new Error('The SQLite database is being written to: stop the service, its web process and every worker, then run this again.', { cause: error })
      }
      await sleep(20)
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
