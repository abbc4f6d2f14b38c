import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { startPostgresServer } from './postgres-server.ts'

// Run by itself: makes an empty database on a Postgres server for tests, tells its parent the address, and takes both away
// when it is told to end or its parent is gone.

const letGoWithinMs = 10_000

async function serve(): Promise<void> {
  const server = await startPostgresServer()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  const database = `ttc_served_${randomBytes(6).toString('hex')}`

  let isEnding = false
  const end = async (): Promise<void> => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), letGoWithinMs).unref()
    // A server that somebody lent us keeps nothing of ours.
    await admin.query(`drop database if exists ${database} with (force)`)
    await admin.end()
    await server.stop()
    process.exit(0)
  }
  for (const told of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(told, () => void end().catch(fail))

  await admin.query(`create database ${database}`)
  process.send?.(Object.assign(new URL(server.url), { pathname: `/${database}` }).href)
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

serve().catch(fail)
