import { formMetadata, readFormPage } from '../../_forms/read-form-page.ts'
import { answerPage } from '../../_pages/answer-page.tsx'
import { getCaller } from '../../_trpc/caller.ts'
import { requireAccount } from '../../_trpc/require-account.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { ErrorSummary } from '../../_ui/error-summary.tsx'
import { TextField } from '../../_ui/field.tsx'
import { PageMain } from '../../_ui/page-main.tsx'
import { PageTitle } from '../../_ui/page-title.tsx'
import { Pill } from '../../_ui/pill.tsx'
import { ResultMessage } from '../../_ui/result-message.tsx'
import { queryValue, type Query } from '../../_ui/with-query.ts'
import { longestSearchName, searchWords, type SavedSearchView } from '../../../server/contract/searches-view.ts'

export const generateMetadata = formMetadata('Saved searches')

/** G7: what an account searches again, and what it watches. */
export default answerPage(async function SearchesPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireAccount('/my-cases/searches')
  const [form, query, searches] = await Promise.all([readFormPage(searchParams), searchParams, (await getCaller()).myCases.searches.list()])
  const renamed = queryValue(query, 'rename')
  return (
    <PageMain>
      {form.errors.length === 0 ? null : <ErrorSummary errors={form.errors} />}
      <PageTitle lead="A search that you watch tells you in the evening of new cases that match. It tracks none of them: that is for you to choose.">Saved searches</PageTitle>
      {form.message === null ? null : <ResultMessage heading="Done"><p>{form.message}</p></ResultMessage>}
      {searches.length === 0 ? (
        <>
          <p className="mb-5">You have saved no search. Search for a name, then press “Save this search” on the page of results.</p>
          <ButtonLink href="/">Find a case</ButtonLink>
        </>
      ) : (
        <ul id="form" className="border-b border-rule">
          {searches.map((search) => (
            <Saved key={search.id} search={search} typed={renamed === String(search.id) ? form.typed['name'] : undefined} error={renamed === String(search.id) ? form.fields['name'] : undefined} />
          ))}
        </ul>
      )}
      <p className="mt-6 max-w-measure text-ink2">
        Watches tell of cases of every court here, whether or not it takes part in tracking. Many people share a name: look at a case before you act on it.
      </p>
      <p className="mt-3"><a className="inline-flex min-h-11 items-center" href="/my-cases">My Cases</a></p>
    </PageMain>
  )
})

function Saved({ search: { id, name, search, address, isWatched }, typed, error }: { search: SavedSearchView; typed: string | undefined; error: string | undefined }) {
  return (
    <li className="border-t border-rule py-4">
      <h2 className="font-serif text-lead font-semibold wrap-anywhere"><a className="inline-block py-1" href={address}>{name}</a></h2>
      <p className="flex flex-wrap items-baseline gap-x-4 text-nav text-ink2 wrap-anywhere">
        {isWatched ? <Pill tone="green">Watched</Pill> : <Pill tone="plain">Not watched</Pill>}
        <span>{searchWords(search)}</span>
      </p>
      <form method="post" action="/api/forms/searches" className="mt-2 flex flex-wrap gap-3">
        <input type="hidden" name="id" value={id} />
        {isWatched
          ? <Button kind="secondary" name="action" value="stopWatching">Stop watching<Of name={name} /></Button>
          : <Button name="action" value="watch">Watch<Of name={name} /></Button>}
        <Button kind="secondary" name="action" value="delete">Delete<Of name={name} /></Button>
      </form>
      <details className="mt-2" open={error !== undefined}>
        <summary className="min-h-11 cursor-pointer py-2">Rename<Of name={name} /></summary>
        <form method="post" action="/api/forms/searches" className="mt-1 max-w-md space-y-3">
          <input type="hidden" name="id" value={id} />
          <TextField
            id={error === undefined ? `name-${id}` : 'name'} name="name" label="Name of the search" maxLength={longestSearchName} autoComplete="off"
            defaultValue={typed ?? name} error={error}
          />
          <Button kind="secondary" name="action" value="rename">Save the name</Button>
        </form>
      </details>
    </li>
  )
}

const Of = ({ name }: { name: string }) => <span className="sr-only"> “{name}”</span>
