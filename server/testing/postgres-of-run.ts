import type { TestProject } from 'vitest/node'
import { startPostgresServer } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Postgres server of this run. */
    postgresUrl: string
    /** The engine that the tests of this project run on. */
    engine: 'sqlite' | 'postgres'
  }
}

/** One Postgres server for all tests of the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer()
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}
