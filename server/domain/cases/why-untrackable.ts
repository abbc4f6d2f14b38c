import { displayText } from '../../contract/display-text.ts'
import type { RefusalCode } from '../../contract/refusals.ts'
import { caseTypeExcluded, courtTakesNoPart } from '../../contract/wording.ts'
import { findCaseType } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'

/** The refusal and the one plain sentence that every way in says alike. */
export interface Untrackable {
  readonly code: Extract<RefusalCode, 'courtTakesNoPart' | 'caseTypeExcluded'>
  readonly sentence: string
}

/** Why a case of this court and type cannot be tracked (A5), in the profile's own words where it has some; null when it can. */
export function whyUntrackable(
  profile: CourtProfile, court: { readonly name: string; readonly isTakingPart: boolean }, caseType: string,
): Untrackable | null {
  if (!court.isTakingPart) return { code: 'courtTakesNoPart', sentence: courtTakesNoPart(displayText(court.name)) }
  const type = findCaseType(profile, caseType)
  return type?.isExcluded === true ? { code: 'caseTypeExcluded', sentence: type.exclusionReason ?? caseTypeExcluded(type.name) } : null
}
