import { and, asc, eq, gt, isNotNull, isNull, lte, max, or } from 'drizzle-orm'
import { cases, courts, docketChanges, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import type { Site } from '../outbox/message-frame.ts'

const invalid = (): Refusal => new Refusal('linkInvalid', 'This link no longer works.')

/**
 * C2, C3: the address confirms one request, which from now on is a subscription: the next docket change counts (C5). To
 * confirm again changes nothing and answers alike. Refuses `linkInvalid` when the request is unknown, withdrawn, too old,
 * was stopped since or its case is no longer public; and a case that cannot be tracked any more (A5).
 */
export async function confirmTracking(work: Work, site: Site, requestId: number): Promise<void> {
  const { tx, now } = work
  const [found] = await tx.select({ request: trackingRequests, subscription: subscriptions, case: cases, court: courts })
    .from(trackingRequests)
    .innerJoin(cases, and(eq(cases.id, trackingRequests.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .innerJoin(subscriptions, and(
      eq(subscriptions.subscriberId, trackingRequests.subscriberId),
      eq(subscriptions.caseId, trackingRequests.caseId),
    ))
    .where(eq(trackingRequests.id, requestId))
  if (!found || found.request.withdrawnAt) throw invalid()
  const { request, subscription } = found
  if (request.confirmedAt) {
    if (subscription.emailState === 'active' || subscription.emailState === 'paused') return
    throw invalid()
  }
  if (request.expiresAt <= now || subscription.emailState === 'stopped') throw invalid()
  const why = whyUntrackable(site.profile, found.court, found.case.caseType)
  if (why) throw new Refusal(why.code, why.sentence)

  const { eventTenDays, eventTwoDays, paymentTwoDays } = request
  const options = { eventTenDays, eventTwoDays, paymentTwoDays }
  if (subscription.emailState === 'active') {
    await tx.update(subscriptions).set(options).where(eq(subscriptions.id, subscription.id))
  } else {
    const [last] = await tx.select({ change: max(docketChanges.id) }).from(docketChanges)
    await tx.update(subscriptions)
      .set({ ...options, emailState: 'active', emailActiveAfter: last?.change ?? 0, emailActiveAt: now, stoppedAt: null })
      .where(eq(subscriptions.id, subscription.id))
  }
  await tx.update(trackingRequests).set({ confirmedAt: now }).where(eq(trackingRequests.id, request.id))
  await tx.update(subscribers).set({ confirmedAt: now })
    .where(and(eq(subscribers.id, request.subscriberId), isNull(subscribers.confirmedAt)))
}

/**
 * C1's one button: confirms every request of the subscriber up to `lastRequestId` that can still be confirmed. Refuses
 * `linkInvalid` when there is none and none was confirmed before.
 */
export async function confirmAllTracking(work: Work, site: Site, subscriberId: number, lastRequestId: number): Promise<void> {
  const { tx, now } = work
  const requests = await tx.select({ id: trackingRequests.id, confirmedAt: trackingRequests.confirmedAt }).from(trackingRequests)
    .where(and(
      eq(trackingRequests.subscriberId, subscriberId),
      lte(trackingRequests.id, lastRequestId),
      isNull(trackingRequests.withdrawnAt),
      or(isNotNull(trackingRequests.confirmedAt), gt(trackingRequests.expiresAt, now)),
    ))
    .orderBy(asc(trackingRequests.id))
  let confirmed = 0
  for (const { id } of requests) {
    try {
      await confirmTracking(work, site, id)
      confirmed++
    } catch (error) {
      // One that can no longer be confirmed does not keep the others from it.
      if (!(error instanceof Refusal)) throw error
    }
  }
  if (confirmed === 0) throw invalid()
}
