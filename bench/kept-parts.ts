import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Bench, Measured, Part } from './part.ts'

/** What a part came to when it was measured last. */
export interface KeptPart extends Measured {
  /** `November 30, 2026`. */
  readonly on: string
  readonly machine: string
  readonly isFull: boolean
}

// In the repository, beside the page that is made of it.
const file = new URL('./kept-parts.json', import.meta.url)
const nameOf = ({ goals }: Part): string => goals.join(', ')

// Only this module writes it.
const readAll = (): Record<string, KeptPart> => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, KeptPart> : {})

/** Replaces what this part came to before. */
export function keepMeasured(part: Part, measured: Measured, { machine, isFull }: Bench): void {
  const on = new Date().toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric' })
  writeFileSync(file, `${JSON.stringify({ ...readAll(), [nameOf(part)]: { on, machine: machine.text, isFull, ...measured } satisfies KeptPart }, null, 2)}\n`)
}

/** Undefined: it was never measured. */
export const keptOf = (part: Part): KeptPart | undefined => readAll()[nameOf(part)]
