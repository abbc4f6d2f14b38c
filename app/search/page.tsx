import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { readFormPage } from '../_forms/read-form-page.ts'
import { answerPage } from '../_pages/answer-page.tsx'
import { readBasket } from '../_trpc/basket.ts'
import { getCaller } from '../_trpc/caller.ts'
import { readVisitor } from '../_trpc/visitor.ts'
import { ErrorSummary } from '../_ui/error-summary.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Paging } from '../_ui/paging.tsx'
import { ResultMessage } from '../_ui/result-message.tsx'
import { SearchForm } from '../_ui/search-form.tsx'
import { Sheet } from '../_ui/sheet.tsx'
import type { Query } from '../_ui/with-query.ts'
import { caseAddress } from '../../server/contract/case-address.ts'
import { caseSearch, type CaseSearch, searchAddress, type SearchSort } from '../../server/contract/case-search.ts'
import type { SearchResults } from '../../server/contract/views.ts'
import { oneNumberOnly } from '../../server/contract/wording.ts'
import { BasketForm } from './_results/basket-form.tsx'
import { FoundCase } from './_results/found-case.tsx'
import { SaveSearch } from './_results/save-search.tsx'

// Results can hold people's names; lists of them are not for search engines.
export const metadata: Metadata = { title: 'Search results', robots: { index: false, follow: false } }

export default answerPage(async function SearchPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const search = caseSearch.parse(query)
  const [frame, results, visitor, form] = await Promise.all([readFrame(), (await getCaller()).cases.search(query), readVisitor(), readFormPage(searchParams)])
  const { exact } = results
  if (exact !== null && search.q !== '' && search.page === 1) redirect(caseAddress(exact.number, exact.court, exact.needsCourt))
  const found = results.cases.map((one) => <FoundCase key={`${one.court.code} ${one.number}`} found={one} isChoosable={visitor !== null} />)
  return (
    <PageMain>
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      {form.message === null ? null : <ResultMessage heading="Your basket"><p>{form.message}</p></ResultMessage>}
      <PageTitle>Search results</PageTitle>
      <Sheet className="mb-7 print:hidden">
        <SearchForm frame={frame} search={search} />
      </Sheet>
      <p className="font-semibold">{countWords(results)}</p>
      {results.isNameSearch ? <p className="max-w-measure text-ink2">{oneNumberOnly}</p> : null}
      {results.cases.length === 0 ? <Advice helpDesk={frame.helpDesk} /> : (
        <>
          <SortLinks search={search} />
          {visitor === null ? <ol className="mt-2 border-b border-rule">{found}</ol> : (
            <BasketForm back={searchAddress(search)} inBasket={(await readBasket(visitor.emailAddress)).length}>{found}</BasketForm>
          )}
        </>
      )}
      {visitor === null ? null : <SaveSearch search={search} typed={form.typed['name']} error={form.fields['name']} />}
      <Paging address={searchAddress({ ...search, page: 1 })} page={results.page} pageCount={results.pageCount} of="search results" />
    </PageMain>
  )
})

/** How many there are, in words (A3). */
function countWords({ total, isTotalExact }: SearchResults): string {
  const count = total.toLocaleString('en-US')
  if (!isTotalExact && total === 0) return 'Too many cases to look through: add a first name, more of the number or dates to narrow it.'
  if (!isTotalExact) return `More than ${count} cases: add a first name, a court or dates to narrow it.`
  if (total === 0) return 'No cases found.'
  return total === 1 ? '1 case' : `${count} cases`
}

const sorts: readonly (readonly [SearchSort, string])[] = [
  ['filed-newest', 'Newest filed'], ['filed-oldest', 'Oldest filed'], ['number', 'Case number'], ['caption', 'Name of the case'],
]

function SortLinks({ search }: { search: CaseSearch }) {
  return (
    <nav aria-label="Order of the results" className="mt-3 print:hidden">
      <ul className="flex flex-wrap items-center gap-x-5 text-nav">
        <li aria-hidden="true" className="text-ink3">Sort by</li>
        {sorts.map(([sort, label]) => (
          <li key={sort}>
            <a
              href={searchAddress({ ...search, sort, page: 1 })}
              aria-current={sort === search.sort ? 'true' : undefined}
              className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Advice({ helpDesk }: { helpDesk: { name: string; phone: string } }) {
  return (
    <div className="mt-4 max-w-measure">
      <h2 className="font-serif text-section font-semibold">What to try</h2>
      <ul className="mt-2 list-disc space-y-1 pl-5 marker:text-red">
        <li>Check the spelling. A last name alone finds more.</li>
        <li>Type only the beginning of the case number.</li>
        <li>Take away the court, the type or the dates under “More ways to search”.</li>
        <li>A case filed today may not be here yet. A confidential case is never here.</li>
      </ul>
      <p className="mt-3">Still not found? Ask the {helpDesk.name} at {helpDesk.phone}.</p>
    </div>
  )
}
