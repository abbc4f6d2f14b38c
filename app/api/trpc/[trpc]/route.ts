import { clientAddressHeader } from '../../../../server/contract/client-address-header.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { isFromOurPage, refuseForeign } from '../../from-our-page.ts'

// Open to anyone: each procedure declares who may call it. A page of another site may not make a visitor's browser call.
async function handle(request: Request): Promise<Response> {
  const { handleTrpc, outsideHours } = getRuntime()
  const answer = await handleTrpc(request, request.headers.get(clientAddressHeader) ?? 'unknown')
  if (answer.status === 503) answer.headers.set('retry-after', String(outsideHours()?.retryAfterSeconds ?? 30))
  return answer
}

export const GET = (request: Request): Promise<Response> => handle(request)

export async function POST(request: Request): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  // Another type needs no leave of ours to be sent from elsewhere.
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? handle(request) : new Response(null, { status: 415 })
}
