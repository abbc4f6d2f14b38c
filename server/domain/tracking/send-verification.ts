import { and, asc, eq, gt, inArray, isNull, max, or } from 'drizzle-orm'
import { cases, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { chosenOptions } from '../../contract/wording.ts'
import type { Reading, Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { isMailAllowed } from '../limits/is-mail-allowed.ts'
import type { PendingRequestContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { verificationSubject } from '../outbox/verification-subject.ts'
import { verifiedStates } from './email-verified.ts'
import type { Subscriber } from './put-subscriber.ts'

/**
 * Owes the address one e-mail that lists every request of it that waits to be confirmed (C1), those to track a case and those
 * for other options (B8), each with its own link. Over the address's limit
 * nothing is owed: the requests are kept, and the next such e-mail lists them (H1).
 */
export async function sendVerification(work: Work, site: Site, subscriber: Subscriber, requestId: number): Promise<void> {
  if (!await isMailAllowed(work, subscriber, site.profile.limits)) return
  const pending = await listPendingRequests(work, site, subscriber.id)
  const requests = pending.slice(-maxListed)
  if (requests.length === 0) return
  const more = pending.length - requests.length
  await putMessage(work, {
    dedupeKey: `verify/${requestId}/1`,
    kind: 'verification',
    subscriberId: subscriber.id,
    content: {
      ...messageFrame(site, verificationSubject(requests, more)), kind: 'verification', emailAddress: subscriber.email, requests, more,
    },
  })
}

/**
 * The requests of a subscriber that can still be confirmed, the newest of each case, in the order they came. One to track a
 * case that is tracked by now, one for other options of a case that is not, and a case that is no longer public are not
 * among them.
 */
export async function listPendingRequests(reading: Reading, site: Site, subscriberId: number): Promise<PendingRequestContent[]> {
  const { tx, now } = reading
  const newest = tx.select({ id: max(trackingRequests.id).as('newest_id') }).from(trackingRequests)
    .where(and(
      eq(trackingRequests.subscriberId, subscriberId),
      isNull(trackingRequests.confirmedAt),
      isNull(trackingRequests.withdrawnAt),
      gt(trackingRequests.expiresAt, now),
    ))
    .groupBy(trackingRequests.caseId)
    .as('newest')
  const rows = await tx.select({
    requestId: trackingRequests.id,
    subscriptionId: subscriptions.id,
    linkVersion: subscriptions.linkVersion,
    isChange: trackingRequests.isChange,
    eventTenDays: trackingRequests.eventTenDays,
    eventTwoDays: trackingRequests.eventTwoDays,
    paymentTwoDays: trackingRequests.paymentTwoDays,
    number: cases.number,
    court: cases.court,
  }).from(newest)
    .innerJoin(trackingRequests, eq(trackingRequests.id, newest.id))
    .innerJoin(cases, and(eq(cases.id, trackingRequests.caseId), eq(cases.security, 'public')))
    .innerJoin(subscriptions, and(
      eq(subscriptions.subscriberId, trackingRequests.subscriberId),
      eq(subscriptions.caseId, trackingRequests.caseId),
      or(
        and(eq(trackingRequests.isChange, false), eq(subscriptions.emailState, 'pending')),
        and(eq(trackingRequests.isChange, true), inArray(subscriptions.emailState, verifiedStates)),
      ),
    ))
    .orderBy(asc(trackingRequests.id))
  const pathOf = await addressesOfCases(reading, rows)
  return rows.map(({ requestId, subscriptionId, linkVersion, isChange, number, court, ...options }) => ({
    requestId,
    subscriptionId,
    linkVersion,
    caseNumber: number,
    caseAddress: site.origin + pathOf({ number, court }),
    ...(isChange ? { newOptions: chosenOptions(options) } : {}),
  }))
}

// So that the e-mail stays below 100 KB (F12), whatever a stranger asks for. The newest are listed.
const maxListed = 25
