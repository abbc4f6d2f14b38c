import { answerSafely } from '../answer-safely.ts'
import { getRuntime } from '../../../server/runtime-handle.ts'

/** Figures for Prometheus (docs/operations.md). For who bears `METRICS_SECRET`. */
export const GET = (request: Request): Promise<Response> => answerSafely(async () => {
  const runtime = getRuntime()
  if (!runtime.bears(request.headers, 'metrics')) return new Response(null, { status: 401 })
  return new Response(await runtime.writeMetrics(), { headers: { 'content-type': runtime.metrics.contentType, 'cache-control': 'no-store' } })
})
