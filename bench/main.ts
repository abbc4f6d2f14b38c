import { loadavg } from 'node:os'
import { grouped } from './figures.ts'
import { openBench } from './open-bench.ts'
import { parts } from './parts.ts'
import type { Measured } from './part.ts'
import { tableOf, writeReport } from './write-report.ts'

// `npm run bench -- P7 P9` runs parts and prints them; all of them together are written to docs/performance.md.
const isFull = process.argv.includes('--full')
const asked = process.argv.slice(2).filter((word) => word !== '--full').map((word) => word.toUpperCase())
const known = new Set(parts.flatMap(({ goals }) => goals.map((goal) => goal.toUpperCase())))
const unknown = asked.filter((word) => !known.has(word))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to measure: name --full and any of`)
  for (const { goals, what } of parts) console.error(`  ${goals.join(', ').padEnd(10)}${what}`)
  process.exit(1)
}
const chosen = parts.filter(({ goals }) => asked.length === 0 || goals.some((goal) => asked.includes(goal.toUpperCase())))

const bench = openBench({ isFull })
bench.say(`${bench.machine.text}.`)
const measured: Measured[] = []
for (const part of chosen) {
  bench.say(`${part.goals.join(', ')}: ${part.what}; load ${(loadavg()[0] ?? 0).toFixed(1)}`)
  measured.push(await part.measure(bench))
}
await bench.close()

const figures = measured.flatMap((one) => one.figures)
console.log(`\n${tableOf(figures)}\n`)
if (chosen.length === parts.length) {
  const { size } = bench
  const owed = (await bench.large()).owed.length
  writeReport({
    figures, machine: bench.machine.text,
    on: new Date().toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric' }),
    measured: [
      `${isFull ? 'At the full size' : 'At a tenth of the size to plan for'}: ${grouped(size.cases)} cases, ${grouped(size.subscriptions)} active subscriptions of `
      + `${grouped(size.subscriptions * 0.3)} people, ${grouped(size.entries)} entries of today, which owe ${grouped(owed)} notices. Among them are sealed cases, sealed `
      + 'entries, stopped subscriptions, subscriptions that began in the course of the day and history that was taken in quietly: nobody may be told of '
      + 'those, and the list of who must be told is reckoned beside the database, not asked of it.',
      ...measured.flatMap((one) => one.how),
    ],
    timeGoes: measured.flatMap((one) => one.timeGoes ?? []),
  })
  bench.say('Written to docs/performance.md.')
} else bench.say('Parts only: docs/performance.md stays as it is.')
