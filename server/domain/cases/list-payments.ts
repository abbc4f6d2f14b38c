import { asc, eq } from 'drizzle-orm'
import { scheduledPayments } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { PaymentView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

/** The scheduled payments of a case by due day, paid and cancelled ones included (A4). Refuses as `getPublicCase`. */
export async function listPayments(reading: Reading, name: CaseName): Promise<PaymentView[]> {
  const { case: { id } } = await getPublicCase(reading, name)
  const { plan, person, dueOn, amountDueCents, pastDueCents, status } = scheduledPayments
  const rows = await reading.tx.select({ plan, person, dueOn, amountDueCents, pastDueCents, status }).from(scheduledPayments)
    .where(eq(scheduledPayments.caseId, id)).orderBy(asc(dueOn), asc(plan))
  return rows.map((row) => ({ ...row, plan: displayText(row.plan), person: displayText(row.person) }))
}
