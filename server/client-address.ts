import { createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

/**
 * The address that counts as the client's: the socket's, or with N trusted proxies the one that the outermost of them
 * wrote down, N places from the right of the forwarding header (`TRUSTED_PROXIES`). What a client wrote there itself stands further
 * left and counts for nothing. What is no address is not taken: then it is the socket's.
 */
export function clientAddressOf(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return socket
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((one) => one.trim()).filter((one) => one !== '')
  return addressIn(forwarded.at(-trustedProxies) ?? forwarded[0] ?? '') ?? socket
}

/** Some proxies write the port as well. */
function addressIn(written: string): string | undefined {
  const bare = /^\[([0-9a-f:.]{2,45})\](?::\d{1,5})?$/i.exec(written)?.[1] ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(written)?.[1] ?? written
  return isIP(bare) === 0 ? undefined : bare
}

/** What is kept of a client address with a consent (H6): to be compared, and to be turned back by nobody without the secret. */
export function hashClientAddress(secret: string, address: string): string {
  const key = createHmac('sha256', secret).update('consent/from').digest()
  return createHmac('sha256', key).update(address).digest('base64url')
}
