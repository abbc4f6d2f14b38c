import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuseNesting, Turn, turnHere } from './turn.ts'
import { DatabaseUnavailable, type Database, type Tx } from './tx.ts'

type Answer = { rows: unknown[] }
type Query = (text: string, params: unknown[], method: string) => Promise<Answer>

// Queries over lists of varying length have a text each: past this many the cache starts again.
const maxPrepared = 500

/**
 * As SQLite is built here (STAT4), a statement that compares or limits by a bound value is planned anew for each value, which
 * takes several times as long as running it. What a subquery brings is not looked at beforehand: planned once.
 */
export const withSteadyPlan = (text: string): string =>
  text.replace(/between \? and \?/g, 'between (select ?) and (select ?)').replace(/(?<= (?:=|<>|<|<=|>|>=|limit|offset) )\?/g, '(select ?)')

/** Runs SQL text on one connection; each text is prepared once. */
function runnerOf(connection: Sqlite.Database): (text: string, params: unknown[], method: string) => Answer {
  const prepared = new Map<string, Sqlite.Statement>()
  return (text, params, method) => {
    let statement = prepared.get(text)
    if (!statement) {
      if (prepared.size >= maxPrepared) prepared.clear()
      statement = connection.prepare(withSteadyPlan(text))
      if (statement.reader) statement.raw()
      prepared.set(text, statement)
    }
    if (!statement.reader) {
      statement.run(...params)
      return { rows: [] }
    }
    if (method !== 'get') return { rows: statement.all(...params) }
    const row = statement.get(...params)
    // The proxy driver wants one row as the row itself, and none as an empty answer.
    return { rows: Array.isArray(row) ? row : [] }
  }
}

const builderOver = (query: Query): Tx => drizzle(query, undefined, { casing: 'snake_case' })

/** SQLite's code of an error or of what caused it. */
const codeOf = (error: unknown): string | undefined =>
  !(error instanceof Error) ? undefined : 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause)

const isBusy = (error: unknown): boolean => codeOf(error)?.startsWith('SQLITE_BUSY') ?? false

function passing(error: unknown): unknown {
  const code = codeOf(error)
  const isPassing = code !== undefined && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code)
  return isPassing && !(error instanceof DatabaseUnavailable) ? new DatabaseUnavailable(code, isBusy(error), error) : error
}

export interface SqliteOptions {
  /** How long a transaction waits for another process's; after that it fails with SQLITE_BUSY. */
  readonly waitMs?: number
  /** For tests: a transaction that waits for anything but its own queries fails. */
  readonly isStrict?: boolean
  /** How long after a write what it replaced or deleted may still stand in the log; default a minute. */
  readonly forgetsAfterMs?: number
}

/**
 * Opens a migrated database file. One connection writes, with the transactions of this process in a queue behind it and
 * other processes waited for without holding up the event loop; another reads. What is deleted is overwritten in the file, and soon gone
 * from the log (S20).
 */
export function openSqlite(file: string, { waitMs = 10_000, isStrict = false, forgetsAfterMs = 60_000 }: SqliteOptions = {}): Database {
  const writer = new Sqlite(file, { timeout: 0 })
  // FULL: what was acknowledged survives a power cut, not only a killed process (N8).
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'secure_delete = ON', 'temp_store = MEMORY', 'cache_size = -65536']) {
    writer.pragma(setting)
  }
  const reader = new Sqlite(file, { readonly: true, timeout: 0 })
  const write = runnerOf(writer)
  const read = runnerOf(reader)
  const tx = builderOver((...query) => turnHere().query(() => write(...query)))

  async function begin(): Promise<void> {
    for (const until = performance.now() + waitMs; ;) {
      try {
        writer.exec('BEGIN IMMEDIATE')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw error
        await sleep(1 + Math.random() * 4)
      }
    }
  }

  let last: Promise<unknown> = Promise.resolve()
  let forgetting: NodeJS.Timeout | undefined
  /** Empties the log into the file and cuts it off; where somebody still reads from it, or writes, tries again later. */
  function forget(): void {
    forgetting = undefined
    last = last.then(() => {
      try {
        const [answer] = writer.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
        if (answer?.busy !== 0) forgetLater()
      } catch (error) {
        if (!isBusy(error)) throw error
        forgetLater()
      }
    }).catch(() => undefined)
  }
  function forgetLater(): void {
    forgetting ??= setTimeout(forget, forgetsAfterMs).unref()
  }

  return {
    read: builderOver(async (...query) => read(...query)),
    async inOneTransaction(todo) {
      refuseNesting()
      const mine = last.then(async () => {
        await begin().catch((error: unknown) => { throw passing(error) })
        const turn = new Turn({ isStrict, isAnsweredAtOnce: true })
        try {
          const result = await turn.run(() => todo(tx, null))
          writer.exec('COMMIT')
          forgetLater()
          return result
        } catch (error) {
          if (writer.inTransaction) writer.exec('ROLLBACK')
          throw passing(error)
        }
      })
      last = mine.catch(() => undefined)
      return mine
    },
    async holdAlone(name, todo) {
      // A file of its own for each name: SQLite keeps its lock for one connection, and the system lets go when the process dies.
      const hold = new Sqlite(`${file}.${name}-hold`, { timeout: 0 })
      try {
        try {
          hold.exec('BEGIN EXCLUSIVE')
        } catch (error) {
          if (isBusy(error)) return undefined
          throw passing(error)
        }
        return await todo()
      } finally {
        hold.close()
      }
    },
    async close() {
      clearTimeout(forgetting)
      await last
      clearTimeout(forgetting)
      reader.close()
      writer.close()
    },
  }
}
