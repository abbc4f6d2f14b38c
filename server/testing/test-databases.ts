import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { chosenEngine, sqliteFileOf } from '../../db/engine.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { prepareDatabase } from './prepare-database.ts'

/** A database of its own for one test, migrated, with the courts of the profile. */
export interface TestDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

/** A new database of the engine that the test runs on. */
export const createTestDatabase = (profile: CourtProfile): Promise<TestDatabase> =>
  chosenEngine() === 'postgres' ? createOnPostgres() : createOnSqlite(profile)

// The same for every test of a process: made once, then copied.
let template: Promise<string> | undefined

async function createOnSqlite(profile: CourtProfile): Promise<TestDatabase> {
  template ??= (async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ttc-world-')), 'template.db')
    await prepareDatabase(`file:${file}`, profile)
    process.on('exit', () => rmSync(dirname(file), { recursive: true, force: true }))
    return file
  })()
  const folder = mkdtempSync(join(tmpdir(), 'ttc-world-'))
  const file = join(folder, 'world.db')
  copyFileSync(await template, file)
  return { url: `file:${file}`, drop: async () => rmSync(folder, { recursive: true, force: true }) }
}

// One connection for all worlds of the process. It keeps nobody from ending.
let admin: pg.Pool | undefined

// Emptied again in a hundredth of the time that making one takes: those that a test left as it found them are used by the next one.
const spare: PostgresPlace[] = []

async function createOnPostgres(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const pool = (admin ??= new pg.Pool({ connectionString: server, max: 1, allowExitOnIdle: true, application_name: 'test' }))
  const place = spare.pop() ?? await makePlace(pool, server)
  return {
    url: place.url,
    async drop() {
      await pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [place.name])
      if (await isEmptied(place)) spare.push(place)
      else await pool.query(`drop database ${place.name} with (force)`)
    },
  }
}

interface PostgresPlace {
  readonly name: string
  readonly url: string
  /** What there is beside rows: a test that makes or takes away a table, a trigger or a schema leaves nothing to the next one. */
  readonly shape: string
  /** The courts of the profile, as they came from the template. */
  readonly courts: Readonly<Record<'courts' | 'court_counties', string>>
}

async function makePlace(pool: pg.Pool, server: string): Promise<PostgresPlace> {
  const name = `ttc_world_${randomBytes(6).toString('hex')}`
  await pool.query(`create database ${name} template ${inject('postgresTemplate')} strategy file_copy`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  return inDatabase(url, async (client) => ({ name, url, shape: await shapeOf(client), courts: { courts: await rowsAsJson(client, 'courts'), court_counties: await rowsAsJson(client, 'court_counties') } }))
}

/** Empties a database and puts the courts back; false, with nothing promised of it, where more than rows has changed. */
async function isEmptied({ url, shape, courts }: PostgresPlace): Promise<boolean> {
  return inDatabase(url, async (client) => {
    if (await shapeOf(client) !== shape) return false
    const tables = (await client.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'")).rows
    // Without foreign keys, in any order.
    await client.query(`set session_replication_role = replica; ${tables.map(({ name }) => `delete from ${name}`).join('; ')}`)
    await client.query("select setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) from pg_sequences where schemaname = 'public'")
    for (const [table, rows] of Object.entries(courts)) {
      await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [rows])
    }
    return true
  })
}

const shapeOf = async (client: pg.Client): Promise<string> => (await client.query<{ shape: string }>(`
  select md5(string_agg(thing, ',' order by thing)) as shape from (
    select 'r' || c.oid || ' ' || c.relnatts || c.relkind::text || coalesce(c.reloptions::text, '') as thing from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
    union all select 't' || oid || tgenabled::text from pg_trigger union all select 'c' || oid from pg_constraint
    union all select 'p' || p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname not in ('pg_catalog', 'information_schema')
    union all select 'n' || oid from pg_namespace where nspname not like 'pg\_%'
    union all select 's' || s::text from pg_db_role_setting s) things`)).rows[0]?.shape ?? ''

const rowsAsJson = async (client: pg.Client, table: string): Promise<string> =>
  (await client.query<{ rows: string }>(`select coalesce(json_agg(t), '[]')::text as rows from ${table} t`)).rows[0]?.rows ?? '[]'

async function inDatabase<T>(url: string, todo: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await todo(client)
  } finally {
    await client.end()
  }
}

/** Rows by a query in plain SQL that both engines read, for what no domain function tells. */
export async function queryRows(url: string, text: string): Promise<Record<string, unknown>[]> {
  if (url.startsWith('file:')) {
    const { default: Sqlite } = await import('better-sqlite3')
    const connection = new Sqlite(sqliteFileOf(url), { readonly: true })
    try {
      return connection.prepare<[], Record<string, unknown>>(text).all()
    } finally {
      connection.close()
    }
  }
  return inDatabase(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows)
}
