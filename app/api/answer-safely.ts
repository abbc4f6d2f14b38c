import { getRuntime } from '../../server/runtime-handle.ts'

/**
 * Runs a route handler. What it does not answer itself is a bug, or a database that is busy: logged here, once and without
 * anything private, and answered with nothing of the inside. Next would print the whole error.
 */
export async function answerSafely(handle: () => Promise<Response>): Promise<Response> {
  const { log, refusalOf } = getRuntime()
  try {
    return await handle()
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal?.code === 'unavailable') return Response.json({ error: refusal.message }, { status: 503, headers: { 'retry-after': '30' } })
    if (refusal) return Response.json({ error: refusal.message }, { status: 400 })
    log.error('A request failed.', error)
    return Response.json({ error: 'Sorry, there is a problem with the service. Try again later.' }, { status: 500 })
  }
}
