import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { chooseEngine } from '../../db/engine.ts'
import { startPostgresServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Postgres server of this run. */
    postgresUrl: string
    /** The database on it that those of the tests are copied from. */
    postgresTemplate: string
    /** The engine that the tests of this project run on. */
    engine: 'sqlite' | 'postgres'
  }
}

/** One Postgres server for all tests of the run, with a database that is migrated and has the courts of the profile. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The tables are made for the engine that was chosen before they are loaded.
  chooseEngine('postgres')
  const { loadProfile } = await import('../profile/load-profile.ts')
  const { prepareDatabase } = await import('./prepare-database.ts')
  const server = await startPostgresServer()
  const template = `ttc_template_${randomBytes(6).toString('hex')}`
  try {
    await onServer(server.url, `create database ${template}`)
    await prepareDatabase(Object.assign(new URL(server.url), { pathname: `/${template}` }).href, loadProfile())
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('postgresUrl', server.url)
  project.provide('postgresTemplate', template)
  return async () => {
    // A server that somebody lent us keeps nothing of ours.
    await onServer(server.url, `drop database ${template} with (force)`)
    await server.stop()
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
