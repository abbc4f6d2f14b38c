import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figures.ts'

const headings = ['goal', 'what', 'limit', 'figure', 'measured against', 'spread']

const cellsOf = (figure: Figure): string[] => [
  figure.goal, figure.what, figure.limit, `${figure.figure}${figure.isMet === null ? '' : figure.isMet ? ' ✓' : ' ✗'}`, figure.reference, figure.spread,
]

/** The table for a terminal: goal, figure, what it is measured against, spread. */
export function tableOf(figures: readonly Figure[]): string {
  return figures.map((figure) => {
    const [goal = '', what = '', limit = '', reached = '', reference = '', spread = ''] = cellsOf(figure)
    return `${goal.padEnd(6)}${what}\n      ${reached}   (goal ${limit})\n      against ${reference}\n      ${spread}`
  }).join('\n\n')
}

/** Replaces `docs/performance.md`. */
export function writeReport({ figures, machine, on, measured, timeGoes }: {
  readonly figures: readonly Figure[]
  readonly machine: string
  readonly on: string
  readonly measured: readonly string[]
  readonly timeGoes: readonly string[]
}): void {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), [
    '# How fast it is',
    '',
    'Written by `npm run bench`. Every figure stands beside another that was measured in the same run on the same machine.',
    '',
    row(headings),
    row(headings.map(() => '---')),
    ...figures.map((figure) => row(cellsOf(figure))),
    '',
    `Measured on ${on}: ${machine}.`,
    '',
    '## How it was measured',
    '',
    ...measured.flatMap((paragraph) => [paragraph, '']),
    '## Where the time goes',
    '',
    ...timeGoes.flatMap((paragraph) => [paragraph, '']),
  ].join('\n').replace(/\n+$/, '\n'))
}
