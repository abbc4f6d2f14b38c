import { createHash } from 'node:crypto'
import { getRuntime } from '../../server/runtime-handle.ts'

const atomType = 'application/atom+xml; charset=utf-8'

// No case has a longer number, no court a longer code.
const longestName = 200

/** The docket of a public case as Atom, with its address `/cases/{number}/docket.atom`. What does not exist and what is confidential are answered alike (A6). */
export function answerDocketFeed(request: Request): Promise<Response> {
  const address = new URL(request.url)
  const [, , number = ''] = address.pathname.split('/').map(decoded)
  const court = address.searchParams.get('court') ?? ''
  return answerFile(request, async () => {
    if (number === '' || number.length > longestName || court.length > longestName) return null
    return { contentType: atomType, content: await getRuntime().docketFeedOf({ number, ...(court !== '' && { court }) }) }
  })
}

/** The hearings of all that an account tracks (G5), for whoever has its private address. */
export const answerPrivateCalendar = (request: Request): Promise<Response> => answerFile(request, () => getRuntime().privateCalendarOf(secretOf(request)))

/** Their newest docket entries, in the same way. */
export const answerPrivateFeed = (request: Request): Promise<Response> => answerFile(request, async () => {
  const content = await getRuntime().privateFeedOf(secretOf(request))
  return content === null ? null : { contentType: atomType, content }
})

const secretOf = ({ url }: Request): string => new URL(url).pathname.split('/')[2] ?? ''

interface FeedFile {
  readonly contentType: string
  readonly content: string
}

/** Answers with the file, or that it is as it was when it was asked for before. It is asked for anew each time: what is revoked or sealed is gone at once. */
async function answerFile(request: Request, make: () => Promise<FeedFile | null>): Promise<Response> {
  const { refusalOf, log } = getRuntime()
  try {
    const file = await make()
    if (!file) return notFound()
    const etag = `"${createHash('sha256').update(file.content).digest('base64url').slice(0, 22)}"`
    const headers = { etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' }
    if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
    return new Response(file.content, { headers: { ...headers, 'content-type': file.contentType } })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.code === 'caseNotFound') return notFound()
    if (refusal) return Response.json({ error: refusal.message }, { status: 503, headers: { 'retry-after': '30' } })
    log.error('A feed could not be made.', error)
    return Response.json({ error: 'Sorry, there is a problem with the service. Try again later.' }, { status: 500 })
  }
}

const notFound = (): Response => new Response('Page not found', {
  status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' },
})

const isKnown = (given: string | null, etag: string): boolean =>
  given !== null && given.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
