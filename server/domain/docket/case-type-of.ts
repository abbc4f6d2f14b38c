import { findCaseTypeInNumber } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'

/**
 * The type that a case number carries: as this state's courts write it, or as federal ones do (`3:25-cv-00017` is CV).
 * Empty where it shows none.
 */
export const caseTypeOf = (profile: CourtProfile, number: string): string =>
  findCaseTypeInNumber(profile, number)?.code ?? /^(?:\d:)?\d{2}-([a-z]{2})-\d+/i.exec(number)?.[1]?.toUpperCase() ?? ''
