import Sqlite from 'better-sqlite3'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, ratios, spreadOf, timed, type Figure } from './figures.ts'
import { namedIn, recordOf, takeDay, type NamedCase } from './take-day.ts'
import type { IntakeAnswer } from './intake-worker.ts'
import { openWorkplace } from './our-evening.ts'
import { eveningAt, eveningDay } from './put-evening.ts'
import { startChild } from './start-child.ts'

const entriesPerTransaction = 100
const fewer = 10
const mostMoreMegabytes = 32

/** How long a day's entries take to come in through the feed, against the same rows by prepared statements, in turn in one database; and in what memory. */
export async function measureIntake(template: Template, { rounds, say }: { rounds: number; say: (line: string) => void }): Promise<Figure[]> {
  const { entries, cases } = template.size
  return withCopy(template, async (file) => {
    const workplace = openWorkplace(`file:${file}`)
    const raw = new Sqlite(file)
    for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY', 'cache_size = -65536']) raw.pragma(setting)
    try {
      const named = namedIn(raw, { entries, cases })(0, entries)
      const nameCases = (from: number, to: number): readonly NamedCase[] => named.slice(from, to)
      const bare = bareInsert(raw)
      const ourMs: number[] = []
      const bareMs: number[] = []
      for (let round = 0; round <= rounds; round++) {
        for (const way of round % 2 === 0 ? ['ours', 'bare'] as const : ['bare', 'ours'] as const) {
          raw.pragma('wal_checkpoint(TRUNCATE)')
          const ms = await timed(() => (way === 'ours' ? takeDay(workplace, { entries, nameCases, round: `ours-${round}` }) : bare(named, `bare-${round}`)))
          if (round > 0) (way === 'ours' ? ourMs : bareMs).push(ms)
        }
        if (round > 0) say(`  round ${round} of ${rounds}: ours ${ourMs.at(-1)?.toFixed(0)} ms, bare ${bareMs.at(-1)?.toFixed(0)} ms`)
      }
      const [all, some]: [number[], number[]] = [[], []]
      for (let round = 1; round <= rounds; round++) {
        for (const count of round % 2 === 0 ? [entries, entries / fewer] : [entries / fewer, entries]) {
          const megabytes = await memoryOf({ file, entries: count, cases, round: `memory-${round}-${count}` })
          ;(count === entries ? all : some).push(megabytes)
        }
        say(`  round ${round} of ${rounds}: ${all.at(-1)?.toFixed(0)} MB, with a tenth of the entries ${some.at(-1)?.toFixed(0)} MB`)
      }
      const growth = all.map((megabytes, index) => megabytes - (some[index] ?? Number.NaN))
      const against = ratios(ourMs, bareMs)
      return [
        {
          goal: 'P9',
          what: `${grouped(entries)} entries through the feed, ${grouped(entries / median(ourMs) * 1000)} a second, among ${grouped(cases)} cases`,
          limit: '≤ 2 ×',
          figure: `${median(against).toFixed(2)} ×`,
          reference: `the same rows by prepared statements, ${entriesPerTransaction} a transaction: ${median(bareMs).toFixed(0)} ms against ${median(ourMs).toFixed(0)} ms`,
          spread: spreadOf(against, 2, 'pairs'),
          isMet: median(against) <= 2,
        },
        {
          goal: 'P9',
          what: `the most memory while ${grouped(entries)} entries come in: ${median(all).toFixed(0)} MB`,
          limit: `flat: ≤ ${mostMoreMegabytes} MB more`,
          figure: `${median(growth).toFixed(0)} MB more`,
          reference: `itself with ${grouped(entries / fewer)} entries: ${median(some).toFixed(0)} MB`,
          spread: spreadOf(growth, 0, 'pairs'),
          isMet: median(growth) <= mostMoreMegabytes,
        },
      ]
    } finally {
      raw.close()
      await workplace.close()
    }
  })
}

// Else it grows to 128 MB while much is allocated, whatever of it lives: that would be all that is measured.
const smallYoungGeneration = { NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=8` }

async function memoryOf({ file, entries, cases, round }: { file: string; entries: number; cases: number; round: string }): Promise<number> {
  const child = startChild<never, IntakeAnswer>('./intake-worker.ts', smallYoungGeneration, [file, String(entries), String(cases), round])
  const { peakBytes, beforeBytes } = await child.next('taken')
  await child.close()
  return (peakBytes - beforeBytes) / 2 ** 20
}

/** Entry, change and the last activity of the case, whose id is known here: nothing is read, checked or looked up. */
function bareInsert(db: Sqlite.Database): (named: readonly NamedCase[], round: string) => void {
  const putEntry = db.prepare<unknown[], { id: number }>(`insert into docket_entries (case_id, source_id, filed_on, filed_at, code, description, text, status, security, last_activity_at)
    values (?, ?, '${eveningDay}', ?, ?, ?, ?, 'active', 'public', ?) on conflict (case_id, source_id) do nothing returning id`)
  const putChange = db.prepare(`insert into docket_changes (case_id, entry_id, kind, recorded_at, is_quiet) values (?, ?, 'added', ?, 0)`)
  const touch = db.prepare('update cases set last_activity_at = ? where id = ?')
  return (named, round) => {
    for (let from = 0; from < named.length; from += entriesPerTransaction) {
      db.exec('begin immediate')
      for (let nth = from; nth < Math.min(from + entriesPerTransaction, named.length); nth++) {
        const one = named[nth]
        if (!one) continue
        const { id, filedAt, code, description, text } = recordOf(nth, round, one)
        const entry = putEntry.get(one.id, id, Date.parse(filedAt), code, description, text, eveningAt)
        putChange.run(one.id, entry?.id, eveningAt)
        touch.run(eveningAt, one.id)
      }
      db.exec('commit')
    }
  }
}
