import type Sqlite from 'better-sqlite3'
import { takeFeed } from '../server/take-feed.ts'
import type { Workplace } from '../server/work.ts'
import { site } from './our-evening.ts'
import { eveningAt } from './put-evening.ts'

const linesPerChunk = 500

export interface NamedCase {
  readonly id: number
  readonly number: string
  readonly court: string
}

/** Names the cases of the entries from this one to before that one. */
export type NameCases = (from: number, to: number) => readonly NamedCase[]

/** A case for each entry, all over the table, as those of a day are. */
export function namedIn(db: Sqlite.Database, { entries, cases }: { entries: number; cases: number }): NameCases {
  const step = Math.max(1, Math.floor(cases / entries)) * 7 + 1
  const read = db.prepare<[number, number, number, number], NamedCase>(
    'with recursive n (i) as (select ? union all select i + 1 from n where i < ? - 1) select id, number, court from n join cases on cases.id = 1 + (i * ?) % ?')
  return (from, to) => read.all(from, to, step, cases)
}

/** What a court's system sends of one entry; `round` makes it another's. */
export const recordOf = (nth: number, round: string, { number, court }: NamedCase) => ({
  type: 'docketEntry', case: number, court, id: `${round}-${nth}`, filedAt: new Date(eveningAt - 3_600_000 - nth % 10_000_000).toISOString(), code: 'MOTG',
  description: 'Motion Filed', text: 'Motion to continue, filed by the plaintiff. Hearing asked for.',
})

/** A day of so many entries through the feed, from a body that is made while it is read. */
export async function takeDay(workplace: Workplace, { entries, nameCases, round }: { entries: number; nameCases: NameCases; round: string }): Promise<void> {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= entries) return controller.close()
      const lines = nameCases(sent, Math.min(sent + linesPerChunk, entries)).map((one, at) => JSON.stringify(recordOf(sent + at, round, one)))
      sent += lines.length
      controller.enqueue(new TextEncoder().encode(`${lines.join('\n')}\n`))
    },
  })
  const answer = await takeFeed({ workplace, site }, body, { isGzip: false, isQuiet: false })
  if (answer.kind !== 'report' || answer.report.accepted !== entries) throw new Error('The feed did not take all.')
}
