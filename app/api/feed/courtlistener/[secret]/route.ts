import { answerSafely } from '../../../answer-safely.ts'
import { getRuntime } from '../../../../../server/runtime-handle.ts'

const longestKey = 200

/**
 * Docket alerts of CourtListener, which signs nothing and is known by the `FEED_SECRET` at the end of the address
 * (docs/feed.md). A delivery that comes again, by its Idempotency-Key, is answered as before and takes nothing.
 */
export const POST = (request: Request): Promise<Response> => answerSafely(async () => {
  const runtime = getRuntime()
  if (!runtime.isFeedSecret(lastPart(new URL(request.url).pathname))) return new Response(null, { status: 401 })
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return Response.json({ error: 'Send a webhook as application/json.' }, { status: 415 })
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') return Response.json({ error: 'Send the body as it is or with gzip.' }, { status: 415 })
  const key = request.headers.get('idempotency-key')?.trim() ?? ''
  if (key.length > longestKey) return Response.json({ error: `The Idempotency-Key is longer than ${longestKey} characters.` }, { status: 400 })
  const answer = await runtime.takeCourtListener(request.body, { isGzip: encoding === 'gzip', key: key === '' ? null : key })
  return answer.kind === 'report'
    ? Response.json(answer.report)
    : Response.json({ error: answer.reason }, { status: answer.kind === 'tooLarge' ? 413 : 400 })
})

// As it stands in the address, whatever was decoded on the way here.
function lastPart(path: string): string {
  try {
    return decodeURIComponent(path.slice(path.lastIndexOf('/') + 1))
  } catch {
    return ''
  }
}
