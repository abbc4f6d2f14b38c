import { answerSafely } from '../../answer-safely.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'

/** Sends what is due, for hosts without a long-lived worker. For schedulers that bear `CRON_SECRET`. */
export const POST = (request: Request): Promise<Response> => answerSafely(async () => {
  const runtime = getRuntime()
  if (!runtime.bears(request.headers, 'cron')) return new Response(null, { status: 401 })
  return Response.json(await runtime.deliver(), { headers: { 'cache-control': 'no-store' } })
})
