import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../postgres-server.ts'
import type { ResendStandIn } from '../resend-stand-in.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const secrets = {
  AUTH_SECRET: 'of-many-processes-auth-0123456789abcdef',
  CRON_SECRET: 'of-many-processes-cron-0123456789abcdef',
  FEED_SECRET: 'of-many-processes-feed-0123456789abcdef',
  METRICS_SECRET: 'of-many-processes-metrics-0123456789abc',
  LINK_SECRET: 'of-many-processes-link-0123456789abcdef',
}

export interface ServiceSize {
  readonly databaseUrl: string
  readonly provider: Pick<ResendStandIn, 'url' | 'apiKey'>
  readonly requestsPerSecond: number
  readonly webs: number
  readonly workers: number
}

/** The service as processes of their own, which need the built pages. */
export interface Service {
  readonly secrets: typeof secrets
  origin(web: number): string
  /** Kills a worker where it stands and starts another in its place; gives its number. */
  killWorker(nth: number): Promise<number>
  stop(): Promise<void>
}

/** Starts the processes and waits until the web ones answer. */
export async function startService({ databaseUrl, provider, requestsPerSecond, webs, workers }: ServiceSize): Promise<Service> {
  const ports = await Promise.all(Array.from({ length: webs }, freePort))
  const origin = (web: number): string => `http://localhost:${ports[web] ?? 0}`
  const env: NodeJS.ProcessEnv = {
    ...process.env, ...secrets,
    NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl, MAIL_TRANSPORT: 'resend', RESEND_API_KEY: provider.apiKey, RESEND_BASE_URL: provider.url,
    MAIL_RATE_PER_SECOND: String(requestsPerSecond), CAPTCHA_PROVIDER: 'local', EVENING_SCHEDULE: 'off',
  }
  const start = (args: readonly string[], own: Record<string, string>): ChildProcess => {
    const child = spawn(process.execPath, ['--import', 'tsx', ...args], { cwd: root, env: { ...env, ...own }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    // What it logs of connections that were ended on purpose would drown what matters.
    child.stderr?.resume()
    return child
  }
  const startWorker = (): ChildProcess => start(['server/cli/main.ts', 'worker'], { APP_URL: origin(0) })
  const web = ports.map((port, nth) => start(['server/main.ts'], { PORT: String(port), APP_URL: origin(nth) }))
  await Promise.all(ports.map((_, nth) => answers(`${origin(nth)}/api/health`)))
  const team = Array.from({ length: workers }, startWorker)

  return {
    secrets, origin,
    async killWorker(nth) {
      const worker = team[nth]
      if (worker) await ended(worker, 'SIGKILL')
      team[nth] = startWorker()
      return nth
    },
    async stop() {
      await Promise.all([...web, ...team].map((child) => ended(child, 'SIGTERM')))
    },
  }
}

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return
    await sleep(200)
  }
  throw new Error(`Nothing answers at ${url}: are the pages built?`)
}
