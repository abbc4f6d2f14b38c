import { and, eq } from 'drizzle-orm'
import { subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isVerificationUnderWay, sendPhoneVerification } from '../texts/send-phone-verification.ts'
import type { Subscription } from './email-verified.ts'
import { lastChangeId } from './last-change-id.ts'

interface NamedPhone {
  readonly phoneId: number
  readonly carrier: string | null
}

/**
 * B8: a visitor, who may be anybody, names a phone for a case that is tracked already. The phone gets its verification text,
 * again when it is named again, and none when it gets texts of the case (B3). Until it confirms nothing of the subscription
 * changes: neither the phone that gets texts nor one that waits.
 */
export async function nameNewPhone(work: Work, site: Site, subscription: Subscription, named: NamedPhone): Promise<void> {
  if (!getsTexts(subscription, named.phoneId)) await sendPhoneVerification(work, site, { subscription, ...named })
}

/**
 * C4: an address that just confirmed named this phone. One that it verified before, and that still gets texts of another of
 * its cases, gets them of this one at once, unless they were stopped before; any other gets one verification text.
 */
export async function verifyConfirmedPhone(work: Work, site: Site, subscription: Subscription, named: NamedPhone): Promise<void> {
  const { tx } = work
  const { phoneId } = named
  if (getsTexts(subscription, phoneId)) return
  const mayBeActive = subscription.textState === 'none' || subscription.textState === 'active'
  if (mayBeActive && await isVerifiedPhone(work, subscription.subscriberId, phoneId)) {
    await tx.update(subscriptions)
      .set({ textState: 'active', phoneId, pendingPhoneId: null, textActiveAfter: await lastChangeId(work) })
      .where(eq(subscriptions.id, subscription.id))
    return
  }
  await letWait(work, subscription, phoneId)
  if (await isVerificationUnderWay(work, subscription.subscriberId, phoneId)) return
  await sendPhoneVerification(work, site, { subscription, ...named })
}

const getsTexts = (subscription: Subscription, phoneId: number): boolean => subscription.textState === 'active' && subscription.phoneId === phoneId

/** Only a phone that an address verified is ever active for it. */
async function isVerifiedPhone({ tx }: Work, subscriberId: number, phoneId: number): Promise<boolean> {
  const [active] = await tx.select({ id: subscriptions.id }).from(subscriptions).where(and(
    eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.textState, 'active'), eq(subscriptions.phoneId, phoneId),
  )).limit(1)
  return active !== undefined
}

/** Only for what the address itself confirmed. */
async function letWait({ tx }: Work, { id, textState }: Subscription, phoneId: number): Promise<void> {
  await tx.update(subscriptions).set({ pendingPhoneId: phoneId, ...(textState === 'active' ? {} : { textState: 'pending' as const }) })
    .where(eq(subscriptions.id, id))
}
