import { getRuntime } from '../../server/runtime-handle.ts'
import { getCaller } from './caller.ts'
import { casesCsv } from './cases-csv.ts'

/**
 * All that an account tracks as a file, or those of it, stopped ones too, that the address names (G2). Whoever is not logged in is sent to log in.
 */
export async function answerCasesFile(address: URL): Promise<Response> {
  const { site, refusalOf, log } = getRuntime()
  try {
    const all = await (await getCaller()).myCases.listAll()
    const chosen = new Set(address.searchParams.getAll('case').map(Number))
    const cases = all.filter(({ subscription, state }) => (chosen.size === 0 ? state.kind !== 'stopped' : chosen.has(subscription)))
    return new Response(casesCsv(cases, site.origin), {
      headers: {
        'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="my-cases.csv"', 'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.code === 'loginNeeded') return new Response(null, { status: 303, headers: { location: '/login?next=%2Fmy-cases', 'cache-control': 'no-store' } })
    if (refusal) return Response.json({ error: refusal.message }, { status: 503, headers: { 'retry-after': '30' } })
    log.error('A file of cases could not be made.', error)
    return Response.json({ error: 'Sorry, there is a problem with the service. Try again later.' }, { status: 500 })
  }
}
