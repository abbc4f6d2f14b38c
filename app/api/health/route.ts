import { getRuntime } from '../../../server/runtime-handle.ts'

/** 200 when the database answers, else 503. Open to anyone; says nothing of the inside. */
export async function GET(): Promise<Response> {
  const isWell = await getRuntime().isDatabaseWell()
  return Response.json({ status: isWell ? 'ok' : 'down' }, { status: isWell ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
