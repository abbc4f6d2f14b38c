import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { phones, subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/**
 * Those of these subscriptions whose address vouched for the phone: it confirmed by e-mail a request of that case that names
 * it, or one of another case that gets texts there now. A phone that a visitor named for a case tracked already is nobody's
 * word but his (B8).
 */
export async function trustedFor({ tx }: Reading, phoneId: number, subscriptionIds: readonly number[]): Promise<Set<number>> {
  const asked = await tx.select({ id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId })
    .from(subscriptions).where(inArray(subscriptions.id, [...subscriptionIds]))
  const subscriberIds = [...new Set(asked.map((one) => one.subscriberId))]
  const vouched = await tx.select({ subscriberId: trackingRequests.subscriberId, caseId: trackingRequests.caseId }).from(trackingRequests)
    .innerJoin(phones, and(eq(phones.number, trackingRequests.phone), eq(phones.id, phoneId)))
    .where(and(inArray(trackingRequests.subscriberId, subscriberIds), isNotNull(trackingRequests.confirmedAt)))
  const texted = await tx.select({ subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId }).from(subscriptions)
    .where(and(inArray(subscriptions.subscriberId, subscriberIds), eq(subscriptions.phoneId, phoneId), eq(subscriptions.textState, 'active')))
  const keyOf = (one: { readonly subscriberId: number; readonly caseId: number }): string => `${one.subscriberId}/${one.caseId}`
  const vouchedKeys = new Set(vouched.map(keyOf))
  const vouchedElsewhere = new Set(texted.filter((one) => vouchedKeys.has(keyOf(one))).map((one) => one.subscriberId))
  return new Set(asked.filter((one) => vouchedKeys.has(keyOf(one)) || vouchedElsewhere.has(one.subscriberId)).map((one) => one.id))
}
