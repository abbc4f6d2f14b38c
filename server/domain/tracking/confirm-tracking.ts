import { and, eq, isNull } from 'drizzle-orm'
import { phones, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { confirmedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { mendAddress } from '../accounts/mend-address.ts'
import { addressThatAsked } from '../consent/keep-consent-address.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import { phoneOf } from '../texts/put-phone.ts'
import { isVerificationUnderWay } from '../texts/send-phone-verification.ts'
import { findConfirmable, listConfirmable, type ConfirmableRequest, type Request } from './confirmable-requests.ts'
import { isEmailVerified, type Subscription } from './email-verified.ts'
import { lastChangeId } from './last-change-id.ts'
import { optionsBegun, optionsChanged } from './options-since.ts'
import { resumeTracking } from './pause-tracking.ts'
import { verifyConfirmedPhone } from './verify-phone.ts'

/** How it stands with the verification text of a phone: on its way or there; refused by a STOP (E6); held by a limit (H1). */
export type AwaitedText = 'underWay' | 'stopped' | 'held'

export interface Confirmation {
  /** Of the phones that were named and have yet to be verified, each answer once. */
  readonly awaited: readonly AwaitedText[]
}

/**
 * C2, C3: the address confirms one request, which from now on is a subscription: the next docket change counts (C5). Its phone
 * is verified by a text of its own (C4). A request of B8 changes options and nothing else. To confirm again changes nothing
 * and answers alike. Refuses `linkInvalid` when the request is unknown, withdrawn, too old, was stopped since or its case is
 * no longer public; and a case that cannot be tracked any more (A5).
 */
export async function confirmTracking(work: Work, site: Site, requestId: number, manner: Manner = {}): Promise<Confirmation> {
  const found = await findConfirmable(work, site, requestId)
  if (!found) throw new Refusal('linkInvalid', 'This link no longer works.')
  return { awaited: await confirm(work, site, found, manner) }
}

/**
 * C1's one button: confirms what the e-mail listed whose last request this was, in one go; a phone that several of them name
 * gets one verification text. Refuses `linkInvalid` when nothing of it can be confirmed nor was; and with A5's sentence when
 * that is why.
 */
export async function confirmAllTracking(
  work: Work, site: Site, subscriberId: number, lastRequestId: number, manner: Manner = {},
): Promise<Confirmation> {
  const listed = await listConfirmable(work, site, subscriberId, lastRequestId)
  const trackable = listed.filter((one) => one.why === null)
  // One that can no longer be confirmed does not keep the others from it.
  if (trackable.length === 0) throw refusalOf(listed[0])
  const awaited = new Set<AwaitedText>()
  for (const one of trackable) for (const text of await confirm(work, site, one, manner)) awaited.add(text)
  return { awaited: [...awaited] }
}

const refusalOf = (found: ConfirmableRequest | undefined): Refusal =>
  found?.why ? new Refusal(found.why.code, found.why.sentence) : new Refusal('linkInvalid', 'This link no longer works.')

async function confirm(work: Work, site: Site, found: ConfirmableRequest, manner: Manner): Promise<AwaitedText[]> {
  const { tx, now } = work
  const { request, subscription } = found
  if (found.why) throw refusalOf(found)
  if (!found.isDone) {
    // Its link came with mail that arrived (G4).
    await mendAddress(work, request.subscriberId)
    await putConsents(work, [{
      act: 'confirmed', subscriberId: request.subscriberId, caseId: request.caseId, phoneId: null, formerEmailKey: await addressThatAsked(work, request),
    }], {
      words: confirmedWords(request.isChange ? 'change' : 'tracking'), ...manner,
    })
    await activate(work, subscription, request)
    await tx.update(trackingRequests).set({ confirmedAt: now }).where(eq(trackingRequests.id, request.id))
    await tx.update(subscribers).set({ confirmedAt: now })
      .where(and(eq(subscribers.id, request.subscriberId), isNull(subscribers.confirmedAt)))
    if (request.phone !== null && site.profile.policy.texts === 'on') {
      await verifyConfirmedPhone(work, site, subscription, { phoneId: (await phoneOf(work, request.phone)).id, carrier: request.carrier })
    }
  }
  return request.phone === null || site.profile.policy.texts === 'off' ? [] : listAwaited(work, subscription, request.phone)
}

async function activate(work: Work, subscription: Subscription, request: Request): Promise<void> {
  const { eventTenDays, eventTwoDays, paymentTwoDays } = request
  const isSame = eventTenDays === subscription.eventTenDays && eventTwoDays === subscription.eventTwoDays
    && paymentTwoDays === subscription.paymentTwoDays
  const isActiveAlready = request.isChange || isEmailVerified(subscription)
  // To ask for it once more, and not for other options only, ends a pause.
  if (!request.isChange) await resumeTracking(work, [subscription.id])
  if (isSame && isActiveAlready) return
  const last = await lastChangeId(work)
  await work.tx.update(subscriptions).set(isActiveAlready ? optionsChanged(request, work.now) : {
    ...optionsBegun(request, work.now), emailState: 'active', emailActiveAfter: last, begunAfter: last, emailActiveAt: work.now, stoppedAt: null,
  }).where(eq(subscriptions.id, subscription.id))
}

async function listAwaited(work: Work, subscription: Subscription, number: string): Promise<AwaitedText[]> {
  const [awaited] = await work.tx.select({ id: phones.id, stoppedAt: phones.stoppedAt }).from(subscriptions)
    .innerJoin(phones, eq(phones.id, subscriptions.pendingPhoneId))
    .where(and(eq(subscriptions.id, subscription.id), eq(phones.number, number)))
  if (!awaited) return []
  if (awaited.stoppedAt) return ['stopped']
  return [await isVerificationUnderWay(work, subscription.subscriberId, awaited.id) ? 'underWay' : 'held']
}
