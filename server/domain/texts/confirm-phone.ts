import { and, eq, inArray, or } from 'drizzle-orm'
import { cases, phones, phoneVerifications, subscriptions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isEmailVerified, verifiedStates } from '../tracking/email-verified.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'

/**
 * C4: the phone confirms the link of its text. From now on it gets texts for every verified subscription of the address that
 * waits for it, in place of the phone that got them before; the next docket change counts (C5), and nothing is sent. To
 * confirm again changes nothing and answers alike (C3). Refuses `linkInvalid` when the verification is unknown, withdrawn or
 * too old, its case is not public, or its e-mail or texts were stopped since.
 */
export async function confirmPhone(work: Work, { profile }: Pick<Site, 'profile'>, verificationId: number): Promise<void> {
  const { tx, now } = work
  const [found] = await tx.select({ verification: phoneVerifications, subscription: subscriptions }).from(phoneVerifications)
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(phoneVerifications.id, verificationId))
  if (!found || !isConfirmablePhone(found, now) || profile.policy.texts === 'off') throw new Refusal('linkInvalid', 'This link no longer works.')
  const { id, subscriberId, phoneId, carrier, confirmedAt } = found.verification
  if (confirmedAt) return
  const isAwaiting = and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.pendingPhoneId, phoneId), inArray(subscriptions.emailState, verifiedStates))
  const activation = { textState: 'active', phoneId, textActiveAfter: await lastChangeId(work) } as const
  // An earlier link stays valid when another phone was named since (C3): that one goes on waiting.
  await tx.update(subscriptions).set(activation).where(or(isAwaiting, eq(subscriptions.id, found.subscription.id)))
  await tx.update(subscriptions).set({ pendingPhoneId: null }).where(isAwaiting)
  await tx.update(phoneVerifications).set({ confirmedAt: now }).where(eq(phoneVerifications.id, id))
  if (carrier !== null) await tx.update(phones).set({ carrier }).where(eq(phones.id, phoneId))
}

interface Found {
  readonly verification: Pick<typeof phoneVerifications.$inferSelect, 'confirmedAt' | 'withdrawnAt' | 'expiresAt'>
  readonly subscription: Pick<typeof subscriptions.$inferSelect, 'emailState' | 'textState'>
}

/** Whether Confirm does something, or says again what it did. The case must be public besides. */
export function isConfirmablePhone({ verification, subscription }: Found, now: Date): boolean {
  if (verification.withdrawnAt || !isEmailVerified(subscription)) return false
  return verification.confirmedAt ? subscription.textState === 'active' : verification.expiresAt > now
}
