import { getRuntime } from '../../../../server/runtime-handle.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerSafely } from '../../answer-safely.ts'

/** All that we hold of the account that is logged in to, as a file (G1); whoever is not logged in is sent to do so. */
export const GET = (): Promise<Response> => answerSafely(async () => {
  try {
    const data = await (await getCaller()).account.data()
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8', 'content-disposition': 'attachment; filename="my-data.json"',
        'cache-control': 'no-store', 'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const refusal = getRuntime().refusalOf(error)
    const headers = { location: '/login?next=%2Faccount', 'cache-control': 'no-store' }
    if (refusal?.code === 'loginNeeded') return new Response(null, { status: 303, headers })
    if (refusal?.code === 'serviceClosed') return Response.json({ error: refusal.message }, { status: 503 })
    throw error
  }
})
