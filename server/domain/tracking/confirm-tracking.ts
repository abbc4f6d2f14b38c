import { and, asc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { cases, courts, phones, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putPhone } from '../texts/put-phone.ts'
import { isEmailVerified, type Subscription } from './email-verified.ts'
import { lastChangeId } from './last-change-id.ts'
import { verifyConfirmedPhone } from './verify-phone.ts'

const invalid = (): Refusal => new Refusal('linkInvalid', 'This link no longer works.')

type Request = typeof trackingRequests.$inferSelect

export interface Confirmation {
  /** The request named a phone, and that phone has yet to be verified. */
  readonly isPhoneAwaited: boolean
}

/**
 * C2, C3: the address confirms one request, which from now on is a subscription: the next docket change counts (C5). Its phone
 * is verified by a text of its own (C4). A request of B8 changes options and nothing else. To confirm again changes nothing
 * and answers alike. Refuses `linkInvalid` when the request is unknown, withdrawn, too old, was stopped since or its case is
 * no longer public; and a case that cannot be tracked any more (A5).
 */
export async function confirmTracking(work: Work, site: Site, requestId: number): Promise<Confirmation> {
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
  if (!found || !isConfirmable(found, now)) throw invalid()
  const { request, subscription } = found
  if (!request.confirmedAt) {
    const why = whyUntrackable(site.profile, found.court, found.case.caseType)
    if (why) throw new Refusal(why.code, why.sentence)
    await activate(work, subscription, request)
    await tx.update(trackingRequests).set({ confirmedAt: now }).where(eq(trackingRequests.id, request.id))
    await tx.update(subscribers).set({ confirmedAt: now })
      .where(and(eq(subscribers.id, request.subscriberId), isNull(subscribers.confirmedAt)))
    if (request.phone !== null && site.profile.policy.texts === 'on') {
      await verifyConfirmedPhone(work, site, subscription, { phoneId: (await putPhone(work, request.phone)).id, carrier: request.carrier })
    }
  }
  return { isPhoneAwaited: await isPhoneAwaited(work, subscription, request) }
}

/** Whether Confirm does something, or says again what it did. The case must be public besides. */
export function isConfirmable(
  { request, subscription }: {
    readonly request: Pick<Request, 'confirmedAt' | 'withdrawnAt' | 'expiresAt' | 'isChange'>
    readonly subscription: Pick<Subscription, 'emailState'>
  },
  now: Date,
): boolean {
  if (request.withdrawnAt || subscription.emailState === 'stopped') return false
  if (request.confirmedAt) return isEmailVerified(subscription)
  return request.expiresAt > now && (!request.isChange || isEmailVerified(subscription))
}

async function activate(work: Work, subscription: Subscription, request: Request): Promise<void> {
  const { eventTenDays, eventTwoDays, paymentTwoDays } = request
  const isSame = eventTenDays === subscription.eventTenDays && eventTwoDays === subscription.eventTwoDays
    && paymentTwoDays === subscription.paymentTwoDays
  const isActiveAlready = request.isChange || subscription.emailState === 'active'
  if (isSame && isActiveAlready) return
  // What was chosen before counts from when it was: only what is new begins now (F5).
  const since = (isChosen: boolean, before: Date | null): Date | null => (isChosen ? (isActiveAlready ? before : null) ?? work.now : null)
  const options = {
    eventTenDays, eventTwoDays, paymentTwoDays,
    eventTenDaysAt: since(eventTenDays, subscription.eventTenDaysAt),
    eventTwoDaysAt: since(eventTwoDays, subscription.eventTwoDaysAt),
    paymentTwoDaysAt: since(paymentTwoDays, subscription.paymentTwoDaysAt),
  }
  await work.tx.update(subscriptions).set(isActiveAlready ? options : {
    ...options, emailState: 'active', emailActiveAfter: await lastChangeId(work), emailActiveAt: work.now, stoppedAt: null,
  }).where(eq(subscriptions.id, subscription.id))
}

async function isPhoneAwaited({ tx }: Work, subscription: Subscription, { phone }: Request): Promise<boolean> {
  if (phone === null) return false
  const [awaited] = await tx.select({ id: phones.id }).from(subscriptions)
    .innerJoin(phones, eq(phones.id, subscriptions.pendingPhoneId))
    .where(and(eq(subscriptions.id, subscription.id), eq(phones.number, phone)))
  return awaited !== undefined
}

/**
 * C1's one button: confirms every request of the subscriber up to `lastRequestId` that can still be confirmed; a phone that
 * several of them name gets one verification text. Refuses `linkInvalid` when there is none and none was confirmed before.
 */
export async function confirmAllTracking(work: Work, site: Site, subscriberId: number, lastRequestId: number): Promise<Confirmation> {
  const { tx, now } = work
  const requests = await tx.select({ id: trackingRequests.id }).from(trackingRequests)
    .where(and(
      eq(trackingRequests.subscriberId, subscriberId),
      lte(trackingRequests.id, lastRequestId),
      isNull(trackingRequests.withdrawnAt),
      or(isNotNull(trackingRequests.confirmedAt), gt(trackingRequests.expiresAt, now)),
    ))
    .orderBy(asc(trackingRequests.id))
  const confirmations: Confirmation[] = []
  for (const { id } of requests) {
    try {
      confirmations.push(await confirmTracking(work, site, id))
    } catch (error) {
      // One that can no longer be confirmed does not keep the others from it.
      if (!(error instanceof Refusal)) throw error
    }
  }
  if (confirmations.length === 0) throw invalid()
  return { isPhoneAwaited: confirmations.some((one) => one.isPhoneAwaited) }
}
