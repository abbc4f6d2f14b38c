import { myCasesAddress, type MyCasesCounts, type MyCasesFilter, type MyCasesQuery } from '../../../server/contract/my-cases-view.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'

const labels: readonly (readonly [MyCasesFilter, string])[] = [
  ['all', 'All'], ['changed', 'Changed'], ['hearing', 'Hearing soon'], ['paused', 'Paused'], ['closed', 'Closed'], ['stopped', 'Stopped'],
]
const chip = 'inline-flex min-h-11 items-center gap-1.5 rounded-full border border-rule-strong bg-sheet px-4 text-nav text-ink no-underline hover:text-ink hover:underline '
  + 'aria-[current]:border-primary aria-[current]:bg-primary aria-[current]:font-semibold aria-[current]:text-on-primary'

/** The search of My Cases and its filters with their counts; each has an address. */
export function CaseFilters({ asked, counts }: { asked: MyCasesQuery; counts: MyCasesCounts }) {
  return (
    <div className="case-filters mb-4 space-y-3 print:hidden">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <form method="get" action="/my-cases" role="search" aria-label="Search my cases" className="flex min-w-0 grow basis-72 items-end gap-2 sm:max-w-md">
          <div className="min-w-0 grow">
            <label htmlFor="q" className="block font-semibold">Number, name or note</label>
            <input id="q" name="q" type="search" defaultValue={asked.q} maxLength={200} autoComplete="off" className="block min-h-12 w-full rounded-xs border border-b-2 border-rule-strong bg-sheet px-3 py-2 text-body text-ink" />
          </div>
          {asked.filter === 'all' ? null : <input type="hidden" name="filter" value={asked.filter} />}
          {asked.sort === 'activity' ? null : <input type="hidden" name="sort" value={asked.sort} />}
          {asked.since === null ? null : <input type="hidden" name="since" value={asked.since} />}
          <Button kind="secondary">Search</Button>
        </form>
        <div className="flex flex-wrap gap-3 lg:ml-auto">
          <ButtonLink kind="secondary" href={myCasesAddress({ ...asked, page: 1 }).replace('/my-cases', '/my-cases/export.csv')}>Download CSV</ButtonLink>
          <ButtonLink kind="secondary" href="/my-cases/feeds">Calendar feed</ButtonLink>
        </div>
      </div>
      <nav aria-label="Which of my cases">
        <ul className="flex flex-wrap gap-2">
          {labels.filter(([filter]) => filter === 'all' || filter === asked.filter || counts[filter] > 0).map(([filter, label]) => (
            <li key={filter}>
              <a className={chip} href={myCasesAddress({ ...asked, filter, page: 1 })} aria-current={filter === asked.filter ? 'true' : undefined}>
                {label} <span className="tabular-nums">{counts[filter].toLocaleString('en-US')}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}
