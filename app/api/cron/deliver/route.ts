import { getRuntime } from '../../../../server/runtime-handle.ts'

/** Sends what is due, for hosts without a long-lived worker. For schedulers that bear `CRON_SECRET`. */
export async function POST(request: Request): Promise<Response> {
  const runtime = getRuntime()
  if (!runtime.bears(request.headers, 'cron')) return new Response(null, { status: 401 })
  return Response.json(await runtime.deliver(), { headers: { 'cache-control': 'no-store' } })
}
