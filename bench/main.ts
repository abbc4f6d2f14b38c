import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTemplate } from './databases.ts'
import { grouped, seconds } from './figures.ts'
import { startPostgresServer } from '../server/testing/postgres-server.ts'
import { lookAtMachine, type Machine } from './machine.ts'
import { measureComposing } from './measure-composing.ts'
import { postgresDatabases, sqliteDatabases } from './engine-databases.ts'
import { measureEngines } from './measure-engines.ts'
import { measureEvenings, type MeasuredEvenings } from './measure-evenings.ts'
import { measurePlanning } from './measure-planning.ts'
import { underWayAtOnce } from './our-evening.ts'
import type { EveningSize } from './put-evening.ts'
import { startProvider } from './start-provider.ts'
import { tableOf, writeReport } from './write-report.ts'

// The size to plan for is 10 million cases, 1 million subscriptions, 200,000 entries on a busy day; P4 compares with a fifth.
const isFull = process.argv.includes('--full')
const part = isFull ? 1 : 10
const size: EveningSize = { cases: 10_000_000 / part, subscriptions: 1_000_000 / part, entries: 200_000 / part }
const rounds = 5

const began = performance.now()
const say = (line: string): void => console.log(`${seconds(performance.now() - began).padStart(9)}  ${line}`)

const folder = mkdtempSync(join(tmpdir(), 'ttc-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const machine = lookAtMachine(folder)
say(`${machine.text}.`)
say(`Making two databases, ${grouped(size.cases)} and ${grouped(size.cases / 5)} cases, each with ${grouped(size.subscriptions)} subscriptions …`)
const large = await makeTemplate(folder, size)
const small = await makeTemplate(folder, { ...size, cases: size.cases / 5 })

const provider = await startProvider()
say(`Holding the evening ${3 * (rounds + 1)} times …`)
const evenings = await measureEvenings({ large, small, provider, rounds, say })
say('Planning …')
const planning = await measurePlanning(large, { rounds: 7, ourPlanMs: evenings.ourPlanMs, barePlanMs: evenings.barePlanMs, say })
say('Composing …')
const composing = await measureComposing(large, { rounds, say })

say('The same evening on both engines …')
// About 20,000 notices.
const modest = await makeTemplate(folder, { cases: 100_000, subscriptions: 55_000, entries: 11_000 })
const postgres = await startPostgresServer({ isDurable: true })
const engines = await measureEngines({
  engines: [sqliteDatabases(modest), await postgresDatabases(postgres.url, modest)], owed: modest.owed, provider, rounds, say,
})
await postgres.stop()
await provider.close()

const [endToEnd, ...otherEvenings] = evenings.figures
const figures = [...(endToEnd ? [endToEnd] : []), ...composing, ...otherEvenings, ...planning, ...engines]
console.log(`\n${tableOf(figures)}\n`)
writeReport({
  figures, machine: machine.text,
  on: new Date().toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric' }),
  measured: howMeasured(), timeGoes: whereTimeGoes(evenings, machine),
})
say('Written to docs/performance.md.')

function howMeasured(): string[] {
  return [
    `${isFull ? 'At the full size' : 'At a tenth of the size to plan for'}: ${grouped(size.cases)} cases, ${grouped(size.subscriptions)} active subscriptions of `
    + `${grouped(size.subscriptions * 0.3)} people, ${grouped(size.entries)} entries of today, which owe ${grouped(large.owed.length)} notices. Among them are sealed cases, sealed `
    + 'entries, stopped subscriptions, subscriptions that began in the course of the day and history that was taken in quietly: nobody may be told of '
    + 'those, and the list of who must be told is reckoned beside the database, not asked of it.',
    `**P1** and **Exact**: our evening is \`runEvening\` and \`deliverOutbox\` through the Resend adapter and the vendor's SDK. The bare loop (\`bench/bare-evening.ts\`) is better-sqlite3, `
    + '`react-dom/server` and `node:http` alone: one INSERT … SELECT with a unique key, the same template rendered once a case, text, the recipient’s links, JSON, '
    + 'batches of 100 and one UPDATE of its ledger a batch. Both keep '
    + `${underWayAtOnce} requests under way over kept-alive connections, both write with \`synchronous = FULL\`, both send to a provider in a process of its own that parses every batch and `
    + 'limits nothing. Each evening has a fresh copy of the same database; they take turns, and the first round, in which the provider checks that both send '
    + 'the same bytes, is not counted. A ratio is the median over the pairs.',
    '**P2**: batches leased from such an evening, in its order. Ours renders a case when its first recipient comes, then puts in links. The other way calls `render` of React Email and `toPlainText` '
    + 'for every mail.',
    '**SQLite** and **Postgres**: the same evening of '
    + `${grouped(modest.owed.length)} notices among ${grouped(modest.size.cases)} cases, on copies of one database of each engine; the server of Postgres is on the same two cores, as the package brings it, `
    + 'but for its `shared_buffers` of 128 MB, and waits for the disk at each commit. Workers are processes of their own with the rate of the provider lifted, which are told to go when all have '
    + 'opened the database; the time ends when the last of them finds nothing more. They take from the outbox directly, without the job queue in between. After every delivery the list at the provider is exactly the right one.',
    '**P4**: the same subscriptions and entries in two databases; the statement that owes the messages against the same SQL by hand into the same table.',
  ]
}

function whereTimeGoes({ ours: { ms, mails, parts } }: MeasuredEvenings, { syncMs }: Machine): string[] {
  const share = (part: number): string => `${Math.round((part / ms) * 100)} %`
  const rest = ms - parts.plan - parts.compose - parts.ledger - parts.request
  const batches = Math.ceil(mails / 100)
  return [
    `Of our evening of ${seconds(ms)}, ${(ms / mails * 1000).toFixed(0)} µs a mail: planning ${share(parts.plan)}, most of it freezing what is said of each case; composing ${share(parts.compose)}, `
    + `most of it React; leasing and settling ${share(parts.ledger)}; writing JSON and handing it to the client ${share(parts.request)}; the client, its answers and waiting ${share(rest)}. `
    + `Leasing and settling are ${grouped(2 * batches)} transactions, and each waits for the disk, ${syncMs.toFixed(2)} ms here: about ${seconds(2 * batches * syncMs)} of the whole, `
    + 'where the bare loop, which remembers nothing before it sends, waits half as often.',
    'A provider that takes 2 to 5 requests a second needs minutes for what takes us seconds: none of this is waited for in practice.',
  ]
}
