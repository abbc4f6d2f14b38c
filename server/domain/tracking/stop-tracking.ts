import { and, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm'
import { subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { StopChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'

/**
 * E1: stops one subscription, by e-mail and text or by text only; a pending request of it is withdrawn, or loses its
 * phone. To stop again, or a subscription that no longer exists, changes nothing.
 */
export async function stopTracking(work: Work, subscriptionId: number, choice: StopChoice): Promise<void> {
  const [subscription] = await work.tx.select().from(subscriptions).where(eq(subscriptions.id, subscriptionId))
  if (!subscription) return
  const { subscriberId, caseId } = subscription
  await stopWhere(work, eq(subscriptions.id, subscriptionId), and(
    eq(trackingRequests.subscriberId, subscriberId), eq(trackingRequests.caseId, caseId),
  ), choice)
}

/** E2: the same for every subscription of a subscriber. */
export async function stopAllTracking(work: Work, subscriberId: number, choice: StopChoice): Promise<void> {
  await stopWhere(work, eq(subscriptions.subscriberId, subscriberId), eq(trackingRequests.subscriberId, subscriberId), choice)
}

async function stopWhere({ tx, now }: Work, which: SQL, whichRequests: SQL | undefined, choice: StopChoice): Promise<void> {
  const isUndecided = and(whichRequests, isNull(trackingRequests.confirmedAt), isNull(trackingRequests.withdrawnAt))
  await tx.update(subscriptions).set({ textState: 'stopped' })
    .where(and(which, inArray(subscriptions.textState, ['pending', 'active'])))
  if (choice === 'textOnly') {
    await tx.update(trackingRequests).set({ phone: null, carrier: null }).where(isUndecided)
    return
  }
  await tx.update(subscriptions).set({ emailState: 'stopped', stoppedAt: now }).where(and(which, ne(subscriptions.emailState, 'stopped')))
  await tx.update(trackingRequests).set({ withdrawnAt: now }).where(isUndecided)
}
