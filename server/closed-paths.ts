/** Where `server/main.ts` sends a request that waits for service hours; only there does it answer. */
export const unavailablePath = '/unavailable'

/** What a visitor wanted of a service that is closed. */
export type ClosedPart = 'home' | 'search' | 'case'

/**
 * What of the service a page's address belongs to that is closed outside service hours (I4); undefined for an address
 * that goes on working. Reads the path as it is meant, however it is spelled.
 */
export function closedPartOf(path: string): ClosedPart | undefined {
  const [first = '', ...rest] = decodeURIComponent(path).split('/').filter((part) => part !== '')
  if (first === '') return 'home'
  if (first === 'search' && rest.length === 0) return 'search'
  return first === 'cases' && rest.length > 0 ? 'case' : undefined
}
