import { and, count, eq, gt, inArray } from 'drizzle-orm'
import { cases } from '../../../db/schema.ts'
import { caseAddress, type CaseTab } from '../../contract/case-address.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { Reading } from '../../work.ts'

interface NamedCase {
  readonly number: string
  readonly court: string
}

/** The paths of public cases' pages or of a tab of theirs, with one look; each names the court where another public case bears the number (A3). */
export async function addressesOfCases({ tx }: Reading, named: readonly NamedCase[]): Promise<(one: NamedCase, tab?: CaseTab) => string> {
  const shared = await tx.select({ key: cases.numberKey }).from(cases)
    .where(and(
      inArray(cases.numberKey, [...new Set(named.map((one) => caseNumberKey(one.number)))]),
      eq(cases.security, 'public'),
    ))
    .groupBy(cases.numberKey)
    .having(gt(count(), 1))
  const keys = new Set(shared.map((one) => one.key))
  return ({ number, court }, tab) => caseAddress(number, court, keys.has(caseNumberKey(number)), tab)
}
