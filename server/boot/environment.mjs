// What the set-up scripts share. They run before anything is installed, on Node 20 too: no dependency, no TypeScript.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export const say = (line) => process.stdout.write(`${line}\n`)

/** The Node that the project brings; the one that runs this where there is none for this platform. */
export function projectNode() {
  const own = join(root, 'node_modules', '.bin', 'node')
  return existsSync(own) ? own : process.execPath
}

/** Arguments that make Node read our TypeScript. */
export const typescript = ['--import', 'tsx']

/** Runs a program to its end with our terminal; rejects with a sentence when it fails. */
export function run(command, args, { env = {}, quiet = false, what } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'] })
    let output = ''
    child.stdout?.on('data', (chunk) => { output += chunk })
    child.stderr?.on('data', (chunk) => { output += chunk })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output)
      else reject(new Error(`${quiet ? `${output}\n` : ''}${what ?? [command, ...args].join(' ')} failed${signal ? ` (${signal})` : ''}.`))
    })
  })
}

/** A program of our dependencies, run by the project's Node. */
export const runTool = (file, args, options) => run(projectNode(), [join('node_modules', file), ...args], options)

/** One hash over the files below these paths, names and contents. */
export function hashOf(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    const full = join(root, path)
    if (!existsSync(full)) return
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name))
    } else {
      hash.update(path).update('\0').update(readFileSync(full)).update('\0')
    }
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}

/** Ends a script with the sentence of what went wrong. */
export function failWith(error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
