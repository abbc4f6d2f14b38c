import { ownPath } from '../../../../server/contract/own-path.ts'
import { caseSearch, searchAddress } from '../../../../server/contract/case-search.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const page = '/my-cases/searches'

/** Saves a search, and does what the buttons beside a saved one say (G7). Open to who is logged in; the procedures decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const { searches } = (await getCaller()).myCases
  const name = fieldOf(form, 'name').slice(0, 500)
  const id = Number(fieldOf(form, 'id'))
  switch (fieldOf(form, 'action')) {
    case 'save': {
      const [, query = ''] = (ownPath(fieldOf(form, 'search').slice(0, 2_000)) ?? '').split('?', 2)
      const search = caseSearch.parse(Object.fromEntries(new URLSearchParams(query)))
      return answerTyped({ page: searchAddress(search), typed: { name }, next: page }, () => searches.save({ name, search }))
    }
    case 'rename': return answerTyped({ page: `${page}?rename=${id}`, typed: { name }, next: page }, () => searches.rename({ id, name }))
    case 'watch': return answerTyped({ page, typed: {} }, () => searches.watch({ id }))
    case 'stopWatching': return answerTyped({ page, typed: {} }, () => searches.stopWatching({ id }))
    case 'delete': return answerTyped({ page, typed: {} }, () => searches.delete({ id }))
    default: return new Response('This form does not say what to do.', { status: 400 })
  }
})
