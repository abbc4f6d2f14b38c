import { getRuntime } from '../../server/runtime-handle.ts'

// No case has a longer number, no court a longer code.
const longestName = 200

/**
 * The calendar file of one hearing of a public case (F10), with its address `/cases/{number}/events/{event}/calendar.ics`.
 * What does not exist, is sealed or confidential is answered alike (A6).
 */
export async function answerCalendar(address: URL): Promise<Response> {
  const { calendarOf, refusalOf, log } = getRuntime()
  const notFound = new Response('Page not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-robots-tag': 'noindex' } })
  const [, , number = '', , event = ''] = address.pathname.split('/').map(decoded)
  const court = address.searchParams.get('court') ?? ''
  if (!/^[1-9]\d{0,14}$/.test(event) || number === '' || number.length > longestName || court.length > longestName) return notFound
  try {
    const { filename, contentType, content } = await calendarOf({ number, event: Number(event), ...(court !== '' && { court }) })
    return new Response(content, {
      headers: {
        'content-type': contentType,
        'content-disposition': `attachment; filename="${filename}"`,
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex',
      },
    })
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.code === 'caseNotFound') return notFound
    if (refusal) return Response.json({ error: refusal.message }, { status: 503, headers: { 'retry-after': '30' } })
    log.error('A calendar file could not be made.', error)
    return Response.json({ error: 'Sorry, there is a problem with the service. Try again later.' }, { status: 500 })
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
