import { loadavg } from 'node:os'
import { keepMeasured } from './kept-parts.ts'
import { openBench } from './open-bench.ts'
import { parts } from './parts.ts'
import type { Part } from './part.ts'
import { tableOf, writeReport } from './write-report.ts'

// `npm run bench` measures everything, `npm run bench -- P7 P9` some parts. What a part came to is kept until it is measured again.
const isFull = process.argv.includes('--full')
const asked = process.argv.slice(2).filter((word) => word !== '--full').map((word) => word.toUpperCase())
const known = new Set(parts.flatMap(({ goals }) => goals.map((goal) => goal.toUpperCase())))
const unknown = asked.filter((word) => !known.has(word))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to measure: name --full and any of`)
  for (const { goals, what } of parts) console.error(`  ${goals.join(', ').padEnd(10)}${what}`)
  process.exit(1)
}
const named = (word: string): readonly Part[] => parts.filter(({ goals }) => goals.some((goal) => goal.toUpperCase() === word))
// In the order that was asked for.
const chosen = asked.length === 0 ? parts : new Set(asked.flatMap(named))

const bench = openBench({ isFull })
bench.say(`${bench.machine.text}.`)
for (const part of chosen) {
  const name = part.goals.join(', ')
  bench.say(`${name}: ${part.what}; load ${(loadavg()[0] ?? 0).toFixed(1)}`)
  try {
    const measured = await part.measure(bench)
    console.log(`\n${tableOf(measured.figures)}\n`)
    if (measured.figures.length === 0) continue
    if (!keepMeasured(part, measured, bench)) {
      bench.say('What it came to at the full size stays.')
      continue
    }
    const missing = writeReport()
    bench.say(missing.length === 0 ? 'Written to docs/performance.md.' : `docs/performance.md waits until ${missing.join(', ')} were measured too.`)
  } catch (error) {
    // An hour of other parts is not lost with it.
    console.error(error)
    bench.say(`${name} could not be measured: what it came to last stays.`)
    process.exitCode = 1
  }
}
await bench.close()
