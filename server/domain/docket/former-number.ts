import { and, eq } from 'drizzle-orm'
import { formerCaseNumbers } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { CaseFacts, Intake } from './intake.ts'

/** Lets a number lead to a case that is said to have had it. False when it leads somewhere already. */
export async function putFormerNumber({ tx, now }: Intake, { id: caseId, court }: CaseFacts, number: string): Promise<boolean> {
  const put = await tx.insert(formerCaseNumbers).values({ court, number, numberKey: caseNumberKey(number), caseId, renumberedAt: now })
    .onConflictDoNothing({ target: [formerCaseNumbers.court, formerCaseNumbers.number] }).returning({ number: formerCaseNumbers.number })
  return put.length > 0
}

/** A number that becomes a case's own leads to nothing else any more. */
export async function takeFromFormer({ tx, cases: remembered }: Intake, court: string, number: string): Promise<void> {
  const taken = await tx.delete(formerCaseNumbers).where(and(eq(formerCaseNumbers.court, court), eq(formerCaseNumbers.number, number)))
    .returning({ number: formerCaseNumbers.number })
  if (taken.length > 0) remembered.clear()
}
