import type { CaseRemovedRecord } from '../../contract/records.ts'
import { eraseCase } from './erase-case.ts'
import type { Intake } from './intake.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { seekCase } from './seek-case.ts'

/**
 * Expunges a case (A9), named by its number or one that it had: it goes, and with it its record, its former numbers, its
 * subscriptions, what it owed and what was said about it. Mail that speaks of other cases as well keeps those. A case that
 * is not here is no fault.
 */
export async function removeCase(intake: Intake, { number, court }: CaseRemovedRecord): Promise<Outcome> {
  const found = await seekCase(intake, number, court)
  if ('kind' in found) return found.kind === 'caseUnknown' ? unchanged : found
  await eraseCase(intake, found.id)
  // Several numbers may have led to it.
  intake.cases.clear()
  intake.touched.delete(found.id)
  return accepted
}
