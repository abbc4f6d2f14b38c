import Sqlite from 'better-sqlite3'
import type { Workplace } from '../server/work.ts'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, processorMsSince, spreadOf, type Figure } from './figures.ts'
import { checkExactly } from './measure-evenings.ts'
import { deliverOurs, openWorkplace, planOurEvening } from './our-evening.ts'
import type { Provider } from './start-provider.ts'

const mostBytes = 150

/** What a mail costs at the beginning and at the end of an evening, and what stays of it in the ledger when it was sent. */
export async function measureLedger(
  { template, provider, rounds, say }: { template: Template; provider: Provider; rounds: number; say: (line: string) => void },
): Promise<Figure[]> {
  const mails = template.owed.length
  const times: number[] = []
  const processorTimes: number[] = []
  let stays: Stays | undefined
  for (let round = 0; round <= rounds; round++) {
    await withCopy(template, async (file) => {
      provider.forget(false)
      const before = staysOf(file)
      const workplace = openWorkplace(`file:${file}`)
      await planOurEvening(workplace)
      const { marked, marks } = markEnds(workplace)
      await deliverOurs(marked, provider.url)
      await workplace.close()
      checkExactly(template.owed, await provider.received())
      const after = staysOf(file)
      stays = { ...after, ledger: after.ledger - before.ledger, contents: after.contents - before.contents }
      if (round === 0) return
      times.push(lastAgainstFirst(marks.map(({ ms }) => ms)))
      processorTimes.push(lastAgainstFirst(marks.map(({ processorMs }) => processorMs)))
      say(`  evening ${round} of ${rounds}: the last tenth took ${times.at(-1)?.toFixed(2)} × the first, ${processorTimes.at(-1)?.toFixed(2)} × its processor time`)
    })
  }
  if (!stays) throw new Error('No evening was held.')
  const bytes = stays.ledger / mails
  return [
    {
      goal: 'P6',
      what: `what stays of a mail in the ledger after sending, ${grouped(mails)} mails`,
      limit: `≤ ${mostBytes} bytes`,
      figure: `${bytes.toFixed(0)} bytes`,
      reference: 'pages of the outbox and its batches, indexes and free room in pages included, by `dbstat`',
      spread: `${(stays.free / mails).toFixed(0)} of them free room; ${stays.largest.map(({ name, bytes: some }) => `${name} ${(some / mails).toFixed(0)}`).join(', ')}`,
      isMet: bytes <= mostBytes,
    },
    {
      goal: '–',
      what: 'what is said, frozen once a case and option set and dropped after its time',
      limit: '–',
      figure: `${(stays.contents / mails).toFixed(0)} bytes a mail`,
      reference: 'pages of the contents, indexes included',
      spread: 'of the last evening',
      isMet: null,
    },
    {
      goal: 'P11',
      what: 'the last tenth of the mails of an evening against the first',
      limit: '0.9 to 1.1 ×',
      figure: `${median(times).toFixed(2)} ×`,
      reference: 'itself: the clock over the transactions of each',
      spread: `${spreadOf(times, 2, 'evenings')}; in processor time ${median(processorTimes).toFixed(2)} ×`,
      isMet: Math.abs(median(times) - 1) <= 0.1,
    },
  ]
}

interface Mark {
  readonly ms: number
  readonly processorMs: number
}

/** A workplace that notes when each of its transactions has ended: nearly every one settles a batch and leases the next. */
function markEnds(workplace: Workplace): { marked: Workplace; marks: Mark[] } {
  const marks: Mark[] = []
  const processor = process.cpuUsage()
  return {
    marks,
    marked: {
      ...workplace,
      inOneTransaction: async (todo) => {
        const result = await workplace.inOneTransaction(todo)
        marks.push({ ms: performance.now(), processorMs: processorMsSince(processor) })
        return result
      },
    },
  }
}

/** Both ends are left out a little: there the first requests leave before any comes back, and the last come back when none leaves. */
function lastAgainstFirst(ends: readonly number[]): number {
  const at = (share: number): number => ends[Math.round(share * (ends.length - 1))] ?? Number.NaN
  return (at(0.98) - at(0.88)) / (at(0.12) - at(0.02))
}

interface Stays {
  readonly ledger: number
  readonly contents: number
  /** Of the ledger: room in its pages that nothing has filled yet. */
  readonly free: number
  readonly largest: readonly { readonly name: string; readonly bytes: number }[]
}

function staysOf(file: string): Stays {
  const db = new Sqlite(file, { readonly: true })
  try {
    const rows = db.prepare<[], { name: string; of: string; bytes: number; free: number }>(
      'select s.name as name, m.tbl_name as of, sum(s.pgsize) as bytes, sum(s.unused) as free from dbstat s join sqlite_schema m on m.name = s.name '
      + `where m.tbl_name in ('outbox_messages', 'outbox_batches', 'message_contents') group by 1, 2 order by 3 desc`).all()
    const sum = (some: typeof rows): number => some.reduce((all, { bytes }) => all + bytes, 0)
    const ledger = rows.filter(({ of }) => of !== 'message_contents')
    return { ledger: sum(ledger), free: ledger.reduce((all, { free }) => all + free, 0), contents: sum(rows) - sum(ledger), largest: ledger.slice(0, 5).map(({ name, bytes }) => ({ name, bytes })) }
  } finally {
    db.close()
  }
}
