/** Where `server/main.ts` sends a request that waits for service hours; only there does it answer. */
export const unavailablePath = '/unavailable'

// What accounts are for; a link that confirms a new password goes on working.
const accountPages = ['login', 'register', 'forgot', 'account', 'my-cases']

// Operators are not kept out by hours: these ask for them, and their procedures do.
const openToOperators = ['login/operator', 'login/second-factor', 'account/second-factor']

// As it is spelled: a number may hold a slash.
const readByPrograms = /^\/cases\/[^/]+\/(events\/[^/]+\/calendar\.ics|docket\.atom)$/

/** What a visitor wanted of a service that is closed. */
export type ClosedPart = 'home' | 'search' | 'case' | 'account' | 'nothing'

/**
 * What of the service a page's address belongs to that is closed outside service hours (I4); undefined for an address
 * that goes on working, as a calendar file does that a notice links to (F10) and a feed that programs ask for again and again.
 * Reads the path as it is meant, however it is spelled.
 */
export function closedPartOf(path: string): ClosedPart | undefined {
  const [first = '', ...rest] = decodeURIComponent(path).split('/').filter((part) => part !== '')
  if (first === '') return 'home'
  if (first === 'search' && rest.length === 0) return 'search'
  if (`/${first}` === unavailablePath && rest.length === 0) return 'nothing'
  if (openToOperators.includes([first, ...rest].join('/'))) return undefined
  if (accountPages.includes(first)) return 'account'
  return first === 'cases' && rest.length > 0 && !readByPrograms.test(path) ? 'case' : undefined
}
