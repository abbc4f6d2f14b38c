import { and, eq } from 'drizzle-orm'
import { scheduledPayments } from '../../../db/schema.ts'
import type { PaymentRecord } from '../../contract/records.ts'
import type { Intake } from './intake.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { seekCase } from './seek-case.ts'

/**
 * Takes in one instalment, known by case, plan and due date (F6). It is no docket change (F1). New or different, it is
 * untaken: the next run sees to what was due before it was known so. Not in a quiet intake or a confidential case.
 */
export async function recordPayment(intake: Intake, record: PaymentRecord): Promise<Outcome> {
  const found = await seekCase(intake, record.case, record.court)
  if ('kind' in found) return found
  const { tx, now } = intake
  const { plan, dueOn, person, amountDueCents, pastDueCents } = record
  const [known] = await tx.select().from(scheduledPayments).where(and(
    eq(scheduledPayments.caseId, found.id), eq(scheduledPayments.plan, plan), eq(scheduledPayments.dueOn, dueOn),
  ))
  const next = { person, amountDueCents, pastDueCents, status: record.status ?? known?.status ?? 'due' }
  const isUntaken = !intake.isQuiet && found.security === 'public'
  if (!known) {
    await tx.insert(scheduledPayments).values({ caseId: found.id, plan, dueOn, ...next, isUntaken, recordedAt: now, lastActivityAt: now })
    return accepted
  }
  const isSame = known.person === next.person && known.amountDueCents === next.amountDueCents &&
    known.pastDueCents === next.pastDueCents && known.status === next.status
  if (isSame) return unchanged
  await tx.update(scheduledPayments).set({ ...next, isUntaken, lastActivityAt: now }).where(eq(scheduledPayments.id, known.id))
  return accepted
}
