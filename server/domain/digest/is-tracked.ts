import { notInArray, type SQL } from 'drizzle-orm'
import { cases } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'

/** Cases of types that the profile does not exclude (A5); that the court takes part is asked beside it. */
export function isTracked(profile: Pick<CourtProfile, 'caseTypes'>): SQL | undefined {
  const excluded = profile.caseTypes.filter((type) => type.isExcluded).map((type) => type.code)
  return excluded.length === 0 ? undefined : notInArray(cases.caseType, excluded)
}
