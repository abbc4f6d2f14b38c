import { trackedAtOnce } from '../../server/contract/consent-wording.ts'
import { myCasesAddress, myCasesQuery } from '../../server/contract/my-cases-view.ts'
import { formMetadata, readFormPage } from '../_forms/read-form-page.ts'
import { answerPage } from '../_pages/answer-page.tsx'
import { getCaller } from '../_trpc/caller.ts'
import { requireAccount } from '../_trpc/require-account.ts'
import { Button } from '../_ui/button.tsx'
import { DeliveryTrouble } from '../_ui/delivery-trouble.tsx'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { TextField } from '../_ui/field.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle, SectionTitle } from '../_ui/page-title.tsx'
import { Paging } from '../_ui/paging.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import { SearchForm } from '../_ui/search-form.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import type { Query } from '../_ui/with-query.ts'
import { CaseFilters } from './_list/case-filters.tsx'
import { CasesTable } from './_list/cases-table.tsx'
import { ChosenCount } from './_list/chosen-count.tsx'
import { countsLine } from './_list/counts-line.ts'
import { MarkSeen } from './_list/mark-seen.tsx'

export const generateMetadata = formMetadata('My Cases')

/** G2: every case that an account tracks. */
export default answerPage(async function MyCasesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const visitor = await requireAccount('/my-cases')
  const query = myCasesQuery.parse(await searchParams)
  const [form, page] = await Promise.all([readFormPage(searchParams), (await getCaller()).myCases.list(query)])
  const { counts } = page
  // What is new stays marked while its reader goes about here, though it counts as seen from now on.
  const asked = { ...query, page: page.page, since: counts.changed > 0 ? page.since : null }
  const back = myCasesAddress({ ...asked, since: null })
  const isEmpty = counts.all + counts.stopped === 0
  return (
    <PageMain>
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead={isEmpty ? 'You track no case yet: find one and press “Track This Case”.' : countsLine(counts)}>My Cases</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      {visitor.isMailable ? null : <DeliveryTrouble emailAddress={visitor.emailAddress} next="/my-cases" />}
      {isEmpty ? <Sheet className="mb-7"><SearchForm frame={await readFrame()} /></Sheet> : (
        <>
          <CaseFilters asked={asked} counts={counts} />
          {page.total === 0 ? <p className="mb-5">No case of yours is like that. <a href="/my-cases">Show all</a></p> : (
            <form id="form" method="post" action="/api/forms/my-cases" aria-label="Cases that are chosen">
              <input type="hidden" name="back" value={myCasesAddress(asked)} />
              <div className="chosen-bar top-0 z-10 [@media(min-height:40rem)]:sticky mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-rule bg-ground py-2 max-sm:gap-x-2 max-sm:[&>button]:px-2.5 max-sm:[&>button]:text-nav print:hidden">
                <ChosenCount />
                <Button kind="secondary" name="action" value="pause">Pause</Button>
                <Button kind="secondary" name="action" value="resume">Resume</Button>
                <Button kind="secondary" name="action" value="askOptions">Change reminders</Button>
                <Button kind="secondary" name="action" value="askStop">Stop</Button>
                <Button kind="secondary" name="action" value="export">Export</Button>
              </div>
              <CasesTable page={page} asked={asked} />
            </form>
          )}
          <Paging address={myCasesAddress({ ...asked, page: 1 })} page={page.page} pageCount={page.pageCount} of="my cases" />
          {counts.changed === 0 ? null : (
            <form method="post" action="/api/forms/my-cases" className="mt-4 print:hidden">
              <input type="hidden" name="back" value={back} />
              <input type="hidden" name="through" value={page.seenThrough} />
              <Button kind="secondary" name="action" value="seen">Mark all as seen</Button>
              <MarkSeen through={page.seenThrough} />
            </form>
          )}
        </>
      )}
      <div className="mt-8 grid gap-7 lg:grid-cols-2 print:hidden">
        <Sheet isPanel>
          <SectionTitle>Add a case by number</SectionTitle>
          <form method="post" action="/api/forms/my-cases" className="space-y-4">
            <input type="hidden" name="back" value={back} />
            <TextField
              id="number" name="number" label="Case number" hint="Where several courts have the number, name the court after a comma." maxLength={200}
              autoComplete="off" spellCheck={false} defaultValue={form.typed['number'] ?? ''} error={form.fields['number']}
            />
            <p className="text-nav text-ink3">{trackedAtOnce}</p>
            <Button name="action" value="track">Track this number</Button>
          </form>
        </Sheet>
        <nav aria-label="More of my cases">
          <SectionTitle>More</SectionTitle>
          <ul>
            {links.map(([href, label]) => <li key={href}><a className="inline-flex min-h-11 items-center" href={href}>{label}</a></li>)}
          </ul>
        </nav>
      </div>
    </PageMain>
  )
})

const links = [
  ['/my-cases/several', 'Track several cases at once'],
  ['/my-cases/searches', 'Saved searches and watches'],
  ['/my-cases/sent', 'What did you send me'],
  ['/my-cases/feeds', 'Private calendar and feed'],
  ['/account', 'My Account'],
] as const
