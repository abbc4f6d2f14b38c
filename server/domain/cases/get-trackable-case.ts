import { Refusal } from '../../contract/refusals.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'
import { whyUntrackable } from './why-untrackable.ts'

export interface TrackableCase {
  readonly id: number
  readonly number: string
  /** The court's code. */
  readonly court: string
  readonly caption: string
  readonly needsCourt: boolean
}

/**
 * The case of that name, for every way in to tracking it (A5). Refuses `caseNotFound` as `getPublicCase` does, and
 * `courtTakesNoPart` or `caseTypeExcluded` with the sentence that the case page says.
 */
export async function getTrackableCase(reading: Reading, profile: CourtProfile, name: CaseName): Promise<TrackableCase> {
  const { case: found, court, needsCourt } = await getPublicCase(reading, name)
  const why = whyUntrackable(profile, court, found.caseType)
  if (why) throw new Refusal(why.code, why.sentence)
  return { id: found.id, number: found.number, court: found.court, caption: found.caption, needsCourt }
}
