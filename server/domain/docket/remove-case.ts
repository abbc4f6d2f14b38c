import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { holdsText } from '../../../db/columns.ts'
import { cases, messageContents, outboxMessages, subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { CaseRemovedRecord } from '../../contract/records.ts'
import { caseKey, type Intake } from './intake.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { seekCase } from './seek-case.ts'

/**
 * Expunges a case (A9): it goes, and with it its record, its subscriptions, what it owed and what was said about it.
 * Messages that speak of other cases as well keep their fact and lose what they said. A case that is not here is no fault.
 */
export async function removeCase(intake: Intake, { number, court }: CaseRemovedRecord): Promise<Outcome> {
  const found = await seekCase(intake, number, court)
  if ('kind' in found) return found.kind === 'caseUnknown' ? unchanged : found
  await emptyContentsThatName(intake, found.id, number)
  await intake.tx.delete(cases).where(eq(cases.id, found.id))
  intake.cases.delete(caseKey(found.court, number))
  intake.touched.delete(found.id)
  return accepted
}

/** Verification e-mails and reports name cases without being one's own: they are found by those whom they went to. */
async function emptyContentsThatName({ tx, now }: Intake, caseId: number, number: string): Promise<void> {
  const tracking = tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, caseId))
  const asking = tx.select({ id: trackingRequests.subscriberId }).from(trackingRequests).where(eq(trackingRequests.caseId, caseId))
  const sent = tx.select({ id: outboxMessages.contentId }).from(outboxMessages).where(and(
    ne(outboxMessages.kind, sql`'notice'`),
    or(inArray(outboxMessages.subscriberId, tracking), inArray(outboxMessages.subscriberId, asking)),
  ))
  await tx.update(messageContents).set({ payload: {}, withdrawnAt: now }).where(and(
    isNull(messageContents.caseId),
    inArray(messageContents.id, sent),
    holdsText(sql`cast(${messageContents.payload} as text)`, JSON.stringify(number)),
  ))
}
