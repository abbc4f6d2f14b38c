import { clientAddressHeader } from '../../../../server/contract/client-address-header.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'

// Open to anyone: each procedure declares who may call it.
const handle = (request: Request): Promise<Response> =>
  getRuntime().handleTrpc(request, { clientAddress: request.headers.get(clientAddressHeader) ?? 'unknown' })

export { handle as GET, handle as POST }
