import type { WatchedSearchContent } from './message-content.ts'

/** F11: of mail that says case numbers and links only. */
export const neutralCandidatesSubject = 'Update on a search you watch'

/** How many cases the searches found, listed or not; one that two of them found counts for each. */
export const countMatches = (searches: readonly Pick<WatchedSearchContent, 'cases' | 'more'>[]): number =>
  searches.reduce((sum, { cases, more }) => sum + cases.length + more, 0)

/** F11: what happened, and no names. */
export function candidatesSubject(searches: number, matches: number): string {
  if (searches > 1) return `${matches} new matches for ${searches} searches you watch`
  return matches === 1 ? '1 new case matches a search you watch' : `${matches} new cases match a search you watch`
}
