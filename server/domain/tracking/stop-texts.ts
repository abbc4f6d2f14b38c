import { and, eq, inArray, isNull } from 'drizzle-orm'
import { phoneVerifications, subscriptions } from '../../../db/schema.ts'
import type { StopChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { findLinkedSubscription } from './find-linked-subscription.ts'
import { stopSubscriptions } from './stop-tracking.ts'

/**
 * E6: the link of a text stops the texts of its case to that phone, however many addresses named it; with e-mail it stops also
 * the e-mail of those that verified the phone. To stop again, or a subscription that no longer exists, changes nothing.
 */
export async function stopTexts(work: Work, subscriptionId: number, choice: StopChoice): Promise<void> {
  const subscription = await findLinkedSubscription(work, subscriptionId)
  const phoneId = subscription?.phoneId ?? subscription?.pendingPhoneId
  if (subscription && phoneId) await stopPhone(work, { caseId: subscription.caseId, phoneId }, choice)
}

/**
 * The same for the link of a text that asked a phone to be verified. Until it was, its holder may be anybody whom a visitor
 * named: then only the asking ends, and the phone that gets texts now goes on getting them.
 */
export async function refuseTexts(work: Work, verificationId: number, choice: StopChoice): Promise<void> {
  const [asked] = await work.tx.select({ caseId: subscriptions.caseId, phoneId: phoneVerifications.phoneId }).from(phoneVerifications)
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .where(eq(phoneVerifications.id, verificationId))
  if (asked) await stopPhone(work, asked, choice)
}

async function stopPhone(work: Work, { caseId, phoneId }: { readonly caseId: number; readonly phoneId: number }, choice: StopChoice): Promise<void> {
  const { tx, now } = work
  const isOfCase = eq(subscriptions.caseId, caseId)
  const waits = and(isOfCase, eq(subscriptions.pendingPhoneId, phoneId))
  await tx.update(subscriptions).set({ textState: 'stopped', pendingPhoneId: null }).where(and(waits, eq(subscriptions.textState, 'pending')))
  await tx.update(subscriptions).set({ pendingPhoneId: null }).where(waits)
  const ofCase = tx.select({ id: subscriptions.id }).from(subscriptions).where(isOfCase)
  await tx.update(phoneVerifications).set({ withdrawnAt: now }).where(and(
    eq(phoneVerifications.phoneId, phoneId), inArray(phoneVerifications.subscriptionId, ofCase),
    isNull(phoneVerifications.confirmedAt), isNull(phoneVerifications.withdrawnAt),
  ))
  const verified = await tx.select({ id: subscriptions.id }).from(subscriptions)
    .where(and(isOfCase, eq(subscriptions.phoneId, phoneId), inArray(subscriptions.textState, ['active', 'stopped'])))
  if (verified.length > 0) await stopSubscriptions(work, inArray(subscriptions.id, verified.map((one) => one.id)), choice)
}
