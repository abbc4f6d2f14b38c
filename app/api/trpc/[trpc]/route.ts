import { clientAddressHeader } from '../../../../server/contract/client-address-header.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { isFromOurPage, refuseForeign } from '../../from-our-page.ts'

// Open to anyone: each procedure declares who may call it. A page of another site may not make a visitor's browser call.
const handle = (request: Request): Promise<Response> =>
  getRuntime().handleTrpc(request, { clientAddress: request.headers.get(clientAddressHeader) ?? 'unknown' })

export const GET = handle

export async function POST(request: Request): Promise<Response> {
  if (!isFromOurPage(request)) return refuseForeign()
  // Another type needs no leave of ours to be sent from elsewhere.
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' ? handle(request) : new Response(null, { status: 415 })
}
