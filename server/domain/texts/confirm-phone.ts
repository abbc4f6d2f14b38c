import { and, eq, gt, inArray, isNull, or, type SQL } from 'drizzle-orm'
import { cases, phones, phoneVerifications, subscribers, subscriptions } from '../../../db/schema.ts'
import { confirmedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isEmailVerified, verifiedStates } from '../tracking/email-verified.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { oweReport } from '../tracking/tracking-report.ts'
import { trustedFor } from '../tracking/trusted-for.ts'

export interface PhoneConfirmation {
  /** It answered STOP: no text comes before its START (E6). */
  readonly isStopped: boolean
}

/**
 * C4: the phone confirms the link of its text. From now on it gets texts for every verified subscription of the address that
 * waits for it or for which it was sent such a link, in place of the phone that got them before; the next docket change counts
 * (C5), and no text is sent. Where the address never vouched for the phone, it is told at once by a tracking report (B8),
 * within its limits. To confirm again changes nothing and answers alike (C3). Refuses `linkInvalid` when the verification is
 * unknown, withdrawn or too old, its case is not public, or its e-mail or texts were stopped since.
 */
export async function confirmPhone(work: Work, site: Site, verificationId: number, manner: Manner = {}): Promise<PhoneConfirmation> {
  const { tx, now } = work
  const [found] = await tx.select({ verification: phoneVerifications, subscription: subscriptions, stoppedAt: phones.stoppedAt }).from(phoneVerifications)
    .innerJoin(phones, eq(phones.id, phoneVerifications.phoneId))
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(phoneVerifications.id, verificationId))
  if (!found || !isConfirmablePhone(found, now) || site.profile.policy.texts === 'off') throw new Refusal('linkInvalid', 'This link no longer works.')
  const { subscriberId, phoneId, carrier, confirmedAt } = found.verification
  if (!confirmedAt) {
    const isSent = and(
      eq(phoneVerifications.subscriberId, subscriberId), eq(phoneVerifications.phoneId, phoneId),
      isNull(phoneVerifications.confirmedAt), isNull(phoneVerifications.withdrawnAt), gt(phoneVerifications.expiresAt, now),
    )
    const begun = await beginTexts(work, { subscriberId, phoneId }, isSent)
    await tx.update(phoneVerifications).set({ confirmedAt: now }).where(isSent)
    if (carrier !== null) await tx.update(phones).set({ carrier }).where(eq(phones.id, phoneId))
    const of = begun.length > 0 ? begun : [found.subscription]
    await putConsents(work, of.map(({ caseId }) => ({ act: 'confirmedText', subscriberId, caseId, phoneId })), { words: confirmedWords('text'), ...manner })
    if ((await trustedFor(work, phoneId, begun.map(({ id }) => id))).size < begun.length) await tellAddress(work, site, subscriberId)
  }
  return { isStopped: found.stoppedAt !== null }
}

/** Lets the phone get the texts of what waits for it; answers those subscriptions that it did not get them of before. */
async function beginTexts(
  work: Work, { subscriberId, phoneId }: { readonly subscriberId: number; readonly phoneId: number }, isSent: SQL | undefined,
): Promise<{ readonly id: number; readonly caseId: number }[]> {
  const { tx } = work
  const asked = tx.select({ id: phoneVerifications.subscriptionId }).from(phoneVerifications).where(isSent)
  const awaiting = await tx.select().from(subscriptions).where(and(
    eq(subscriptions.subscriberId, subscriberId),
    inArray(subscriptions.emailState, verifiedStates),
    or(eq(subscriptions.pendingPhoneId, phoneId), inArray(subscriptions.id, asked)),
  ))
  const begun = awaiting.filter((one) => one.textState !== 'active' || one.phoneId !== phoneId)
  await tx.update(subscriptions).set({ textState: 'active', phoneId, textActiveAfter: await lastChangeId(work) }).where(inArray(subscriptions.id, begun.map(({ id }) => id)))
  // Another phone that the address named goes on waiting.
  await tx.update(subscriptions).set({ pendingPhoneId: null })
    .where(and(inArray(subscriptions.id, awaiting.map(({ id }) => id)), eq(subscriptions.pendingPhoneId, phoneId)))
  return begun
}

async function tellAddress(work: Work, site: Site, subscriberId: number): Promise<void> {
  const [subscriber] = await work.tx.select().from(subscribers).where(eq(subscribers.id, subscriberId))
  if (subscriber) await oweReport(work, site, subscriber, 'Your text notices have changed: your tracking report')
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
