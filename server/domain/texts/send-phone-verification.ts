import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { cases, outboxMessages, phones, phoneVerifications, subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isTextAllowed } from '../limits/is-text-allowed.ts'
import { textFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { verifiedStates, type Subscription } from '../tracking/email-verified.ts'

const verificationLivesDays = 7

export interface PhoneToVerify {
  /** Of an address that is verified (C4). */
  readonly subscription: Pick<Subscription, 'id' | 'subscriberId' | 'caseId'>
  readonly phoneId: number
  /** As it was named with the request. */
  readonly carrier: string | null
}

/**
 * Owes a phone the text whose link verifies it for an address (C4), within the limits of H1; over them, or where the phone
 * answered STOP or the court sends no texts, nothing is owed and the subscription goes on waiting.
 */
export async function sendPhoneVerification(work: Work, site: Site, { subscription, phoneId, carrier }: PhoneToVerify): Promise<void> {
  const { tx, now } = work
  const { policy, limits } = site.profile
  if (policy.texts === 'off') return
  const [phone] = await tx.select({ stoppedAt: phones.stoppedAt }).from(phones).where(eq(phones.id, phoneId))
  const { subscriberId } = subscription
  if (!phone || phone.stoppedAt || !await isTextAllowed(work, { phoneId, subscriberId }, limits)) return
  const [asked] = await tx.select({ number: cases.number }).from(cases).where(and(eq(cases.id, subscription.caseId), eq(cases.security, 'public')))
  if (!asked) return
  const [verification] = await tx.insert(phoneVerifications).values({
    subscriptionId: subscription.id,
    subscriberId,
    phoneId,
    carrier,
    createdAt: now,
    expiresAt: new Date(now.getTime() + verificationLivesDays * 86_400_000),
  }).returning({ id: phoneVerifications.id })
  if (!verification) throw new Error('A verification was not written.')
  await putMessage(work, {
    dedupeKey: messageOf(verification.id),
    kind: 'textVerification',
    phoneId,
    subscriptionId: subscription.id,
    content: { ...textFrame(site), kind: 'textVerification', verificationId: verification.id, caseNumber: asked.number, carrier },
  })
}

const messageOf = (verificationId: number): string => `verify-text/${verificationId}/1`

/**
 * Whether a text is on its way, or was read and not yet answered, whose link verifies the phone for all that the address
 * waits for: then another would say the same.
 */
export async function isVerificationUnderWay({ tx, now }: Work, subscriberId: number, phoneId: number): Promise<boolean> {
  const open = await tx.select({ id: phoneVerifications.id }).from(phoneVerifications)
    .innerJoin(subscriptions, and(eq(subscriptions.id, phoneVerifications.subscriptionId), inArray(subscriptions.emailState, verifiedStates)))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(and(
      eq(phoneVerifications.subscriberId, subscriberId),
      eq(phoneVerifications.phoneId, phoneId),
      isNull(phoneVerifications.confirmedAt),
      isNull(phoneVerifications.withdrawnAt),
      gt(phoneVerifications.expiresAt, now),
    ))
    .orderBy(desc(phoneVerifications.id)).limit(10)
  if (open.length === 0) return false
  const [leaving] = await tx.select({ id: outboxMessages.id }).from(outboxMessages).where(and(
    inArray(outboxMessages.dedupeKey, open.map(({ id }) => messageOf(id))),
    inArray(outboxMessages.state, ['waiting', 'leased', 'sent', 'delivered']),
  )).limit(1)
  return leaving !== undefined
}
