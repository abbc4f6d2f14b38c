import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (value: string): Buffer => createHash('sha256').update(value).digest()

/** Whether a request's Authorization header bears this secret; compared in constant time, whatever its length (H4). */
export function bearsSecret(headers: Headers, secret: string): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(headers.get('authorization') ?? '') ?? []
  return isSecret(given ?? '', secret) && given !== undefined
}

/** The same for a secret that stands elsewhere in a request. */
export const isSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret))
