import { engineOf } from '../db/engine.ts'
import { migrateDatabase } from '../db/open-database.ts'
import { inProcessJobs } from './adapters/in-process-jobs.ts'
import { startPgBossJobs } from './adapters/pg-boss-jobs.ts'
import type { Env } from './env.ts'
import type { Jobs, Log } from './ports.ts'

/** Brings the database and its job queue to their newest form. What keeps it from being reached is said without the address, which may hold a password. */
export async function prepareDatabase({ databaseUrl }: Env, log: Log, role: 'web' | 'worker' | 'command'): Promise<Jobs> {
  if (engineOf(databaseUrl) === 'sqlite') {
    await migrateDatabase(databaseUrl)
    return inProcessJobs()
  }
  try {
    await migrateDatabase(databaseUrl)
    return await startPgBossJobs({ databaseUrl, log, isWorker: role === 'worker' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const what = /^E[A-Z]+$|^08/.test(code) ? 'does not answer' : code.startsWith('28') ? 'refuses our user or password' : code === '3D000' ? 'does not exist' : ''
    if (what === '') throw error
    throw new Error(`The Postgres database that DATABASE_URL names ${what} (${code}). Is the server running, and is the address right?`, { cause: error })
  }
}
