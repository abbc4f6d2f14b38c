import { mostChosenCases, myCasesQuery } from '../../server/contract/my-cases-view.ts'
import { getRuntime } from '../../server/runtime-handle.ts'
import { answerSafely } from '../api/answer-safely.ts'
import { getCaller } from './caller.ts'
import { casesCsv } from './cases-csv.ts'

/**
 * Cases of an account as a file (G2): those that the address names, or what its query finds as on the page. Whoever is not logged in is
 * sent to log in.
 */
export const answerCasesFile = ({ searchParams }: URL): Promise<Response> => answerSafely(async () => {
  const { site, refusalOf } = getRuntime()
  const ids = searchParams.getAll('case').slice(0, mostChosenCases).map(Number)
  try {
    const cases = await (await getCaller()).myCases.listAll({ ids, query: myCasesQuery.parse(Object.fromEntries(searchParams)) })
    return new Response(casesCsv(cases, site.origin), {
      headers: {
        'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="my-cases.csv"', 'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const code = refusalOf(error)?.code
    if (code === 'loginNeeded') return new Response(null, { status: 303, headers: { location: '/login?next=%2Fmy-cases', 'cache-control': 'no-store' } })
    if (code === 'notFound' || code === 'inputInvalid') return new Response('Page not found', { status: 404, headers: { 'x-robots-tag': 'noindex' } })
    throw error
  }
})
