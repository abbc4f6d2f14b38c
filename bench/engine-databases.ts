import { copyFileSync, rmSync } from 'node:fs'
import pg from 'pg'
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

/** `evening` is the name of a database of that server, which must not be in use. */
export function postgresDatabases(server: string, evening: string): EngineDatabases {
  let copies = 0
  async function tell(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  return {
    name: 'Postgres',
    async copyOf(which) {
      const name = `copy_${++copies}`
      // What is still to be written would be written while it is measured.
      await tell(`create database ${name} template ${which === 'evening' ? evening : 'planned'} strategy file_copy`, 'checkpoint')
      return { url: named(server, name), drop: () => tell(`drop database ${name} with (force)`) }
    },
    async keepAsPlanned(url) {
      await tell(`create database planned template ${new URL(url).pathname.slice(1)} strategy file_copy`)
    },
  }
}
