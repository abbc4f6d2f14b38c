import { casesAtOnce } from '../server/domain/digest/plan-notices.ts'
import { startPostgresServer } from '../server/testing/postgres-server.ts'
import { postgresDatabases, sqliteDatabases } from './engine-databases.ts'
import { grouped, seconds } from './figures.ts'
import type { Machine } from './machine.ts'
import { measureComposing } from './measure-composing.ts'
import { measureEngines } from './measure-engines.ts'
import { measureEvenings, type MeasuredEvenings } from './measure-evenings.ts'
import { measureIntake } from './measure-intake.ts'
import { measureLedger } from './measure-ledger.ts'
import { measureLighthouse } from './measure-lighthouse.ts'
import { measureMemory } from './measure-memory.ts'
import { measurePages } from './measure-pages.ts'
import { measurePlanning } from './measure-planning.ts'
import { measureRate } from './measure-rate.ts'
import { measureSearch } from './measure-search.ts'
import { underWayAtOnce } from './our-evening.ts'
import { modestSize } from './open-bench.ts'
import type { Part } from './part.ts'

const amongModest = `among ${grouped(modestSize.cases)} cases`

const evening: Part = {
  goals: ['P1', 'P4'],
  what: 'the evening end to end, against the bare loop and with fewer cases',
  async measure(bench) {
    const { rounds, say } = bench
    const [large, small, provider] = [await bench.large(), await bench.small(), await bench.provider()]
    say(`Holding the evening ${3 * (rounds + 1)} times …`)
    const evenings = await measureEvenings({ large, small, provider, rounds, say })
    return {
      figures: evenings.figures,
      how: [
        `The evening: ${grouped(large.size.cases)} cases, ${grouped(large.size.subscriptions)} active subscriptions of ${grouped(large.size.subscriptions * 0.3)} people, `
        + `${grouped(large.size.entries)} entries of today, which owe ${grouped(large.owed.length)} notices. Among them are sealed cases, sealed `
        + 'entries, stopped subscriptions, subscriptions that began in the course of the day and history that was taken in quietly: nobody may be told of '
        + 'those, and the list of who must be told is reckoned beside the database, not asked of it.',
        '**P1** and **Exact**: our evening is `runEvening` and `deliverOutbox` through the Resend adapter and the vendor\'s SDK. The bare loop (`bench/bare-evening.ts`) is better-sqlite3, '
        + '`react-dom/server` and `node:http` alone: one INSERT … SELECT with a unique key, the same template rendered once a case, text, the recipient’s links, JSON, '
        + 'batches of 100 and one UPDATE of its ledger a batch. What the mails of a case share is escaped and encoded once, by both; the bare loop renders the template once a case, as the goal has it, and '
        + 'ours what stands around the words of a case once for all. Both keep '
        + `${underWayAtOnce} requests under way over kept-alive connections, both write with \`synchronous = FULL\`, both send to a provider in a process of its own that parses every batch and `
        + 'limits nothing. Each evening has a fresh copy of the same database; they take turns, and the first round, in which the provider checks that both send '
        + 'the same from, to, subject, HTML, text and headers, is not counted. A ratio is the median over the pairs.',
      ],
      timeGoes: whereTimeGoes(evenings, bench.machine),
    }
  },
}

const composing: Part = {
  goals: ['P2'],
  what: 'what is sent is the template itself, and how fast it is made',
  async measure(bench) {
    return {
      figures: await measureComposing(await bench.large(), bench),
      how: [
        '**P2**: batches leased from such an evening, in its order. Ours renders the words of a case when its first recipient comes, and what is around them once, then puts in links. The other way calls `render` of React Email and '
        + '`toPlainText` for every mail.',
      ],
    }
  },
}

const planning: Part = {
  goals: ['P4', 'Planning'],
  what: 'planning, and a day on which nothing changed',
  async measure(bench) {
    return {
      figures: await measurePlanning(await bench.large(), { rounds: 7, say: bench.say }),
      how: [
        `**P4**: the same subscriptions and entries in two databases. Planning owes the messages in statements for ${grouped(casesAtOnce)} cases each; the same SQL by hand into the same table does it for all at once. What is said of each case is frozen before `
        + 'that, which the INSERT … SELECT that the goal names has no part of: it stands by itself.',
      ],
    }
  },
}

const rate: Part = {
  goals: ['P3'],
  what: 'a provider that takes only so many requests a second',
  async measure({ isFull, rounds, folder, say }) {
    return {
      figures: await measureRate({ rounds, secondsEach: isFull ? 60 : 20, folder, say }),
      how: [
        '**P3**: batches of 100 notices from an outbox of their own, delivered by one process to a provider in another that takes so many requests in any one second, wherever that begins, '
        + 'and answers every other with 429. The time is that of `deliverOutbox`, from the call to its end, connecting included. Half way a verification is owed, by another connection; texts '
        + 'go to a provider of their own at 10 a second.',
      ],
    }
  },
}

const pages: Part = {
  goals: ['P8'],
  what: 'the case page against a page that does nothing, and during an evening',
  async measure(bench) {
    const { rounds, say } = bench
    return {
      figures: await measurePages({ large: await bench.large(), modest: await bench.modest(), provider: await bench.provider(), rounds, say }),
      how: [
        '**P8**: 8 readers at once, in a process of their own, ask over kept-alive connections for 200 case pages in turn, or for one that does nothing, uncompressed, 5 s each. The empty page is `/empty`, added to a copy of our pages that is built '
        + 'for this: made for each request within the same frame (mast head, foot, who is logged in, announcements), by the same process. The other is an application of Next with nothing else in it. For the slowest answers 2 readers wait 25 ms '
        + `between two pages, first alone; then while two processes beside the service, at the priority that \`ttc worker\` gives itself, plan and deliver an evening among ${grouped(modestSize.cases)} cases with the rate of the `
        + 'provider lifted; and then while the web process itself plans the evening that the digest address was asked for.',
      ],
    }
  },
}

const lighthouse: Part = {
  goals: ['P10'],
  what: 'what pages weigh, and what Lighthouse makes of them',
  async measure(bench) {
    const figures = await measureLighthouse({ modest: await bench.modest(), rounds: bench.rounds, say: bench.say })
    if (figures === null) bench.say('  There is no Chromium: nothing was measured.')
    return {
      size: amongModest,
      figures: figures ?? [],
      how: [
        '**P10**: Chromium opens pages of the production build that it has nothing of, on a phone\'s window, and what it fetches until it rests is counted as it came over the line. Lighthouse runs with its own settings for phones '
        + '(a slow line and a processor a quarter as fast, both reckoned from what it sees): a score is the median of its runs. Whatever else has the machine makes performance worse. Case pages, the form, results and My Cases ask search engines not to list '
        + 'them (H6), so that the one audit that wants the opposite is left out there.',
      ],
    }
  },
}

const engines: Part = {
  goals: ['SQLite', 'Postgres'],
  what: 'the same evening on both engines, by 1, 2 and 4 workers',
  async measure(bench) {
    const { rounds, say } = bench
    const modest = await bench.modest()
    const postgres = await startPostgresServer({ isDurable: true })
    try {
      return {
        size: amongModest,
        figures: await measureEngines({
          engines: [sqliteDatabases(modest), await postgresDatabases(postgres.url, modest)], owed: modest.owed, provider: await bench.provider(), rounds, say,
        }),
        how: [
          '**SQLite** and **Postgres**: the same evening of '
          + `${grouped(modest.owed.length)} notices among ${grouped(modest.size.cases)} cases, on copies of one database of each engine; the server of Postgres is on the same two cores, as the package brings it, `
          + 'but for its `shared_buffers` of 128 MB, and waits for the disk at each commit. Workers are processes of their own with the rate of the provider lifted, which are told to go when all have '
          + 'opened the database; the time ends when the last of them finds nothing more. They take from the outbox directly, without the job queue in between. After every delivery the list at the provider is exactly the right one.',
        ],
      }
    } finally {
      await postgres.stop()
    }
  },
}

const memory: Part = {
  goals: ['P5'],
  what: 'the most memory of an evening, with all subscriptions and a tenth of them',
  async measure(bench) {
    const { rounds, say } = bench
    return {
      figures: await measureMemory({ large: await bench.large(), few: await bench.few(), provider: await bench.provider(), rounds, say }),
      how: ['**P5**: an evening planned and delivered in a process of its own: the most it was resident with (`VmHWM`), less what it held with its code loaded and no database open.'],
    }
  },
}

const ledger: Part = {
  goals: ['P6', 'P11'],
  what: 'what stays of a mail, and whether the last costs what the first did',
  async measure(bench) {
    const { rounds, say } = bench
    return {
      figures: await measureLedger({ template: await bench.large(), provider: await bench.provider(), rounds, say }),
      how: [
        '**P6** and **P11**: evenings of their own, delivered as above. Bytes are those of whole pages, as they are in the file when the last mail was settled. Tenths are of the transactions, nearly each of '
        + 'which settles a batch and leases the next; the first fiftieth and the last are left out.',
      ],
    }
  },
}

const leastRowsASecond = 100_000

const search: Part = {
  goals: ['P7', 'Demo'],
  what: 'demonstration data, and searches in it, against prepared statements and at a tenth of its size',
  async measure(bench) {
    const { rounds, say } = bench
    const [large, small] = [await bench.demo(), await bench.smallDemo()]
    const rate = large.rows / large.ms * 1000
    say(`  ${grouped(large.rows)} rows in ${seconds(large.ms)}`)
    return {
      figures: [
        ...await measureSearch({ large, small, rounds, say }),
        {
          goal: 'Demo', what: `\`ttc demo\`: ${grouped(large.cases)} cases, ${grouped(large.rows)} rows in all tables`, limit: `≥ ${grouped(leastRowsASecond)} a second`,
          figure: `${grouped(rate)} a second`, reference: 'the clock', spread: `once; with a tenth of the cases ${grouped(small.rows / small.ms * 1000)} a second`,
          isMet: rate >= leastRowsASecond,
        },
      ],
      how: [
        '**P7**: `searchCases`, as the page calls it, over what `ttc demo` made: 1,000 names and 1,000 beginnings of numbers a round, each of a case that is there. It counts to a bound, orders, and reads a page '
        + 'with courts and matched names; so do the prepared statements beside it, and both must count the same. A round gives one p99.',
      ],
    }
  },
}

const intake: Part = {
  goals: ['P9'],
  what: 'a day of entries through the feed, against prepared inserts',
  async measure(bench) {
    return {
      figures: await measureIntake(await bench.large(), bench),
      how: [
        '**P9**: `takeFeed`, as the endpoint calls it, over a body that is made while it is read: lines are parsed and checked, cases looked up by number and court, entries and changes '
        + 'recorded. The other way is better-sqlite3 alone with everything known beforehand: entry, change and last activity of the case by three prepared statements, 100 entries a transaction, where ours commits every 200. Both in one '
        + 'database, in turn, with `synchronous = FULL`. Memory is that of days in processes of their own (`VmHWM`), less what they held before the first entry, with cases named from the database as they are needed and V8\'s young generation held to 8 MB a half: it grows with what is allocated, not with what lives.',
      ],
    }
  },
}

/** In the order of the table. */
export const parts: readonly Part[] = [evening, planning, composing, rate, memory, ledger, search, pages, intake, lighthouse, engines]

function whereTimeGoes({ ours: { ms, mails, transactions, parts: spent } }: MeasuredEvenings, { syncMs }: Machine): string[] {
  const share = (part: number): string => `${Math.round((part / ms) * 100)} %`
  const rest = ms - spent.plan - spent.compose - spent.ledger - spent.request
  return [
    `Of our evening of ${seconds(ms)}, ${(ms / mails * 1000).toFixed(0)} µs a mail: planning ${share(spent.plan)}; composing ${share(spent.compose)}, `
    + `with what is read from connections in between; leasing and settling ${share(spent.ledger)}; writing JSON and handing it to the client ${share(spent.request)}; the client, its answers and waiting ${share(rest)}. `
    + `What was answered is settled in the transaction that leases what is next: ${grouped(transactions)} of them for ${grouped(Math.ceil(mails / 100))} batches, and each waits for the disk, ${syncMs.toFixed(2)} ms here: about `
    + `${seconds(transactions * syncMs)} of the whole.`,
    'A provider that takes 2 to 5 requests a second needs minutes for what takes us seconds: none of this is waited for in practice.',
  ]
}
