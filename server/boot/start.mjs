// Runs the service: sets up what is missing, then the web process and the worker beside it, until one ends or we are told to.
import { spawn } from 'node:child_process'
import { failWith, projectNode, root, say, typescript } from './environment.mjs'
import { buildPages, installDependencies, prepareDatabase, writeEnvFile } from './prepare.mjs'

const isDev = process.argv.includes('--dev')
const letGoWithinMs = 12_000
const children = []
let isEnding = false

try {
  await installDependencies()
  writeEnvFile()
  await prepareDatabase()
  if (!isDev) await buildPages()
  const env = { NODE_ENV: isDev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const watching = isDev ? ['--watch-path=server', '--watch-path=db', '--watch-path=emails', '--watch-preserve-output'] : []
  const web = start('web', [...watching, ...typescript, 'server/main.ts', ...(isDev ? ['--dev'] : [])], env)
  web.on('message', (message) => {
    if (message === 'listening') {
      say('Click first on the Mailbox link at the top of the page: it tells the whole story in two minutes. Ctrl+C ends it.')
    }
  })
  start('worker', [...watching, ...typescript, 'server/cli/main.ts', 'worker'], env)
} catch (error) {
  failWith(error)
}

function start(name, args, env) {
  const child = spawn(projectNode(), args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.push(child)
  child.on('exit', (code, signal) => {
    if (!isEnding) say(`The ${name} process ended (${signal ?? code}).`)
    end(code ?? 1)
  })
  return child
}

function end(code) {
  process.exitCode ??= code
  // Still setting up: there is nothing to let go.
  if (children.length === 0) process.exit()
  if (!isEnding) {
    isEnding = true
    for (const child of children) child.kill('SIGTERM')
    setTimeout(() => {
      for (const child of children) child.kill('SIGKILL')
    }, letGoWithinMs).unref()
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0))
