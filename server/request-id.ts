import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { requestIdHeader } from './contract/request-id-header.ts'

// As proxies make them: nothing that could be an address or a phone number of ten digits in its usual form.
const ofProxy = /^(?=.*[a-f])[\da-f-]{16,64}$/i

/** The name of a request: the one that a trusted proxy gave it (`TRUSTED_PROXIES`) where that is a plain hexadecimal id, or else one of our own. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>, trustedProxies: number): string {
  const given = headers[requestIdHeader]
  return trustedProxies > 0 && typeof given === 'string' && ofProxy.test(given) ? given : randomUUID()
}
