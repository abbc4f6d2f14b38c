import { and, asc, eq, sql } from 'drizzle-orm'
import { cases, courts } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from './prepare-once.ts'

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

export type PublicCase = Awaited<ReturnType<ReturnType<typeof bearersOfKey>['execute']>>[number]

/** Every public case whose number is this one but for case, spaces and marks (A1, A6), by name of court. */
export async function publicCasesOfKey({ tx }: Reading, numberKey: string): Promise<PublicCase[]> {
  return numberKey === '' ? [] : bearersOfKey(tx, null).execute({ key: numberKey })
}

/**
 * The public cases that a name can mean: none, the one, or several courts' (A3). A number written exactly as a case has it
 * means that case rather than one that differs in its marks. `needsCourt`: more than one public case bears the number.
 */
export async function publicCasesNamed(reading: Reading, { number, court }: CaseName): Promise<{ found: PublicCase[]; needsCourt: boolean }> {
  const bearers = await publicCasesOfKey(reading, caseNumberKey(number))
  const inCourt = court === undefined ? bearers : bearers.filter((one) => one.case.court === court)
  const asWritten = inCourt.filter((one) => one.case.number === number.trim())
  return { found: asWritten.length > 0 ? asWritten : inCourt, needsCourt: bearers.length > 1 }
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
