import { DataTable } from '../../_ui/data-table.tsx'
import { middleDay, whenWords } from '../../_ui/day-words.ts'
import { agoWords } from '../../../server/contract/ago-words.ts'
import { boundedWords, type FeedView } from '../../../server/contract/operator-view.ts'
import { Facts } from './facts.tsx'

/** How far behind the feed and the evening are; imports of history. */
export function FeedFacts({ feed: { lastTakenAt, untaken, lastEvening, dueEvening, historyImports }, now, timeZone }: { feed: FeedView; now: Date; timeZone: string }) {
  const when = (instant: Date): string => `${whenWords(instant, now, timeZone)} (${agoWords(instant, now)})`
  return (
    <div className="space-y-4.5">
      <Facts facts={[
        { name: 'Last new or changed record', fact: lastTakenAt === null ? 'None so far' : when(lastTakenAt) },
        { name: 'Changes that wait for the evening', fact: boundedWords(untaken) },
        { name: 'Last evening held', fact: lastEvening === null ? 'None so far' : `${middleDay(lastEvening.day)}; begun ${when(lastEvening.startedAt)}` },
        { name: 'Evening due', fact: dueEvening === null ? 'None' : (
          <strong className={dueEvening.isLate ? 'text-red' : ''}>
            {middleDay(dueEvening.day)}{dueEvening.isLate ? ' is overdue' : ''}, due {when(dueEvening.dueAt)}
          </strong>
        ) },
      ]} />
      {historyImports.length === 0 ? <p className="text-ink2">No history was imported.</p> : (
        <DataTable
          isDense
          caption="Imports of history, the newest first"
          columns={[{ label: 'History imported' }, { label: 'By' }, { label: 'Records', isNumber: true }, { label: 'Changes nobody is told of', isNumber: true }]}
          rows={historyImports.map(({ id, importedAt, way, accepted, changes }) => ({
            key: String(id), cells: [whenWords(importedAt, now, timeZone), way === 'feed' ? 'Feed' : 'Command', accepted.toLocaleString('en-US'), changes.toLocaleString('en-US')],
          }))}
        />
      )}
    </div>
  )
}
