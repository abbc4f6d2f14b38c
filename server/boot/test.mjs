// Everything that must hold: types, lint, import rules, unit and integration tests, and browser tests on the real build.
// With --check only the fast part, without browsers.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { failWith, run, runTool, say } from './environment.mjs'
import { buildPages, installDependencies, writeEnvFile } from './prepare.mjs'

const isCheck = process.argv.includes('--check')
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

try {
  await installDependencies()
  writeEnvFile()
  await step('Types', () => runTool('.bin/tsc', ['--noEmit']))
  await step('Lint', () => runTool('.bin/eslint', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']))
  await step('Import rules', () => runTool('.bin/depcruise', [
    '--config', '.dependency-cruiser.cjs', 'app', 'server', 'db', 'emails', 'e2e', 'bench',
  ]))
  await step('Unit and integration tests', () => runTool('.bin/vitest', ['run']))
  if (!isCheck) {
    const browser = await findBrowser()
    await step('Pages', () => buildPages())
    await step('Browser tests', () => runTool('.bin/playwright', ['test'], { env: { CHROMIUM: browser } }))
  }
  say(isCheck ? '\nThe fast part is green.' : '\nEverything is green.')
} catch (error) {
  failWith(error)
}

async function step(name, todo) {
  const began = Date.now()
  say(`\n— ${name}`)
  await todo()
  say(`  ${name}: ${Math.round((Date.now() - began) / 1000)} s`)
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
