import { and, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm'
import { bundledNotices, phoneVerifications, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { stopWords } from '../../contract/consent-wording.ts'
import type { StopChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { putConsents, type Consent, type Manner } from '../consent/put-consents.ts'
import { findLinkedSubscriber } from './find-linked-subscriber.ts'
import { findLinkedSubscription } from './find-linked-subscription.ts'
import { notPaused, nothingMissed } from './pause-tracking.ts'

/**
 * E1: stops one subscription, by e-mail and text or by text only; a pending request of it is withdrawn, or loses its
 * phone, and a phone that waits to be verified waits no more. To stop again, or a subscription that no longer exists, changes
 * nothing.
 */
export async function stopTracking(work: Work, subscriptionId: number, choice: StopChoice, manner: Manner = {}): Promise<void> {
  const subscription = await findLinkedSubscription(work, subscriptionId)
  if (subscription) await stopSubscriptions(work, eq(subscriptions.id, subscription.id), choice, { words: stopWords.case(choice), ...manner })
}

/** F2: the same for every subscription that one e-mail told of. */
export async function stopListed(work: Work, messageId: number, choice: StopChoice, manner: Manner = {}): Promise<void> {
  const listed = work.tx.select({ id: bundledNotices.subscriptionId }).from(bundledNotices).where(eq(bundledNotices.messageId, messageId))
  await stopSubscriptions(work, inArray(subscriptions.id, listed), choice, { words: stopWords.listed(choice), ...manner })
}

/** E2: the same for every subscription of the subscriber that a link was made for, or of the one that this became. */
export async function stopAllTracking(work: Work, subscriberId: number, choice: StopChoice, manner: Manner = {}): Promise<void> {
  const which = eq(subscriptions.subscriberId, await findLinkedSubscriber(work, subscriberId))
  await stopSubscriptions(work, which, choice, { words: stopWords.all(choice), ...manner })
}

/** The same for these subscriptions. What it stops is kept as said (H6); what was stopped already is not said again. */
export async function stopSubscriptions(work: Work, which: SQL, choice: StopChoice, manner: Manner & { readonly words: string }): Promise<void> {
  const { tx, now } = work
  const found = await tx.select({
    id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId, emailState: subscriptions.emailState,
    textState: subscriptions.textState, phoneId: subscriptions.phoneId, pendingPhoneId: subscriptions.pendingPhoneId,
  }).from(subscriptions).where(which)
  await putConsents(work, found.flatMap((one) => stopsOf(one, choice)), manner)
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

type Stoppable = Pick<typeof subscriptions.$inferSelect, 'subscriberId' | 'caseId' | 'emailState' | 'textState' | 'phoneId' | 'pendingPhoneId'>

function stopsOf({ subscriberId, caseId, emailState, textState, phoneId, pendingPhoneId }: Stoppable, choice: StopChoice): Consent[] {
  const hadTexts = textState === 'pending' || textState === 'active'
  return [
    ...(choice === 'emailAndText' && emailState !== 'stopped' ? [{ act: 'stopped', subscriberId, caseId, phoneId: null } as const] : []),
    ...(hadTexts ? [{ act: 'stoppedText', subscriberId, caseId, phoneId: textState === 'active' ? phoneId : pendingPhoneId } as const] : []),
  ]
}
