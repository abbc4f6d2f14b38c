import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../env.ts'

export interface StartedWorker {
  readonly pid: number
  /** Resolves when it can begin at once. Fails with what it said where it failed first. */
  readonly ready: Promise<unknown>
  begin(): void
  /** How it ended, by which signal if by one, and what it said. Fails where it failed by itself. */
  readonly end: Promise<{ readonly signal: NodeJS.Signals | null; readonly said: string }>
  kill(): void
}

// In one piece, a process starts in a tenth of the time.
let program: Promise<string> | undefined

async function makeProgram(): Promise<string> {
  // Where it finds what is not in the piece.
  const folder = join(projectRoot, 'node_modules/.cache/kill-worker')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${process.pid}.mjs`)
  await build({
    entryPoints: [fileURLToPath(new URL('kill-worker.ts', import.meta.url))], outfile, bundle: true, platform: 'node', format: 'esm',
    external: ['better-sqlite3', 'pg', 'resend'], logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  })
  process.once('exit', () => rmSync(outfile, { force: true }))
  return outfile
}

/** Starts a process of kill-worker.ts, which gets ready and waits until it may begin. */
export async function startWorker(orders: Readonly<Record<string, unknown>>): Promise<StartedWorker> {
  const child = spawn(process.execPath, [await (program ??= makeProgram()), JSON.stringify({ ...orders, isTold: true })], { stdio: ['pipe', 'pipe', 'pipe'] })
  // One that is killed takes what was written to it along.
  child.stdin.on('error', () => undefined)
  const complaint = text(child.stderr)
  const firstWord = once(child.stdout, 'data')
  const said = text(child.stdout)
  const end = once(child, 'close').then(async () => {
    if (child.exitCode !== 0 && child.signalCode === null) throw new Error(await complaint)
    return { signal: child.signalCode, said: (await said).replace('ready\n', '') }
  })
  // Whoever waits for it hears of it; nobody else has to.
  end.catch(() => undefined)
  const ready = Promise.race([firstWord, end])
  ready.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    ready,
    end,
    begin: () => void child.stdin.write('\n'),
    kill: () => void child.kill('SIGKILL'),
  }
}
