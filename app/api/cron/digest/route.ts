import { z } from 'zod'
import { answerSafely } from '../../answer-safely.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'

const dayForm = z.iso.date()

/** Holds an evening (docs/operations.md). For schedulers that bear `CRON_SECRET`; hosted ones send GET. */
const hold = (request: Request): Promise<Response> => answerSafely(() => answer(request))

async function answer(request: Request): Promise<Response> {
  const runtime = getRuntime()
  if (!runtime.bears(request.headers, 'cron')) return new Response(null, { status: 401 })
  const query = new URL(request.url).searchParams
  const day = query.get('day') ?? undefined
  if (day !== undefined && !dayForm.safeParse(day).success) {
    return Response.json({ error: 'day must be a date like 2026-11-22.' }, { status: 422 })
  }
  try {
    const result = await runtime.holdEvening(day)
    if (query.get('wait') === 'delivery') await runtime.waitForDelivery()
    return Response.json(result, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    const refusal = runtime.refusalOf(error)
    if (!refusal || refusal.code === 'unavailable') throw error
    if (refusal.code === 'serviceClosed') {
      const retryAfter = String(runtime.outsideHours()?.retryAfterSeconds ?? 1)
      return Response.json({ error: refusal.message }, { status: 503, headers: { 'retry-after': retryAfter, 'cache-control': 'no-store' } })
    }
    return Response.json({ error: refusal.message }, { status: 422 })
  }
}

export { hold as GET, hold as POST }

/** Next would answer HEAD by GET, which here does something. */
export const HEAD = (): Response => new Response(null, { status: 405 })
