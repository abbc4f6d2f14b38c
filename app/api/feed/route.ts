import { answerSafely } from '../answer-safely.ts'
import { getRuntime } from '../../../server/runtime-handle.ts'

/** Records from a court's case system (docs/feed.md). For those that bear `FEED_SECRET`. */
export const POST = (request: Request): Promise<Response> => answerSafely(async () => {
  const runtime = getRuntime()
  if (!runtime.bears(request.headers, 'feed')) return new Response(null, { status: 401 })
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-ndjson') return Response.json({ error: 'Send records as application/x-ndjson.' }, { status: 415 })
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') return Response.json({ error: 'Send the body as it is or with gzip.' }, { status: 415 })
  const isQuiet = new URL(request.url).searchParams.get('notices') === 'none'
  const answer = await runtime.takeFeed(request.body, { isGzip: encoding === 'gzip', isQuiet })
  return answer.kind === 'report'
    ? Response.json(answer.report)
    : Response.json({ error: answer.reason }, { status: answer.kind === 'tooLarge' ? 413 : 400 })
})
