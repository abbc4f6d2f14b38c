import { z } from 'zod'
import { getRuntime } from '../../../../server/runtime-handle.ts'

const dayForm = z.iso.date()

/** Holds an evening (contract.md section 4). For schedulers that bear `CRON_SECRET`; hosted ones send GET. */
async function hold(request: Request): Promise<Response> {
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
    if (!refusal) throw error
    return Response.json({ error: refusal.message }, { status: 422 })
  }
}

export { hold as GET, hold as POST }
