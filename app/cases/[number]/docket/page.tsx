import { answerMetadata, answerPage } from '../../../_pages/answer-page.tsx'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { Button } from '../../../_ui/button.tsx'
import { readFrame } from '../../../_ui/frame.ts'
import { TextField } from '../../../_ui/field.tsx'
import { Ledger } from '../../../_ui/ledger.tsx'
import { SectionTitle } from '../../../_ui/page-title.tsx'
import { Paging } from '../../../_ui/paging.tsx'
import { queryPage, queryValue, withQuery } from '../../../_ui/with-query.ts'
import { caseAddress, docketFeedAddress } from '../../../../server/contract/case-address.ts'
import type { DocketPage } from '../../../../server/contract/views.ts'
import { CaseFrame } from '../_case/case-frame.tsx'
import { CourtChoice } from '../_case/court-choice.tsx'
import { DocketLine } from '../_case/docket-line.tsx'
import { caseMetadata, type CasePageProps, readCase } from '../_case/read-case.ts'

/** What the procedure takes; the field takes no more either. */
const longestFilter = 200

export const generateMetadata = answerMetadata((props: CasePageProps) => caseMetadata(props, 'docket entries'))

export default answerPage(async function DocketEntriesPage(props: CasePageProps) {
  const answer = await readCase(props, 'docket')
  if (answer.kind === 'choice') return <CourtChoice number={answer.number} cases={answer.cases} tab="docket" />
  const { number, court, needsCourt } = answer.case
  const query = await props.searchParams
  const filter = queryValue(query, 'filter').slice(0, longestFilter)
  const order = queryValue(query, 'order') === 'oldest' ? 'oldest' : 'newest'
  const [{ now }, docket] = await Promise.all([
    readFrame(),
    orNotFound((await getCaller()).cases.docket({ number, court: court.code, order, filter, page: queryPage(query) })),
  ])
  const feed = docketFeedAddress(number, court.code, needsCourt)
  const plain = caseAddress(number, court.code, needsCourt, 'docket')
  const address = withQuery(plain, { filter, order: order === 'oldest' ? 'oldest' : '' })
  const otherOrder = withQuery(plain, { filter, order: order === 'oldest' ? '' : 'oldest' })
  return (
    <CaseFrame shown={answer.case} open="docket">
      <link rel="alternate" type="application/atom+xml" title={`Docket entries of case ${number}`} href={feed} />
      <SectionTitle>Docket entries</SectionTitle>
      <form method="get" action={caseAddress(number, court.code, false, 'docket')} className="mb-4 flex max-w-xl flex-wrap items-end gap-3 print:hidden">
        {needsCourt ? <input type="hidden" name="court" value={court.code} /> : null}
        {order === 'oldest' ? <input type="hidden" name="order" value="oldest" /> : null}
        <div className="grow"><TextField id="filter" name="filter" label="Filter entries" defaultValue={filter} maxLength={longestFilter} autoComplete="off" /></div>
        <Button kind="secondary">Filter</Button>
      </form>
      <p className="flex flex-wrap items-center gap-x-5 text-ink2">
        <span>{countWords(docket, filter)} {order === 'newest' ? 'Newest first.' : 'Oldest first.'}</span>
        <a className="inline-flex min-h-11 items-center print:hidden" href={otherOrder}>{order === 'newest' ? 'Show oldest first' : 'Show newest first'}</a>
        {filter === '' ? null : (
          <a className="inline-flex min-h-11 items-center print:hidden" href={withQuery(address, { filter: '' })}>Show all entries</a>
        )}
      </p>
      {docket.entries.length === 0 ? null : (
        <div className="max-w-4xl">
          <Ledger>{docket.entries.map((entry) => <DocketLine key={entry.id} entry={entry} now={now} timeZone={court.timeZone} />)}</Ledger>
        </div>
      )}
      <Paging address={address} page={docket.page} pageCount={docket.pageCount} of="docket entries" />
      <p className="mt-6 text-nav print:hidden"><a className="inline-flex min-h-11 items-center" href={feed}>Feed of these entries, for feed readers (Atom)</a></p>
    </CaseFrame>
  )
})

function countWords({ total }: DocketPage, filter: string): string {
  const count = total === 1 ? '1 entry' : `${total === 0 ? 'No' : total.toLocaleString('en-US')} entries`
  return filter === '' ? `${count}.` : `${count} with “${filter}”.`
}
