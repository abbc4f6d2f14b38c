import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figures.ts'
import { keptOf } from './kept-parts.ts'
import { parts } from './parts.ts'
import { whyMissed } from './why-missed.ts'

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

/** Replaces `docs/performance.md` by what each part came to when it was measured last. Not before each was: answers the goals of those that were not. */
export function writeReport(): readonly string[] {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const measured = parts.map((part) => ({ goals: part.goals, kept: keptOf(part) }))
  const missing = measured.flatMap(({ goals, kept }) => (kept ? [] : goals))
  if (missing.length > 0) return missing
  const kept = measured.flatMap(({ goals, kept: one }) => (one ? [{ goals, ...one }] : []))
  const occasions = Map.groupBy(kept, ({ on, isFull, size, commit, machine }) =>
    `${on}, ${size ?? (isFull ? 'at the full size' : 'at a tenth of the size to plan for')}, commit ${commit}: ${machine}`)
  const missed = [...new Set(kept.flatMap(({ figures }) => figures.filter(({ isMet }) => isMet === false).map(({ goal }) => goal)))]
  writeFileSync(fileURLToPath(new URL('../docs/performance.md', import.meta.url)), [
    '# How fast it is',
    '',
    'Written by `npm run bench`. Every figure stands beside another that was measured in the same run on the same machine.',
    '',
    row(headings),
    row(headings.map(() => '---')),
    ...kept.flatMap(({ figures }) => figures.map((figure) => row(cellsOf(figure)))),
    '',
    ...[...occasions].flatMap(([said, some]) => [`${some.flatMap(({ goals }) => goals).join(', ')}: measured on ${said}.`, '']),
    '## How it was measured',
    '',
    ...kept.flatMap(({ how }) => how).flatMap((paragraph) => [paragraph, '']),
    '## Where the time goes',
    '',
    ...kept.flatMap(({ timeGoes = [] }) => timeGoes).flatMap((paragraph) => [paragraph, '']),
    ...(missed.length === 0 ? [] : ['## What is missed, and why', '']),
    ...missed.flatMap((goal) => [`**${goal}**: ${whyMissed[goal] ?? 'not known yet.'}`, '']),
  ].join('\n').replace(/\n+$/, '\n'))
  return []
}
