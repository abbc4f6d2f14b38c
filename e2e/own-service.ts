import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { nothingElse } from './nothing-else.ts'
import { setOrigin } from './origin.ts'
import { findFreePorts, folder } from './run.ts'
import { secrets } from './secrets.ts'
import { it as itComplains } from './test.ts'

const lookAgainMs = 100
const answersWithinMs = 60_000

export interface OwnSettings {
  /** What the court's profile says otherwise than the shipped one, by its first names: `{ policy: { texts: 'off' } }`. */
  readonly profile?: object
  readonly env?: Readonly<Record<string, string>>
  /** False: nothing leaves but by a call of `/api/cron/deliver`. Default true. */
  readonly hasWorker?: boolean
  /** What its log says of failures is expected, and kept off the terminal. */
  readonly mayFail?: boolean
}

/** A service that only one file's tests talk to, on a SQLite database of its own that begins empty. */
export interface OwnService {
  readonly origin: string
  /** The file of its database. */
  readonly databaseFile: string
  /** The number of its web process, which `restart` changes. */
  webProcess(): number
  /** Every line that its processes have written, of every level. */
  readonly logged: readonly string[]
  /** The same database and address under other settings, which replace the former. */
  restart(settings: OwnSettings): Promise<void>
}

async function writeProfile(where: string, changes: object): Promise<string> {
  const shipped = z.looseObject({}).parse(JSON.parse(await readFile('server/profile/missouri.json', 'utf8')))
  const path = join(where, 'profile.json')
  await writeFile(path, JSON.stringify({ ...shipped, ...changes }))
  return path
}

function start(args: readonly string[], env: NodeJS.ProcessEnv, logged: string[], mayFail: boolean): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env })
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => logged.push(line))
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      logged.push(line)
      if (!mayFail && !line.includes('"level":30,')) process.stderr.write(`A service of its own: ${line}\n`)
    })
  }
  return child
}

async function answers(origin: string, web: ChildProcess, logged: readonly string[]): Promise<void> {
  const last = Date.now() + answersWithinMs
  while (!await fetch(`${origin}/api/health`).then((answer) => answer.ok, () => false)) {
    if (web.exitCode !== null) throw new Error(`The service ended before it answered. Its last words: ${logged.slice(-5).join('\n')}`)
    if (Date.now() > last) throw new Error(`The service does not answer. Its last words: ${logged.slice(-5).join('\n')}`)
    await sleep(lookAgainMs)
  }
}

async function end(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map(async (child) => {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }))
}

/** Starts it: the web process and the worker as `npm start` does, without demonstration data. */
async function startOwn(settings: OwnSettings): Promise<OwnService & { stop(): Promise<void> }> {
  const where = await mkdtemp(join(folder, 'own-'))
  const port = await findFreePorts(1)
  const origin = `http://localhost:${port}`
  const databaseFile = join(where, 'own.db')
  const logged: string[] = []
  let running: ChildProcess[] = []

  async function run({ profile = {}, env = {}, hasWorker = true, mayFail = false }: OwnSettings): Promise<void> {
    const settled: NodeJS.ProcessEnv = {
      ...process.env, ...nothingElse, ...secrets, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CAPTCHA_PROVIDER: 'local',
      PORT: String(port), APP_URL: origin, DATABASE_URL: `file:${databaseFile}`, MAIL_TRANSPORT: 'mailbox',
      COURT_PROFILE: await writeProfile(where, profile), ...env,
    }
    const web = start(['server/main.ts'], settled, logged, mayFail)
    running = [web]
    // It brings the database to its newest form, as set-up does before `npm start` starts both.
    await answers(origin, web, logged)
    if (hasWorker) running.push(start(['server/cli/main.ts', 'worker'], settled, logged, mayFail))
  }

  const stop = (): Promise<void> => end(running)
  await run(settings)
  return {
    origin, databaseFile, logged, stop,
    webProcess: () => running[0]?.pid ?? 0,
    async restart(other) {
      await stop()
      await run(other)
    },
  }
}

/**
 * The `it` of a file whose tests need a service to themselves: of other settings, or with evenings of days to come, after
 * which a shared one could hold none of today. The file runs on SQLite only (playwright.config.ts), in one process:
 * `describe.configure({ mode: 'default' })`.
 */
export const itOnItsOwn = (settings: OwnSettings = {}) => itComplains.extend<object, { service: OwnService }>({
  service: [async ({}, use) => {
    const service = await startOwn(settings)
    setOrigin(service.origin)
    await use(service)
    setOrigin(undefined)
    await service.stop()
  }, { scope: 'worker', auto: true, timeout: 90_000 }],
  baseURL: async ({ service }, provide) => {
    await provide(service.origin)
  },
})
