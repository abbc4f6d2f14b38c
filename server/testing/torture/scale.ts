import { appendFileSync } from 'node:fs'

/** Whether this is `npm run torture`, which tries each fault as often as docs/reliability.md says, and not `npm test`. */
export const isLong = process.env['TORTURE'] === 'long'

/** A size for `npm test`, and the full one. */
export const sized = (short: number, long: number): number => (isLong ? long : short)

/** The seed of everything that is left to chance: the same in every run, unless TORTURE_SEED gives another. */
export const seed = Number(process.env['TORTURE_SEED'] ?? 20_261_129)

export interface Figure {
  /** As docs/reliability.md names it: `R1`. */
  readonly row: string
  /** What was counted: `0 lost, 0 twice in 1,000`. */
  readonly figure: string
  readonly isMet: boolean
}

/** Keeps what a row came to for the table of docs/reliability.md. Say it before what must hold is asserted. */
export function report(row: string, figure: string, isMet: boolean): void {
  const file = process.env['TORTURE_FIGURES']
  if (file) appendFileSync(file, `${JSON.stringify({ row, figure, isMet } satisfies Figure)}\n`)
}

export const counted = (count: number): string => count.toLocaleString('en-US')
