import { getRuntime } from '../../../server/runtime-handle.ts'
import { answerSafely } from '../../api/answer-safely.ts'
import { getCaller } from '../../_trpc/caller.ts'
import { casesCsv } from '../_list/cases-csv.ts'

/** All that an account tracks as a file, or those of it that the address names (G2). Whoever is not logged in is sent to log in. */
export const GET = (request: Request): Promise<Response> => answerSafely(async () => {
  const { site, refusalOf } = getRuntime()
  try {
    const all = await (await getCaller()).myCases.listAll()
    const chosen = new Set(new URL(request.url).searchParams.getAll('case').map(Number))
    const cases = chosen.size === 0 ? all : all.filter(({ subscription }) => chosen.has(subscription))
    return new Response(casesCsv(cases, site.origin), {
      headers: {
        'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="my-cases.csv"', 'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    if (refusalOf(error)?.code !== 'loginNeeded') throw error
    return new Response(null, { status: 303, headers: { location: '/login?next=%2Fmy-cases', 'cache-control': 'no-store' } })
  }
})
