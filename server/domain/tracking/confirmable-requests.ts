import { and, asc, eq, inArray, isNull, lte, max, type SQL } from 'drizzle-orm'
import { cases, courts, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { whyUntrackable, type Untrackable } from '../cases/why-untrackable.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isEmailVerified, type Subscription } from './email-verified.ts'
import { findLinkedSubscriber } from './find-linked-subscriber.ts'

export type Request = typeof trackingRequests.$inferSelect

/** A request whose button does something, or says again what it did. */
export interface ConfirmableRequest {
  readonly request: Request
  readonly subscription: Subscription
  readonly number: string
  /** The court's code. */
  readonly court: string
  readonly email: string
  /** To confirm it changes nothing any more. */
  readonly isDone: boolean
  /** Why it cannot be confirmed yet all the same (A5). */
  readonly why: Untrackable | null
}

type Profiled = Pick<Site, 'profile'>

/** The request of a confirm link (C3): also one that is not the newest of its case. Undefined when its link does nothing. */
export async function findConfirmable(reading: Reading, site: Profiled, requestId: number): Promise<ConfirmableRequest | undefined> {
  const [found] = await listRequests(reading, site, eq(trackingRequests.id, requestId))
  return found && isConfirmable(found, reading.now) ? found : undefined
}

/** Whether Confirm does something, or says again what it did. The case must be public besides. */
function isConfirmable({ request, subscription }: Pick<ConfirmableRequest, 'request' | 'subscription'>, now: Date): boolean {
  if (request.withdrawnAt || subscription.emailState === 'stopped') return false
  if (request.confirmedAt) return isEmailVerified(subscription)
  return request.expiresAt > now && (!request.isChange || isEmailVerified(subscription))
}

/**
 * Those of C1's one button: what the e-mail listed whose last request this was. Of each case that is the newest, if it
 * still waits as it did then. One that was confirmed since, or whose case was, is done.
 */
export async function listConfirmable(reading: Reading, site: Profiled, subscriberId: number, lastRequestId: number): Promise<ConfirmableRequest[]> {
  const newest = newestOfCases(reading, await findLinkedSubscriber(reading, subscriberId), lte(trackingRequests.id, lastRequestId))
  const rows = await listRequests(reading, site, inArray(trackingRequests.id, reading.tx.select({ id: newest.id }).from(newest)))
  const listedAt = rows.reduce((latest, { request }) => Math.max(latest, request.createdAt.getTime()), 0)
  return rows.flatMap((row) => {
    if (isWaiting(row, reading.now)) return [row]
    const { request, subscription } = row
    const doneAt = request.confirmedAt ?? (request.isChange ? null : subscription.emailActiveAt)
    return isEmailVerified(subscription) && doneAt && doneAt.getTime() >= listedAt ? [{ ...row, isDone: true }] : []
  })
}

/**
 * What a verification e-mail of a subscriber lists (C1): the newest request of each case, in the order they came, unless it
 * is confirmed or too old, asks to track a case that is tracked by now, or for other options of one that is not.
 */
export async function listWaiting(reading: Reading, site: Profiled, subscriberId: number): Promise<ConfirmableRequest[]> {
  const newest = newestOfCases(reading, subscriberId)
  const isNewest = inArray(trackingRequests.id, reading.tx.select({ id: newest.id }).from(newest))
  const rows = await listRequests(reading, site, and(isNewest, isNull(trackingRequests.confirmedAt)))
  return rows.filter((row) => isWaiting(row, reading.now))
}

function isWaiting({ request, subscription }: Pick<ConfirmableRequest, 'request' | 'subscription'>, now: Date): boolean {
  if (request.confirmedAt || request.expiresAt <= now) return false
  return request.isChange ? isEmailVerified(subscription) : subscription.emailState === 'pending'
}

/** The newest request of each case of a subscriber, of these: an older one that was never confirmed is listed no more. */
const newestOfCases = ({ tx }: Reading, subscriberId: number, which?: SQL) =>
  tx.select({ id: max(trackingRequests.id).as('newest_id') }).from(trackingRequests)
    .where(and(eq(trackingRequests.subscriberId, subscriberId), isNull(trackingRequests.withdrawnAt), which))
    .groupBy(trackingRequests.caseId)
    .as('newest')

/** Of public cases alone (A6), in the order they came. */
async function listRequests({ tx }: Reading, { profile }: Profiled, which: SQL | undefined): Promise<ConfirmableRequest[]> {
  const rows = await tx.select({
    request: trackingRequests, subscription: subscriptions, number: cases.number, email: subscribers.email,
    court: cases.court, caseType: cases.caseType, ofCourt: { name: courts.name, isTakingPart: courts.isTakingPart },
  }).from(trackingRequests)
    .innerJoin(subscribers, eq(subscribers.id, trackingRequests.subscriberId))
    .innerJoin(cases, and(eq(cases.id, trackingRequests.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .innerJoin(subscriptions, and(
      eq(subscriptions.subscriberId, trackingRequests.subscriberId),
      eq(subscriptions.caseId, trackingRequests.caseId),
    ))
    .where(which)
    .orderBy(asc(trackingRequests.id))
  return rows.map(({ ofCourt, caseType, ...row }) => ({
    ...row,
    isDone: row.request.confirmedAt !== null,
    why: row.request.confirmedAt ? null : whyUntrackable(profile, ofCourt, caseType),
  }))
}
