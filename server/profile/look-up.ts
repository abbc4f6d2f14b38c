import type { Carrier, CaseType, Court, CourtProfile, DocketCode } from './schema.ts'

/** The plain-language explanation of a docket code (A7), whatever its case; undefined for a code the profile does not explain. */
export function explainDocketCode(profile: Pick<CourtProfile, 'docketCodes'>, code: string): DocketCode | undefined {
  const wanted = code.trim().toUpperCase()
  return profile.docketCodes.find((row) => row.code === wanted)
}

/** The case type of a code such as CR, whatever its case; says whether the type is excluded from tracking, and why (A5). */
export function findCaseType(profile: CourtProfile, code: string): CaseType | undefined {
  const wanted = code.trim().toUpperCase()
  return profile.caseTypes.find((row) => row.code === wanted)
}

/** The name of a case type for people; the code itself where the profile does not list it. */
export function caseTypeName(profile: CourtProfile, code: string): string {
  return findCaseType(profile, code)?.name ?? code
}

/**
 * The case type that a case number carries, as CR in `26BA-CR01482` or `1616-FC00123`, for a case whose record names none.
 * Undefined when the number has another form or the profile does not list the type.
 */
export function findCaseTypeInNumber(profile: CourtProfile, caseNumber: string): CaseType | undefined {
  const typeCode = /^\d{2}[A-Z0-9]{2,3}-([A-Z]{2})\d/i.exec(caseNumber.trim())?.[1]
  return typeCode === undefined ? undefined : findCaseType(profile, typeCode)
}

/** The carrier with exactly this code, or undefined: only carriers of the profile are available (B7). */
export function findCarrier(profile: CourtProfile, code: string): Carrier | undefined {
  return profile.carriers.find((row) => row.code === code)
}

/** The court with exactly this code, or undefined: an import can bring courts that the profile does not list (I3). */
export function courtOf(profile: CourtProfile, code: string): Court | undefined {
  return profile.courts.find((row) => row.code === code)
}
