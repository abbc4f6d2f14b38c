import { copyFileSync, rmSync } from 'node:fs'
import pg from 'pg'
import { migratePostgres } from '../db/migrate.ts'
import { fillPostgres } from '../server/testing/fill-postgres.ts'
import type { Template } from './databases.ts'

/** The databases of one engine that an evening is measured in. */
export interface EngineDatabases {
  readonly name: string
  /** A fresh database with the evening still to be held, or held and to be delivered. */
  copyOf(which: 'evening' | 'planned'): Promise<{ readonly url: string; drop(): Promise<void> }>
  /** Takes a database that nobody has open as the one with the evening held. */
  keepAsPlanned(url: string): Promise<void>
}

export function sqliteDatabases({ file }: Template): EngineDatabases {
  const planned = `${file}.planned`
  let copies = 0
  return {
    name: 'SQLite',
    async copyOf(which) {
      const copy = `${file}.copy-${++copies}`
      copyFileSync(which === 'evening' ? file : planned, copy)
      return {
        url: `file:${copy}`,
        async drop() {
          for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
        },
      }
    },
    async keepAsPlanned(url) {
      copyFileSync(url.slice('file:'.length), planned)
    },
  }
}

const named = (server: string, name: string): string => Object.assign(new URL(server), { pathname: `/${name}` }).href

/** On that server, with the rows of the template. */
export async function postgresDatabases(server: string, { file }: Template): Promise<EngineDatabases> {
  let copies = 0
  async function tell(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await tell('create database evening')
  await migratePostgres(named(server, 'evening'))
  await fillPostgres(file, named(server, 'evening'))
  return {
    name: 'Postgres',
    async copyOf(which) {
      const name = `copy_${++copies}`
      // What is still to be written would be written while it is measured.
      await tell(`create database ${name} template ${which} strategy file_copy`, 'checkpoint')
      return { url: named(server, name), drop: () => tell(`drop database ${name} with (force)`) }
    },
    async keepAsPlanned(url) {
      await tell(`create database planned template ${new URL(url).pathname.slice(1)} strategy file_copy`)
    },
  }
}
