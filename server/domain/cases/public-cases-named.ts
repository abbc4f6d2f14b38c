import { and, asc, eq, sql } from 'drizzle-orm'
import { cases, courts, formerCaseNumbers } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'

/** How people and addresses name a case: its number, forgivingly written, and its court where the number is not enough. */
export interface CaseName {
  readonly number: string
  readonly court?: string | undefined
}

const bearersOfKey = prepareOnce((tx) => tx.select({ case: cases, court: courts }).from(cases)
  .innerJoin(courts, eq(courts.code, cases.court))
  .where(and(eq(cases.numberKey, sql.placeholder('key')), eq(cases.security, 'public')))
  .orderBy(asc(courts.name), asc(cases.number), asc(cases.id))
  .prepare())

const formerBearersOfKey = prepareOnce((tx) => tx.select({ case: cases, court: courts, former: formerCaseNumbers.number }).from(formerCaseNumbers)
  .innerJoin(cases, and(eq(cases.id, formerCaseNumbers.caseId), eq(cases.security, 'public')))
  .innerJoin(courts, eq(courts.code, cases.court))
  .where(eq(formerCaseNumbers.numberKey, sql.placeholder('key')))
  .orderBy(asc(courts.name), asc(formerCaseNumbers.number), asc(cases.id))
  .prepare())

export type PublicCase = Awaited<ReturnType<ReturnType<typeof bearersOfKey>['execute']>>[number]

/** Every public case whose number is this one but for case, spaces and marks (A1, A6), by name of court. */
export async function publicCasesOfKey({ tx }: Reading, numberKey: string): Promise<PublicCase[]> {
  return numberKey === '' ? [] : bearersOfKey(tx, null).execute({ key: numberKey })
}

/**
 * The public cases that a name can mean: none, the one, or several courts' (A3). A number written exactly as a case has it
 * means that case rather than one that differs in its marks. A number that no public case has any more means the one that
 * had it (A9). `needsCourt`: more than one public case bears the number of the one.
 */
export async function publicCasesNamed(reading: Reading, { number, court }: CaseName): Promise<{ found: PublicCase[]; needsCourt: boolean }> {
  const key = caseNumberKey(number)
  const bearers = await publicCasesOfKey(reading, key)
  const found = meant(bearers.map((one) => ({ ...one, as: one.case.number })), { number, court })
  return found.length > 0 ? { found, needsCourt: bearers.length > 1 } : publicCasesOnceNamed(reading, { number, court })
}

/** Those that had a number which no public case has any more (A9); see `publicCasesNamed`. */
export async function publicCasesOnceNamed(reading: Reading, { number, court }: CaseName): Promise<{ found: PublicCase[]; needsCourt: boolean }> {
  const key = caseNumberKey(number)
  const formerly = key === '' ? [] : await formerBearersOfKey(reading.tx, null).execute({ key })
  const renumbered = meant(formerly.map(({ former, ...one }) => ({ ...one, as: former })), { number, court })
  const [one] = renumbered
  return { found: renumbered, needsCourt: one !== undefined && (await publicCasesOfKey(reading, one.case.numberKey)).length > 1 }
}

/** Of cases that bear or bore a number, written `as` it was, those that a name means; each once. */
export function meant(bearers: readonly (PublicCase & { readonly as: string })[], { number, court }: CaseName): PublicCase[] {
  const inCourt = court === undefined ? bearers : bearers.filter((one) => one.case.court === court)
  const asWritten = inCourt.filter((one) => one.as === number.trim())
  const found = asWritten.length > 0 ? asWritten : inCourt
  return [...new Map(found.map(({ as: _, ...one }) => [one.case.id, one])).values()]
}

/**
 * The one public case of that name. Refuses `caseNotFound`, always alike, for one that does not exist, is confidential (A6)
 * or has a number that several courts share when no court is named.
 */
export async function getPublicCase(reading: Reading, name: CaseName): Promise<PublicCase & { readonly needsCourt: boolean }> {
  const { found, needsCourt } = await publicCasesNamed(reading, name)
  const [one, another] = found
  if (!one || another) throw new Refusal('caseNotFound', 'No case with this number was found.')
  return { ...one, needsCourt }
}
