import { Button } from '../../_ui/button.tsx'
import { TextField } from '../../_ui/field.tsx'
import { searchAddress, type CaseSearch } from '../../../server/contract/case-search.ts'
import { longestSearchName, searchWords } from '../../../server/contract/searches-view.ts'

/** Below the results, for who is logged in: keeps the search under a name (G7). */
export function SaveSearch({ search, typed, error }: { search: CaseSearch; typed: string | undefined; error: string | undefined }) {
  return (
    <details className="mt-6 max-w-md print:hidden" open={error !== undefined}>
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">Save this search</summary>
      <form method="post" action="/api/forms/searches" className="mt-2 space-y-3">
        <input type="hidden" name="search" value={searchAddress({ ...search, page: 1 })} />
        <TextField
          id="name" name="name" label="Name of the search" maxLength={longestSearchName} autoComplete="off" defaultValue={typed ?? searchWords(search).slice(0, longestSearchName)}
          error={error} hint="Run it again from My Cases, or watch it: then we tell you in the evening of new cases that match."
        />
        <Button name="action" value="save">Save the search</Button>
      </form>
    </details>
  )
}
