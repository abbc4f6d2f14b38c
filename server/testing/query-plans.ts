import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { engineOf, sqliteFileOf } from '../../db/engine.ts'
import type { World } from './world.ts'

/** A query as it went to the database. */
export interface SentQuery {
  readonly sql: string
  readonly params: readonly unknown[]
}

/**
 * How the database of the world goes about queries, in its own words, a text for each; nothing is run. On Postgres it is
 * told to scan no table that an index serves, so that few rows show what many would: a `Seq Scan` stands only where no
 * index can serve.
 */
export async function explain(world: World, queries: readonly SentQuery[]): Promise<string[]> {
  if (engineOf(world.url) === 'sqlite') {
    const connection = new Sqlite(sqliteFileOf(world.url), { readonly: true })
    try {
      return queries.map(({ sql, params }) =>
        connection.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...params)
          // How each bound value is read (`withSteadyPlan`).
          .map((row) => row.detail).filter((detail) => detail !== 'SCAN CONSTANT ROW').join('\n'))
    } finally {
      connection.close()
    }
  }
  const client = new pg.Client({ connectionString: world.url })
  await client.connect()
  try {
    await client.query('set enable_seqscan = off')
    const plans: string[] = []
    for (const { sql, params } of queries) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${sql}`, [...params])
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
    }
    return plans
  } finally {
    await client.end()
  }
}

/** Every query that is sent to either engine meanwhile. */
export async function watchQueries(todo: () => Promise<unknown>): Promise<SentQuery[]> {
  const sent: SentQuery[] = []
  const stops = [watchSqlite(sent), watchPostgres(sent)]
  try {
    await todo()
  } finally {
    for (const stop of stops) stop()
  }
  return sent
}

function watchSqlite(sent: SentQuery[]): () => void {
  const prepare: unknown = Reflect.get(Sqlite.prototype, 'prepare')
  if (typeof prepare !== 'function') throw new Error('Nothing to watch.')
  const put = (value: unknown) => Object.defineProperty(Sqlite.prototype, 'prepare', { value, configurable: true, writable: true })
  put(function watched(this: unknown, text: string): unknown {
    // Statements are prepared once for all values: a plan does not depend on them.
    sent.push({ sql: text, params: Array<null>((text.match(/\?/g) ?? []).length).fill(null) })
    const statement: unknown = Reflect.apply(prepare, this, [text])
    return statement
  })
  return () => put(prepare)
}

function watchPostgres(sent: SentQuery[]): () => void {
  const query: unknown = Reflect.get(pg.Client.prototype, 'query')
  if (typeof query !== 'function') throw new Error('Nothing to watch.')
  const put = (value: unknown) => Object.defineProperty(pg.Client.prototype, 'query', { value, configurable: true, writable: true })
  put(function watched(this: unknown, ...asked: readonly unknown[]): unknown {
    const [config, params] = asked
    if (typeof config === 'object' && config !== null && 'text' in config && typeof config.text === 'string') {
      sent.push({ sql: config.text, params: Array.isArray(params) ? params : [] })
    }
    const answer: unknown = Reflect.apply(query, this, asked)
    return answer
  })
  return () => put(query)
}
