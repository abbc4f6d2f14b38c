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

async function createOnPostgres(): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const pool = (admin ??= new pg.Pool({ connectionString: server, max: 1, allowExitOnIdle: true, application_name: 'test' }))
  const name = `ttc_world_${randomBytes(6).toString('hex')}`
  await pool.query(`create database ${name} template ${inject('postgresTemplate')} strategy file_copy`)
  return {
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    async drop() {
      await pool.query(`drop database ${name} with (force)`)
    },
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
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}
