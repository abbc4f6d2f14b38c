import { askedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import type { Account } from '../accounts/find-account.ts'
import { whyUnmailable } from '../accounts/why-unmailable.ts'
import { getTrackableCase } from '../cases/get-trackable-case.ts'
import type { Manner } from '../consent/put-consents.ts'
import { termsOf } from '../consent/terms-of.ts'
import { isCaseAllowed } from '../limits/is-case-allowed.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putPhone } from '../texts/put-phone.ts'
import { confirmTracking, type Confirmation } from './confirm-tracking.ts'
import { isEmailVerified } from './email-verified.ts'
import { resumeTracking } from './pause-tracking.ts'
import { findSubscription, isSameChoice, putAsked, putPendingSubscription, putRequest, type TrackingRequest } from './request-tracking.ts'

/**
 * D2: who is logged in tracks a case at once, by the address of the account: nothing is to be confirmed by e-mail (C5). A phone
 * gets its verification text at once (C4), unless one is under way. To ask again changes options and a phone, ends a pause, and
 * makes nothing anew. The request is kept as what the address asked for and confirmed (H6). Refuses an account whose address takes
 * no mail (`notAllowed`, D4, D5) and as `requestTracking` does.
 */
export async function trackAsAccount(
  work: Work, site: Site, account: Pick<Account, 'subscriberId' | 'kind' | 'isMailable'>, request: Omit<TrackingRequest, 'email'>, manner: Manner = {},
): Promise<Confirmation> {
  const trackable = await getTrackableCase(work, site.profile, request)
  const why = whyUnmailable(account, site.profile)
  if (why !== null) throw new Refusal('notAllowed', why)
  const asked = site.profile.policy.texts === 'on' ? request.phone : null
  // Over the limit of the case nothing is sent (H1).
  const phone = asked === null || await isCaseAllowed(work, trackable.id, site.profile.limits) ? asked : null
  const { eventTenDays, eventTwoDays, paymentTwoDays } = request
  const options = { eventTenDays, eventTwoDays, paymentTwoDays }
  const subscriber = { id: account.subscriberId }
  const subscription = await findSubscription(work, subscriber, trackable.id)
  const isChange = subscription !== undefined && isEmailVerified(subscription)
  if (isChange) await resumeTracking(work, [subscription.id])
  else await putPendingSubscription(work, subscriber, trackable.id, subscription, options)
  const heldBack = asked === phone ? [] : ['held' as const]
  if (isChange && phone === null && isSameChoice(options, subscription)) return { awaited: heldBack }
  const requestId = await putRequest(work, {
    subscriberId: subscriber.id, caseId: trackable.id, isChange, ...options, phone, carrier: phone === null ? null : request.carrier,
  })
  const phoneId = phone === null ? null : (await putPhone(work, phone)).id
  await putAsked(work, site, { subscriberId: subscriber.id, caseId: trackable.id, phoneId }, { ...manner, isLoggedIn: true })
  const { awaited } = await confirmTracking(work, site, requestId, { ...manner, words: askedWords(termsOf(site, true), false) })
  return { awaited: [...awaited, ...heldBack] }
}
