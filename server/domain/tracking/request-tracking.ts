import { and, eq, ne } from 'drizzle-orm'
import { subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { askedWords } from '../../contract/consent-wording.ts'
import { getTrackableCase } from '../cases/get-trackable-case.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import { termsOf } from '../consent/terms-of.ts'
import { isCaseAllowed } from '../limits/is-case-allowed.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putPhone } from '../texts/put-phone.ts'
import { isEmailVerified, type Subscription } from './email-verified.ts'
import { notPaused, nothingMissed } from './pause-tracking.ts'
import { putSubscriber, type Subscriber } from './put-subscriber.ts'
import { sendVerification } from './send-verification.ts'
import { nameNewPhone } from './verify-phone.ts'

export interface TrackingRequest extends NoticeOptions {
  readonly number: string
  readonly court: string | undefined
  readonly email: string
  /** `+1…`; null when no texts were asked for. Ignored where the court sends none (I3). */
  readonly phone: string | null
  readonly carrier: string | null
}

const requestLivesDays = 7

/**
 * B2: an address asks to track a case. Keeps the request and owes it a verification e-mail within the limits of H1. One that
 * tracks the case already is owed none (B3), unless it asks for something new (B8): a phone gets its verification text, other
 * options an e-mail that asks for them; until those are confirmed nothing changes. Whatever is known, what was asked is kept as
 * proof (H6). Says nothing of what was known. Refuses a
 * case that is not public (`caseNotFound`) or cannot be tracked (`courtTakesNoPart`, `caseTypeExcluded`).
 */
export async function requestTracking(work: Work, site: Site, request: TrackingRequest, manner: Manner = {}): Promise<void> {
  const { limits, policy } = site.profile
  const trackable = await getTrackableCase(work, site.profile, request)
  const mayBeSent = await isCaseAllowed(work, trackable.id, limits)
  const subscriber = await putSubscriber(work, request.email)
  const { eventTenDays, eventTwoDays, paymentTwoDays } = request
  const options = { eventTenDays, eventTwoDays, paymentTwoDays }
  const phone = policy.texts === 'on' ? request.phone : null
  const carrier = phone === null ? null : request.carrier
  const named = { subscriberId: subscriber.id, caseId: trackable.id, phoneId: phone === null ? null : (await putPhone(work, phone)).id }
  await putAsked(work, site, named, { ...manner, isLoggedIn: false })
  const subscription = await findSubscription(work, subscriber, trackable.id)

  const isChange = subscription !== undefined && isEmailVerified(subscription)
  if (isChange) {
    if (named.phoneId !== null && mayBeSent) await nameNewPhone(work, site, subscription, { phoneId: named.phoneId, carrier })
    if (isSameChoice(options, subscription)) return
  } else {
    await putPendingSubscription(work, subscriber, trackable.id, subscription, options)
  }
  const requestId = await putRequest(work, {
    subscriberId: subscriber.id, caseId: trackable.id, isChange, ...options, ...(isChange ? {} : { phone, carrier }),
  })
  if (mayBeSent) await sendVerification(work, site, subscriber, requestId)
}

/** H6: an address asked to track a case, and for texts to this phone where one is named. */
export async function putAsked(
  work: Work, site: Site, { phoneId, ...asked }: { readonly subscriberId: number; readonly caseId: number; readonly phoneId: number | null },
  { from = null, isLoggedIn }: Manner & { readonly isLoggedIn: boolean },
): Promise<void> {
  const terms = termsOf(site, isLoggedIn)
  await putConsents(work, [{ ...asked, act: 'asked', phoneId: null }], { from, words: askedWords(terms, false) })
  if (phoneId !== null) await putConsents(work, [{ ...asked, act: 'askedText', phoneId }], { from, words: askedWords(terms, true) })
}

export const isSameChoice = (a: NoticeOptions, b: NoticeOptions): boolean =>
  a.eventTenDays === b.eventTenDays && a.eventTwoDays === b.eventTwoDays && a.paymentTwoDays === b.paymentTwoDays

export async function findSubscription({ tx }: Work, subscriber: Pick<Subscriber, 'id'>, caseId: number): Promise<Subscription | undefined> {
  const [found] = await tx.select().from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriber.id), eq(subscriptions.caseId, caseId)))
  return found
}

/** Lets a subscription wait for its request to be confirmed. */
export async function putPendingSubscription(
  { tx, now }: Work, subscriber: Pick<Subscriber, 'id'>, caseId: number, existing: Subscription | undefined, options: NoticeOptions,
): Promise<void> {
  if (!existing) {
    await tx.insert(subscriptions).values({
      subscriberId: subscriber.id, caseId, emailState: 'pending', textState: 'none', ...options, linkVersion: 1, createdAt: now,
    })
    return
  }
  // Tracking again after a stop is verified anew and gets new links (E1); those of older mail go on working (E5).
  await tx.update(subscriptions)
    .set({ emailState: 'pending', stoppedAt: null, linkVersion: existing.linkVersion + 1, ...notPaused, ...nothingMissed })
    .where(and(eq(subscriptions.id, existing.id), ne(subscriptions.emailState, 'pending')))
}

type NewRequest = Omit<typeof trackingRequests.$inferInsert, 'id' | 'createdAt' | 'expiresAt'>

/** Keeps a request; its id. */
export async function putRequest({ tx, now }: Work, request: NewRequest): Promise<number> {
  const [kept] = await tx.insert(trackingRequests)
    .values({ ...request, createdAt: now, expiresAt: new Date(now.getTime() + requestLivesDays * 86_400_000) })
    .returning({ id: trackingRequests.id })
  if (!kept) throw new Error('A request was not kept.')
  return kept.id
}
