import type { ReactNode } from 'react'
import { briefText } from '../../../server/contract/brief-text.ts'
import { dayOf, formatTime } from '../../../server/contract/court-time.ts'
import { myCasesAddress, type MyCasesPage, type MyCasesQuery, type MyCasesSort, type MyCaseView } from '../../../server/contract/my-cases-view.ts'
import { inDays, middleDay, shortDay } from '../../_ui/day-words.ts'
import { Pill } from '../../_ui/pill.tsx'
import { alertWords } from './alert-words.ts'
import { ChooseAll } from './choose-all.tsx'

const columns: readonly { readonly label: string; readonly sorts: readonly (readonly [MyCasesSort, string])[] }[] = [
  { label: 'Case', sorts: [['number', 'Number'], ['type', 'Type']] },
  { label: 'Court', sorts: [['court', 'Court']] },
  { label: 'Last activity', sorts: [['activity', 'Last activity']] },
  { label: 'Next hearing', sorts: [['next', 'Next hearing']] },
]

/** The cases of one page; under 700 px each row is a ruled block whose cells carry their column's label. */
export function CasesTable({ page, asked }: { page: MyCasesPage; asked: MyCasesQuery }) {
  return (
    <table role="table" className="w-full border border-rule bg-sheet text-nav tabular-nums max-md:block">
      <caption className="sr-only">My cases</caption>
      <thead role="rowgroup" className="max-md:block">
        <tr role="row" className="max-md:flex max-md:flex-wrap max-md:gap-x-4 max-md:border-b-2 max-md:border-ink max-md:px-3.5">
          <th scope="col" role="columnheader" className={heading}><ChooseAll /></th>
          {columns.map(({ label, sorts }) => (
            <th key={label} scope="col" role="columnheader" aria-sort={sorts.some(([sort]) => sort === asked.sort) ? orderOf(asked.sort) : undefined} className={heading}>
              <span className="flex flex-wrap gap-x-3">
                {label === 'Case' ? <span className="inline-flex min-h-11 items-center max-md:sr-only">Case</span> : null}
                {sorts.map(([sort, words]) => <SortLink key={sort} sort={sort} asked={asked}>{words}</SortLink>)}
              </span>
            </th>
          ))}
          <th scope="col" role="columnheader" className={`${heading} max-md:sr-only`}>Alerts</th>
          <th scope="col" role="columnheader" className={`${heading} max-md:sr-only`}><span className="sr-only">Options</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup" className="case-rows">
        {page.cases.map((one) => <Row key={one.subscription} one={one} now={page.now} />)}
      </tbody>
    </table>
  )
}

const heading = 'md:border-b-2 md:border-ink md:px-3 text-left text-fine font-semibold text-ink2'
const orderOf = (sort: MyCasesSort) => (sort === 'activity' ? 'descending' as const : 'ascending' as const)

function SortLink({ sort, asked, children }: { sort: MyCasesSort; asked: MyCasesQuery; children: ReactNode }) {
  const isChosen = sort === asked.sort
  return (
    <a
      href={myCasesAddress({ ...asked, sort, page: 1 })} aria-current={isChosen ? 'true' : undefined}
      className="inline-flex min-h-11 items-center text-ink2 aria-[current]:text-ink aria-[current]:no-underline"
    >
      <span className="sr-only">Sort by </span>{children}{isChosen ? <span aria-hidden="true" className="ml-1">{sort === 'activity' ? '▾' : '▴'}</span> : null}
    </a>
  )
}

function Row({ one, now }: { one: MyCaseView; now: Date }) {
  const { subscription, number, caption, caseTypeName, court, address, note, status, nextEvent, lastActivityAt, lastEntry, isNew, untold } = one
  const { timeZone } = court
  const today = dayOf(now, timeZone)
  const heard = nextEvent && dayOf(nextEvent.startsAt, timeZone)
  const active = lastActivityAt && dayOf(lastActivityAt, timeZone)
  return (
    <tr role="row" className="case-row">
      <td role="cell" className="case-choice">
        <label>
          <span className="sr-only">{`Choose ${number}`}</span>
          <input type="checkbox" name="case" value={subscription} />
        </label>
      </td>
      <th scope="row" role="rowheader" className="case-name">
        <a href={address}>{caption}</a>
        <div className="text-ink3 wrap-anywhere">{note === '' ? number : `${number} · “${note}”`}</div>
        <div className="text-fine text-ink3">{caseTypeName}{status === 'closed' ? <> <Pill tone="plain">Closed</Pill> <a className="inline-flex min-h-6 items-center" href={`/my-cases/${subscription}#stop`}>Stop tracking it<span className="sr-only"> {number}</span></a></> : null}</div>
        {untold === null ? null : <div className="text-fine text-amber">{untold} Nothing comes for it any more.</div>}
      </th>
      <Cell label="Court">{court.shortName}</Cell>
      <Cell label="Last activity">
        {active === null ? <span className="text-ink3">None yet</span> : isNew ? (
          <><span className="bg-highlighter px-1 font-semibold text-on-highlighter">{dayWords(today, active)}</span> <strong>New</strong></>
        ) : dayWords(today, active)}
        {active === null && isNew ? <strong> New</strong> : null}
        {lastEntry === null ? null : <div className="text-fine text-ink3">{briefText(lastEntry, longestEntry)}</div>}
      </Cell>
      <Cell label="Next hearing">
        {nextEvent === null || heard === null ? <span className="text-ink3">None set</span> : (
          <>
            <div>{`${dayWords(today, heard)}, ${formatTime(nextEvent.startsAt, timeZone)}`}</div>
            <div className="text-fine text-ink3">{inDays(today, heard)}</div>
          </>
        )}
      </Cell>
      <Cell label="Alerts"><Alerts one={one} today={today} /></Cell>
      <td role="cell" className="case-options">
        <a href={`/my-cases/${subscription}`}>Options<span className="sr-only">{` for ${number}`}</span></a>
      </td>
    </tr>
  )
}

const longestEntry = 80
const dayWords = (today: string, day: string): string => (day.slice(0, 4) === today.slice(0, 4) ? shortDay(day) : middleDay(day))

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td role="cell" data-label={label} className="case-cell"><div>{children}</div></td>
  )
}

function Alerts({ one, today }: { one: MyCaseView; today: string }) {
  const { channels, details } = alertWords(one)
  const { state } = one
  return (
    <>
      {state.kind === 'paused' ? <div><Pill tone="amber">{state.until === null ? 'Paused' : `Paused until ${dayWords(today, state.until)}`}</Pill></div> : null}
      {state.kind === 'paused' && state.because === 'delivery' && state.until !== null ? <div className="text-fine">Mail to your address came back: the mailbox may be full. We try again then.</div> : null}
      {state.kind === 'paused' && state.because === 'delivery' && state.until === null ? <div className="text-fine">Mail to your address came back. <a href="/account">Mend it in My Account</a>, then resume.</div> : null}
      {state.kind === 'stopped' ? <Pill tone="plain">Stopped</Pill> : null}
      {state.kind === 'pending' ? <Pill tone="amber">Waiting to be confirmed by e-mail</Pill> : null}
      <div>{channels}</div>
      {details === '' ? null : <div className="text-fine text-ink3">{details}</div>}
    </>
  )
}
