import { and, eq, inArray, ne } from 'drizzle-orm'
import { subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { getTrackableCase } from '../cases/get-trackable-case.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putSubscriber, type Subscriber } from './put-subscriber.ts'
import { sendVerification } from './send-verification.ts'

export interface TrackingRequest extends NoticeOptions {
  readonly number: string
  readonly court: string | undefined
  readonly email: string
  /** `+1…`; null when no texts were asked for. */
  readonly phone: string | null
  readonly carrier: string | null
}

const requestLivesDays = 7

/**
 * B2: an address asks to track a case. Keeps the request and owes it a verification e-mail within the limits of H1; one
 * that tracks the case already is owed none (B3). Says nothing of what was known. Refuses a case that is not public
 * (`caseNotFound`) or cannot be tracked (`courtTakesNoPart`, `caseTypeExcluded`).
 */
export async function requestTracking(work: Work, site: Site, request: TrackingRequest): Promise<void> {
  const { tx, now } = work
  const trackable = await getTrackableCase(work, site.profile, request)
  const subscriber = await putSubscriber(work, request.email)
  if (await isTracking(work, subscriber, trackable.id)) return
  const { eventTenDays, eventTwoDays, paymentTwoDays, phone, carrier } = request
  const options = { eventTenDays, eventTwoDays, paymentTwoDays }
  await putPendingSubscription(work, subscriber, trackable.id, options)
  const [kept] = await tx.insert(trackingRequests).values({
    subscriberId: subscriber.id,
    caseId: trackable.id,
    phone,
    carrier,
    ...options,
    createdAt: now,
    expiresAt: new Date(now.getTime() + requestLivesDays * 86_400_000),
  }).returning({ id: trackingRequests.id })
  if (kept) await sendVerification(work, site, subscriber, kept.id)
}

async function isTracking({ tx }: Work, subscriber: Subscriber, caseId: number): Promise<boolean> {
  const [active] = await tx.select({ id: subscriptions.id }).from(subscriptions).where(and(
    eq(subscriptions.subscriberId, subscriber.id),
    eq(subscriptions.caseId, caseId),
    inArray(subscriptions.emailState, ['active', 'paused']),
  ))
  return active !== undefined
}

async function putPendingSubscription({ tx, now }: Work, subscriber: Subscriber, caseId: number, options: NoticeOptions): Promise<void> {
  const [existing] = await tx.select().from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriber.id), eq(subscriptions.caseId, caseId)))
  if (!existing) {
    await tx.insert(subscriptions).values({
      subscriberId: subscriber.id, caseId, emailState: 'pending', textState: 'none', ...options, linkVersion: 1, createdAt: now,
    })
    return
  }
  // Tracking again after a stop is verified anew and gets new links (E1); those of older mail go on working (E5).
  await tx.update(subscriptions)
    .set({ emailState: 'pending', stoppedAt: null, linkVersion: existing.linkVersion + 1 })
    .where(and(eq(subscriptions.id, existing.id), ne(subscriptions.emailState, 'pending')))
}
