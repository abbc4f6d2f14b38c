import Sqlite from 'better-sqlite3'
import { takeFeed } from '../server/take-feed.ts'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, ratios, spreadOf, timed, type Figure } from './figures.ts'
import { openWorkplace, site } from './our-evening.ts'
import { eveningAt, eveningDay } from './put-evening.ts'

const entriesPerTransaction = 100
const linesPerChunk = 500

/** What a court's system sends of one entry; `round` makes it another's. */
const recordOf = (nth: number, round: string, { number, court }: NamedCase) => ({
  type: 'docketEntry', case: number, court, id: `${round}-${nth}`, filedAt: new Date(eveningAt - 3_600_000 - nth % 10_000_000).toISOString(), code: 'MOTG',
  description: 'Motion Filed', text: 'Motion to continue, filed by the plaintiff. Hearing asked for.',
})

interface NamedCase {
  readonly id: number
  readonly number: string
  readonly court: string
}

/** How long a day's entries take to come in through the feed, against the same rows by prepared statements, in turn in one database. */
export async function measureIntake(template: Template, { rounds, say }: { rounds: number; say: (line: string) => void }): Promise<Figure[]> {
  const { entries } = template.size
  return withCopy(template, async (file) => {
    const workplace = openWorkplace(`file:${file}`)
    const raw = new Sqlite(file)
    for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY', 'cache_size = -65536']) raw.pragma(setting)
    try {
      // All over the table, as a day's entries are.
      const step = Math.max(1, Math.floor(template.size.cases / entries)) * 7 + 1
      const named = raw.prepare<[number, number, number], NamedCase>(
        'with recursive n (i) as (select 0 union all select i + 1 from n where i < ? - 1) select id, number, court from n join cases on cases.id = 1 + (i * ?) % ?')
        .all(entries, step, template.size.cases)
      let peak = { early: 0, all: 0 }
      const ours = async (round: string): Promise<number> => {
        peak = { early: 0, all: 0 }
        let sent = 0
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent >= named.length) return controller.close()
            const lines = named.slice(sent, sent + linesPerChunk).map((one, at) => JSON.stringify(recordOf(sent + at, round, one)))
            sent += lines.length
            controller.enqueue(new TextEncoder().encode(`${lines.join('\n')}\n`))
            const { rss } = process.memoryUsage()
            peak = { early: sent <= named.length / 5 ? Math.max(peak.early, rss) : peak.early, all: Math.max(peak.all, rss) }
          },
        })
        return timed(async () => {
          const answer = await takeFeed({ workplace, site }, body, { isGzip: false, isQuiet: false })
          if (answer.kind !== 'report' || answer.report.accepted !== named.length) throw new Error('The feed did not take all.')
        })
      }
      const bare = bareInsert(raw)
      const ourMs: number[] = []
      const bareMs: number[] = []
      const growth: number[] = []
      for (let round = 0; round <= rounds; round++) {
        for (const way of round % 2 === 0 ? ['ours', 'bare'] as const : ['bare', 'ours'] as const) {
          raw.pragma('wal_checkpoint(TRUNCATE)')
          const ms = way === 'ours' ? await ours(`ours-${round}`) : await timed(() => bare(named, `bare-${round}`))
          if (round === 0) continue
          if (way === 'ours') growth.push((peak.all - peak.early) / 2 ** 20)
          ;(way === 'ours' ? ourMs : bareMs).push(ms)
        }
        if (round > 0) say(`  round ${round} of ${rounds}: ours ${ourMs.at(-1)?.toFixed(0)} ms, bare ${bareMs.at(-1)?.toFixed(0)} ms`)
      }
      const against = ratios(ourMs, bareMs)
      return [
        {
          goal: 'P9',
          what: `${grouped(entries)} entries through the feed, ${grouped(entries / median(ourMs) * 1000)} a second, among ${grouped(template.size.cases)} cases`,
          limit: '≤ 2 ×',
          figure: `${median(against).toFixed(2)} ×`,
          reference: `the same rows by prepared statements, ${entriesPerTransaction} a transaction: ${median(bareMs).toFixed(0)} ms against ${median(ourMs).toFixed(0)} ms`,
          spread: spreadOf(against, 2, 'pairs'),
          isMet: median(against) <= 2,
        },
        {
          goal: 'P9',
          what: 'memory after a fifth of them against memory after all',
          limit: 'flat: ≤ 32 MB more',
          figure: `${median(growth).toFixed(0)} MB more`,
          reference: 'the most that the process held while the first fifth came in',
          spread: spreadOf(growth, 0, 'rounds'),
          isMet: median(growth) <= 32,
        },
      ]
    } finally {
      raw.close()
      await workplace.close()
    }
  })
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
