import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Bench, Measured, Part } from './part.ts'

/** What a part came to when it was measured last. */
export interface KeptPart extends Measured {
  /** `November 30, 2026`. */
  readonly on: string
  readonly machine: string
  /** Of the code that was measured, and whether it was changed since. */
  readonly commit: string
  readonly isFull: boolean
}

// In the repository, beside the page that is made of it.
const file = new URL('./kept-parts.json', import.meta.url)
const nameOf = ({ goals }: Part): string => goals.join(', ')

// Only this module writes it.
const readAll = (): Record<string, KeptPart> => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, KeptPart> : {})

/** Replaces what this part came to before; false: that stays, since it was of the full size and this is not. */
export function keepMeasured(part: Part, measured: Measured, { machine, isFull }: Bench): boolean {
  const all = readAll()
  if (all[nameOf(part)]?.isFull && !isFull) return false
  const on = new Date().toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric' })
  const kept = { on, machine: machine.text, commit: commitHere(), isFull, ...measured } satisfies KeptPart
  writeFileSync(file, `${JSON.stringify({ ...all, [nameOf(part)]: kept }, null, 2)}\n`)
  return true
}

/** Undefined: it was never measured. */
export const keptOf = (part: Part): KeptPart | undefined => readAll()[nameOf(part)]

// What the bench itself writes is no change of what it measures.
function commitHere(): string {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: new URL('..', import.meta.url), encoding: 'utf8' }).trim()
  const isChanged = git('status', '--porcelain', '--', '.', ':!bench/kept-parts.json', ':!docs/performance.md') !== ''
  return `${git('rev-parse', '--short=9', 'HEAD')}${isChanged ? ' and changes since' : ''}`
}
