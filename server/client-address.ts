import type { IncomingMessage } from 'node:http'

/**
 * The address that counts as the client's: the socket's, or with N trusted proxies the one that the outermost of them
 * wrote down, N places from the right of the forwarding header (`TRUSTED_PROXIES`).
 */
export function clientAddressOf(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress ?? 'unknown'
  if (trustedProxies === 0) return socket
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((one) => one.trim()).filter((one) => one !== '')
  return forwarded.at(-trustedProxies) ?? forwarded[0] ?? socket
}
