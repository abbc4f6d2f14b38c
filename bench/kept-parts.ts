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
export function keepMeasured(part: Part, measured: Measured, { machine, isFull, commit }: Bench): boolean {
  const all = readAll()
  if (all[nameOf(part)]?.isFull && !isFull && measured.size === undefined) return false
  const on = new Date().toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric' })
  const kept = { on, machine: machine.text, commit, isFull, ...measured } satisfies KeptPart
  writeFileSync(file, `${JSON.stringify({ ...all, [nameOf(part)]: kept }, null, 2)}\n`)
  return true
}

/** Undefined: it was never measured. */
export const keptOf = (part: Part): KeptPart | undefined => readAll()[nameOf(part)]
