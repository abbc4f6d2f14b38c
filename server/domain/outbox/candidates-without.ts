import { countMatches, candidatesSubject, neutralCandidatesSubject } from './candidates-words.ts'
import type { CandidateCase, CandidatesContent } from './message-content.ts'

/** The same without these cases, and without searches of which nothing is left; its words count what is. */
export function candidatesWithout(content: CandidatesContent, isUnsayable: (one: CandidateCase) => boolean): CandidatesContent {
  const searches = content.searches
    .map((search) => ({ ...search, cases: search.cases.filter((one) => !isUnsayable(one)) }))
    .filter((search) => search.cases.length + search.more > 0)
  const heading = candidatesSubject(searches.length, countMatches(searches))
  return { ...content, searches, heading, subject: content.subject === neutralCandidatesSubject ? neutralCandidatesSubject : heading }
}
