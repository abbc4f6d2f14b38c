import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectRoot } from '../server/env.ts'

export interface ServedPages {
  readonly origin: string
  readonly cronSecret: string
  close(): Promise<void>
}

const answersWithinMs = 60_000

// Good for nothing but the bench.
const secretOf = (name: string): string => `bench-${name}-0123456789abcdef0123456789`
const secrets = Object.fromEntries(['AUTH_SECRET', 'CRON_SECRET', 'FEED_SECRET', 'METRICS_SECRET', 'LINK_SECRET'].map((name) => [name, secretOf(name)]))

export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** The service as `npm start` runs it, without its worker: `server/main.ts` with the pages that were built in `folder`. */
export async function servePages(databaseFile: string, folder = projectRoot): Promise<ServedPages> {
  const port = await findFreePort()
  const origin = `http://localhost:${port}`
  const child = fork(join(projectRoot, 'server/main.ts'), {
    cwd: folder, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env, ...secrets, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PORT: String(port), APP_URL: origin,
      DATABASE_URL: `file:${databaseFile}`, MAIL_TRANSPORT: 'mailbox', CAPTCHA_PROVIDER: 'local',
    },
  })
  const last = performance.now() + answersWithinMs
  while (!await fetch(`${origin}/api/health`).then((answer) => answer.ok, () => false)) {
    if (child.exitCode !== null || performance.now() > last) throw new Error('The service of the bench does not answer.')
    await sleep(100)
  }
  return { origin, cronSecret: secretOf('CRON_SECRET'), close: () => end(child) }
}

/** The page that does nothing, by itself. */
export async function serveBarePage(folder: string): Promise<Pick<ServedPages, 'origin' | 'close'>> {
  const child = fork(join(projectRoot, 'bench/serve-bare-page.ts'), [folder], { env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  // Only serve-bare-page.ts speaks here.
  const [{ port }] = await once(child, 'message') as [{ readonly port: number }]
  return { origin: `http://localhost:${port}`, close: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}
