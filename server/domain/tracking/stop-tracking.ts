import { and, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm'
import { bundledNotices, phoneVerifications, subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { StopChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { findLinkedSubscriber } from './find-linked-subscriber.ts'
import { findLinkedSubscription } from './find-linked-subscription.ts'
import { notPaused, nothingMissed } from './pause-tracking.ts'

/**
 * E1: stops one subscription, by e-mail and text or by text only; a pending request of it is withdrawn, or loses its
 * phone, and a phone that waits to be verified waits no more. To stop again, or a subscription that no longer exists, changes
 * nothing.
 */
export async function stopTracking(work: Work, subscriptionId: number, choice: StopChoice): Promise<void> {
  const subscription = await findLinkedSubscription(work, subscriptionId)
  if (subscription) await stopSubscriptions(work, eq(subscriptions.id, subscription.id), choice)
}

/** F2: the same for every subscription that one e-mail told of. */
export async function stopListed(work: Work, messageId: number, choice: StopChoice): Promise<void> {
  const listed = work.tx.select({ id: bundledNotices.subscriptionId }).from(bundledNotices).where(eq(bundledNotices.messageId, messageId))
  await stopSubscriptions(work, inArray(subscriptions.id, listed), choice)
}

/** E2: the same for every subscription of the subscriber that a link was made for, or of the one that this became. */
export async function stopAllTracking(work: Work, subscriberId: number, choice: StopChoice): Promise<void> {
  await stopSubscriptions(work, eq(subscriptions.subscriberId, await findLinkedSubscriber(work, subscriberId)), choice)
}

/** The same for these subscriptions. */
export async function stopSubscriptions({ tx, now }: Work, which: SQL, choice: StopChoice): Promise<void> {
  const found = await tx.select({ id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId })
    .from(subscriptions).where(which)
  const ids = found.map((one) => one.id)
  await tx.update(subscriptions).set({ textState: 'stopped', pendingPhoneId: null })
    .where(and(inArray(subscriptions.id, ids), inArray(subscriptions.textState, ['pending', 'active'])))
  await tx.update(phoneVerifications).set({ withdrawnAt: now }).where(and(
    inArray(phoneVerifications.subscriptionId, ids), isNull(phoneVerifications.confirmedAt), isNull(phoneVerifications.withdrawnAt),
  ))
  if (choice === 'emailAndText') {
    await tx.update(subscriptions).set({ emailState: 'stopped', stoppedAt: now, ...notPaused, ...nothingMissed })
      .where(and(inArray(subscriptions.id, ids), ne(subscriptions.emailState, 'stopped')))
  }
  for (const [subscriberId, ofSubscriber] of Map.groupBy(found, (one) => one.subscriberId)) {
    await tx.update(trackingRequests).set(choice === 'textOnly' ? { phone: null, carrier: null } : { withdrawnAt: now }).where(and(
      eq(trackingRequests.subscriberId, subscriberId),
      inArray(trackingRequests.caseId, ofSubscriber.map((one) => one.caseId)),
      isNull(trackingRequests.confirmedAt),
      isNull(trackingRequests.withdrawnAt),
    ))
  }
}
