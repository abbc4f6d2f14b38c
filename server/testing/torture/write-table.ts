// Writes docs/reliability.md from the figures that `npm run torture` came to, or says those of some rows only:
// node --import tsx write-table.ts FIGURES [ROW…]
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { rows } from './rows.ts'
import { seed, type Figure } from './scale.ts'

const [file, ...only] = process.argv.slice(2)
if (!file) throw new Error('It was not told where the figures are.')
const figures = Map.groupBy(readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Figure), ({ row }) => row)

const asked = only.length === 0 ? rows : rows.filter(({ id }) => only.includes(id))
const saidOf = (id: string): string => (figures.get(id) ?? []).map(({ figure, isMet }) => `${figure} ${isMet ? '✓' : '✗'}`).join('; ') || 'not shown ✗'
const missed = asked.filter(({ id }) => saidOf(id).includes('✗')).map(({ id }) => id)

if (only.length > 0) for (const { id } of asked) process.stdout.write(`${id}: ${saidOf(id)}\n`)
else {
  const [cpu] = cpus()
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(new Date())
  writeFileSync(new URL('../../../docs/reliability.md', import.meta.url), `# What it promises, and how that is shown

Written by \`npm run torture\`, which tries every fault and attack below as often as its figure says. \`npm test\` tries each of them a few times.
A test whose name begins with the row shows it; \`--seed N\` chooses another seed for what is left to chance.

| row | fault or attack | must come of it | goal | figure |
| --- | --- | --- | --- | --- |
${rows.map(({ id, fault, expected, goal }) => `| ${id} | ${fault} | ${expected} | ${goal} | ${saidOf(id)} |`).join('\n')}

${missed.length === 0 ? 'Every row is at its figure.' : `Not at their figure: ${missed.join(', ')}.`}
Run on ${day} with seed ${seed}: ${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.version}, on SQLite.
`)
  process.stdout.write(`${asked.length - missed.length} of ${asked.length} rows are at their figure. The table is docs/reliability.md.\n`)
}
if (missed.length > 0) process.exitCode = 1
