import { nameWords } from '../../contract/case-number.ts'
import type { CaseSearch } from '../../contract/case-search.ts'
import { Refusal } from '../../contract/refusals.ts'
import { watchTooCommon, watchTooWide } from '../../contract/wording.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { searchCases } from '../cases/search-cases.ts'

/** A single word that more cases than this have already would bring a stranger's case every evening. */
const mostMatchesOfOneWord = 500

/**
 * Refuses (`notAllowed`) to watch what says too little: nothing but days or a status, or one very common word alone. A court,
 * county, circuit or case type, or a second word, is enough (G7).
 */
export async function refuseTooWide(reading: Reading, profile: CourtProfile, search: CaseSearch): Promise<void> {
  const { q, court, county, circuit, type } = search
  if ([court, county, circuit, type].some((value) => value !== null)) return
  const words = nameWords(q)
  if (words.length === 0) throw new Refusal('notAllowed', watchTooWide)
  if (words.length > 1) return
  const { total, isTotalExact } = await searchCases(reading, profile, { ...search, page: 1 })
  if (total > mostMatchesOfOneWord || !isTotalExact) throw new Refusal('notAllowed', watchTooCommon(q, mostMatchesOfOneWord))
}
