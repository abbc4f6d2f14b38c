// Everything that must hold: types, lint, import rules, unit and integration tests on both engines, many processes on one
// Postgres, and browser tests of the real build on both engines. With --check only the fast part, without the build.
// What mostly waits, for a rate, a lease or a dead worker's silence, runs one file after the other beside what computes.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { failWith, run, runTool, say } from './environment.mjs'
import { buildPages, installDependencies, writeEnvFile } from './prepare.mjs'

const isCheck = process.argv.includes('--check')
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const engines = ['--project', 'sqlite', '--project', 'postgres']
const waiting = [
  'server/adapters/in-process-jobs.test.ts', 'server/adapters/pg-boss-jobs.test.ts',
  'server/delivery/lost-connection.test.ts', 'server/delivery/pace.test.ts', 'server/delivery/rate.test.ts',
  'server/delivery/sigterm.test.ts',
]

const began = Date.now()
const took = []

try {
  await installDependencies()
  writeEnvFile()
  await Promise.all([
    step('Types', '.bin/tsc', ['--noEmit']),
    step('Lint', '.bin/eslint', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']),
  ])
  await step('Import rules', '.bin/depcruise', ['--config', '.dependency-cruiser.cjs', 'app', 'server', 'db', 'emails', 'e2e', 'bench'])
  const browser = isCheck ? null : await findBrowser()
  // Those of many processes need the built pages.
  if (!isCheck) await timed('Pages', () => buildPages())
  const processes = isCheck ? [] : ['--project', 'processes', 'server/testing/processes/']
  await allOf([
    step('Unit and integration tests on SQLite and Postgres', '.bin/vitest', ['run', ...engines], { TTC_TESTS_APART: waiting.join(',') }),
    step(isCheck ? 'Tests that wait' : 'Tests that wait, and many processes on one Postgres', '.bin/vitest', ['run', ...engines, ...processes, ...waiting, '--maxWorkers', '1']),
  ])
  if (browser !== null) await step('Browser tests on SQLite and Postgres', '.bin/playwright', ['test'], { CHROMIUM: browser })
  say(`\n${took.map(([name, seconds]) => `${String(seconds).padStart(5)} s  ${name}`).join('\n')}`)
  say(`${String(secondsSince(began)).padStart(5)} s  ${isCheck ? 'and the fast part is green.' : 'and everything is green.'}`)
} catch (error) {
  failWith(error)
}

/** Lets each come to its end, so that none is left running, before it says that one failed. */
async function allOf(steps) {
  const failed = (await Promise.allSettled(steps)).find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
}

function secondsSince(moment) {
  return Math.round((Date.now() - moment) / 1000)
}

async function timed(name, todo) {
  const start = Date.now()
  say(`\n— ${name}`)
  await todo()
  const seconds = secondsSince(start)
  took.push([name, seconds])
  say(`  ${name}: ${seconds} s`)
}

function step(name, tool, args, env) {
  return timed(name, () => runTool(tool, args, { env, what: name }))
}

async function findBrowser() {
  const found = () => browsers.find((path) => existsSync(path))
  if (found()) return found()
  if (process.getuid?.() === 0 && has('apt-get')) {
    say('Installing a browser for the browser tests (apt-get install chromium) …')
    await run('apt-get', ['update', '-qq'], { quiet: true })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } })
    if (found()) return found()
  }
  throw new Error('The browser tests need Chromium: install it (on Debian: "apt-get install chromium" as root) and run "npm test" again. "npm run check" runs everything else.')
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
