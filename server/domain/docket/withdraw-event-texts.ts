import { and, eq, exists, inArray, isNull, like, ne, sql } from 'drizzle-orm'
import { messageContents, outboxMessages as messages, scheduledEvents, subscriptions, toldEvents } from '../../../db/schema.ts'
import type { CaseFacts, Intake } from './intake.ts'

/**
 * Texts that tell an event as it was and wait, as for the sending hours, do not leave any more (F5, F7): the next run owes
 * how it is now. Who gets texts only was then told nothing by those, and is owed their lead times again.
 */
export async function withdrawEventTexts({ tx, now, isQuiet }: Intake, { id: caseId, security }: CaseFacts, eventId: number): Promise<void> {
  const mayLeave = tx.select({ one: sql`1` }).from(messages)
    .where(and(eq(messages.contentId, messageContents.id), sql`${messages.state} in ('waiting', 'leased', 'failed', 'parked')`))
  const withdrawn = await tx.update(messageContents).set({ withdrawnAt: now }).where(and(
    eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt), like(messageContents.variant, `text event:${eventId}/%`), exists(mayLeave),
  )).returning({ id: messageContents.id, runId: messageContents.runId })
  if (withdrawn.length === 0) return
  const untold = tx.select({ phoneId: messages.phoneId }).from(messages)
    .where(and(inArray(messages.contentId, withdrawn.map(({ id }) => id)), eq(messages.state, 'waiting'), isNull(messages.batchId)))
  const byTextOnly = tx.select({ id: subscriptions.id }).from(subscriptions)
    .where(and(eq(subscriptions.caseId, caseId), ne(subscriptions.emailState, 'active'), inArray(subscriptions.phoneId, untold)))
  const forgotten = await tx.delete(toldEvents).where(and(
    eq(toldEvents.eventId, eventId), inArray(toldEvents.subscriptionId, byTextOnly), inArray(toldEvents.runId, withdrawn.flatMap(({ runId }) => runId ?? [])),
  )).returning({ eventId: toldEvents.eventId })
  if (forgotten.length === 0 || isQuiet || security === 'confidential') return
  await tx.update(scheduledEvents).set({ isStartUntaken: true }).where(and(eq(scheduledEvents.id, eventId), eq(scheduledEvents.security, 'public')))
}
