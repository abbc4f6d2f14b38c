// The steps of set-up. Each looks first whether there is anything to do, so that the second time is quick.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressBuilt } from './compress-built.mjs'
import { hashOf, root, run, runTool, say, typescript, projectNode } from './environment.mjs'

const stampOf = (name) => join(root, 'node_modules', `.ttc-${name}`)
const isStamped = (name, hash) => existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === hash
const stamp = (name, hash) => writeFileSync(stampOf(name), hash)

/** Installs what the lock file names, development dependencies included whatever NODE_ENV says. */
export async function installDependencies() {
  const hash = hashOf(['package.json', 'package-lock.json'])
  if (isStamped('installed', hash)) return
  say('Installing dependencies from the lock file (a minute or two the first time) …')
  await run('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    what: 'Installing dependencies ("npm ci")',
  })
  stamp('installed', hash)
}

function isLoopback(address) {
  try {
    return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname)
  } catch {
    return false
  }
}

/** Writes an env file with fresh secrets where there is none and only this machine is served; never touches one that is there. */
export function writeEnvFile() {
  const file = join(root, '.env')
  // Where people are, secrets are the operator's to give and to keep: the start names those that are missing.
  if (existsSync(file) || !isLoopback(process.env.APP_URL ?? 'http://localhost')) return
  const secret = () => randomBytes(32).toString('base64url')
  const names = ['AUTH_SECRET', 'CRON_SECRET', 'FEED_SECRET', 'METRICS_SECRET', 'LINK_SECRET']
  say('Writing .env with fresh secrets …')
  writeFileSync(file, [
    '# Written by set-up. Values already in the environment win over these; README.md lists them all.',
    ...names.map((name) => `${name}=${secret()}`),
    '',
  ].join('\n'), { mode: 0o600 })
}

/** Brings the database to its newest schema and puts demonstration data into an empty one. */
export async function prepareDatabase() {
  say('Preparing the database …')
  await run(projectNode(), [...typescript, 'server/cli/main.ts', 'setup'], { what: 'Preparing the database' })
}

const builtFrom = ['app', 'server/boot/compress-built.mjs', 'server/contract', 'server/runtime-handle.ts', 'next.config.mjs', 'postcss.config.mjs', 'tsconfig.json', 'package-lock.json']

/** Builds the pages when what they are made from has changed since the last build. */
export async function buildPages({ isForced = false } = {}) {
  const hash = hashOf(builtFrom)
  const isBuilt = existsSync(join(root, '.next', 'BUILD_ID')) && isStamped('built', hash)
  if (isBuilt && !isForced) return
  say('Building the pages …')
  mkdirSync(join(root, '.next'), { recursive: true })
  await runTool('.bin/next', ['build'], { env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, quiet: true, what: 'Building the pages ("next build")' })
  compressBuilt(join(root, '.next', 'static'))
  stamp('built', hash)
}
