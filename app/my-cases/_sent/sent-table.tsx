import { DataTable } from '../../_ui/data-table.tsx'
import { whenWords } from '../../_ui/day-words.ts'
import type { SentLine } from '../../../server/contract/sent-view.ts'
import { FatePill } from './fate-pill.tsx'

interface SentTableProps {
  readonly lines: readonly SentLine[]
  readonly now: Date
  readonly timeZone: string
  /** Whether it names the case of each. */
  readonly isOfMany: boolean
}

/** Messages, each with what became of it (G3). */
export function SentTable({ lines, now, timeZone, isOfMany }: SentTableProps) {
  const columns = [{ label: 'Sent' }, { label: 'Message' }, { label: 'By' }, ...(isOfMany ? [{ label: 'Case' }] : []), { label: 'What became of it' }]
  return (
    <DataTable
      caption="Messages"
      columns={columns}
      rows={lines.map((line) => ({
        key: String(line.id),
        cells: [
          <time key="at" dateTime={line.at.toISOString()} className="font-normal">{whenWords(line.at, now, timeZone)}</time>,
          line.words === null ? <span key="words" className="text-ink2">{line.what}. What it said is not shown any more.</span> : (
            <a key="words" className="inline-block py-2.5 md:py-0" href={`/my-cases/sent/${line.id}`}>{line.words === '' ? line.what : line.words}</a>
          ),
          line.channel === 'text' ? 'Text' : 'E-mail',
          ...(isOfMany ? [line.ofCase === null ? '–' : <a key="case" className="inline-block py-2.5 md:py-0" href={line.ofCase.address}>{line.ofCase.number}</a>] : []),
          <span key="fate"><FatePill fate={line.fate} /> <span className="block text-fine text-ink2">{line.fateSaid}</span></span>,
        ],
      }))}
    />
  )
}
