import { and, eq, gt, sql } from 'drizzle-orm'
import { docketChanges, scheduledEvents, scheduledPayments, subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'

/**
 * What no run has taken of a case will never be told (F8): its changes, and notices of events and payments that fell due
 * before they were known. What a run has taken already stands in contents, which `withdrawContents` sees to.
 */
export async function silenceCase({ tx, now }: Work, caseId: number): Promise<void> {
  // After any id at all: it says that the index of the untaken is meant, not that of all history of the case.
  await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.caseId, caseId), gt(docketChanges.id, 0), isUntaken))
  // Nor what a pause missed, nor what comes back late.
  const last = await lastChangeId({ tx, now })
  await tx.update(subscriptions).set({ begunAfter: last }).where(eq(subscriptions.caseId, caseId))
  await tx.update(subscriptions).set({ missedAfter: last }).where(and(eq(subscriptions.caseId, caseId), eq(subscriptions.emailState, 'paused')))
  await tx.update(subscriptions).set({ missedAfter: null, missedThrough: null })
    .where(and(eq(subscriptions.caseId, caseId), sql`${subscriptions.missedThrough} is not null`))
  await tx.update(scheduledEvents).set({ isStartUntaken: false })
    .where(and(eq(scheduledEvents.caseId, caseId), eq(scheduledEvents.isStartUntaken, true)))
  await tx.update(scheduledPayments).set({ isUntaken: false })
    .where(and(eq(scheduledPayments.caseId, caseId), eq(scheduledPayments.isUntaken, true)))
}

/** The same for the changes of one entry (A9). */
export async function silenceEntry({ tx }: Work, entryId: number): Promise<void> {
  await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.entryId, entryId), isUntaken))
}

/** The same for the changes of one scheduled event (A9). */
export async function silenceEvent({ tx }: Work, eventId: number): Promise<void> {
  await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.eventId, eventId), isUntaken))
}
