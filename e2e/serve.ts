import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { writeGenerousProfile } from './generous-profile.ts'
import { serveHcaptcha } from './hcaptcha-stand-in.ts'
import { nothingElse } from './nothing-else.ts'
import { folder, originOf, portOf, type ServiceName } from './run.ts'
import { hcaptchaKeys, secrets } from './secrets.ts'

// Runs all that the browser tests talk to: a Postgres server; on each engine one database and, as people start it, the service,
// on SQLite with the other captcha too; and what stands in for hCaptcha, which answers when all of it does. Ends with all it started.

const lookAgainMs = 200

const captchaOf = (name: ServiceName): Readonly<Record<string, string>> => (name === 'hcaptcha' ? {
  CAPTCHA_PROVIDER: 'hcaptcha',
  HCAPTCHA_SITE_KEY: hcaptchaKeys.siteKey,
  HCAPTCHA_SECRET: hcaptchaKeys.secret,
  HCAPTCHA_VERIFY_URL: `${originOf('standIn')}/siteverify`,
  HCAPTCHA_SCRIPT_URL: `${originOf('standIn')}/api.js`,
} : { CAPTCHA_PROVIDER: 'local' })

const generousProfile = writeGenerousProfile(folder)

const environmentOf = (name: ServiceName, databaseUrl: string): Readonly<Record<string, string>> => ({
  ...nothingElse, ...secrets, ...captchaOf(name),
  PORT: String(portOf(name)), APP_URL: originOf(name), DATABASE_URL: databaseUrl, MAIL_TRANSPORT: 'mailbox', COURT_PROFILE: generousProfile,
})

const running: ChildProcess[] = []
let isEnding = false

interface Starting {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Whether a signal to our process group passes it by. */
  readonly isApart?: boolean
  /** Whether it ends by itself. */
  readonly isTask?: boolean
}

function start({ name, args, env = {}, isApart = false, isTask = false }: Starting): ChildProcess {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ...env }, detached: isApart })
  running.push(child)
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      // Of a log only what does not say that all goes well.
      if (!line.includes('"level":30,')) process.stderr.write(`${name}: ${line}\n`)
    })
  }
  child.once('exit', (code, signal) => {
    running.splice(running.indexOf(child), 1)
    if (!isEnding && !(isTask && code === 0)) fail(new Error(`${name} ended (${signal ?? code}).`))
  })
  return child
}

/** Starts a service; resolves when it answers. */
async function serve(name: ServiceName, databaseUrl: string): Promise<void> {
  start({ name: `The service ${name}`, args: ['server/boot/start.mjs'], env: environmentOf(name, databaseUrl) })
  let answer: Response | undefined
  while (!answer?.ok) {
    await sleep(lookAgainMs)
    answer = await fetch(`${originOf(name)}/api/health`).catch(() => undefined)
  }
}

/** The address of a Postgres database with all that a service puts into an empty one. */
async function preparePostgres(): Promise<string> {
  // Its databases must outlive what uses them.
  const server = start({ name: 'Postgres', args: ['--import', 'tsx', 'server/testing/serve-postgres.ts'], isApart: true })
  const url = z.tuple([z.string()]).rest(z.unknown()).parse(await once(server, 'message'))[0]
  await once(start({
    name: 'The set-up on Postgres', args: ['--import', 'tsx', 'server/cli/main.ts', 'setup'], env: environmentOf('postgres', url), isTask: true,
  }), 'exit')
  return url
}

async function serveAll(): Promise<void> {
  const sqlite = `file:${join(folder, 'service.db')}`
  // One alone at first: it may have to build the pages, which all of them show.
  const [postgres] = await Promise.all([preparePostgres(), serve('sqlite', sqlite)])
  await Promise.all([serve('hcaptcha', sqlite), serve('postgres', postgres)])
  if (!isEnding) serveHcaptcha()
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  end(1)
}

function end(code: number): void {
  if (isEnding) return
  isEnding = true
  const [postgres, ...others] = running
  ended(others).then(() => ended(postgres ? [postgres] : [])).then(() => process.exit(code), () => process.exit(1))
}

async function ended(children: readonly ChildProcess[]): Promise<void> {
  const exits = children.map((child) => once(child, 'exit'))
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(exits)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0))
serveAll().catch(fail)
