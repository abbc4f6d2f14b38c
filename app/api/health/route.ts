import { getRuntime } from '../../../server/runtime-handle.ts'

/**
 * 200 when the database answers, else 503; with `?evening=1` also 503 while an evening is overdue. Open to anyone; says nothing of
 * the inside.
 */
export async function GET(request: Request): Promise<Response> {
  const runtime = getRuntime()
  const isWell = await runtime.isDatabaseWell()
  const isAskedOfEvening = new URL(request.url).searchParams.get('evening') === '1'
  const status = !isWell ? 'down' : isAskedOfEvening && await isOverdue() ? 'overdue' : 'ok'
  return Response.json({ status }, { status: status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}

/** What cannot be told counts as overdue. */
async function isOverdue(): Promise<boolean> {
  const { isEveningOverdue, log } = getRuntime()
  try {
    return await isEveningOverdue()
  } catch (error) {
    log.error('Whether an evening is overdue could not be told.', error)
    return true
  }
}
