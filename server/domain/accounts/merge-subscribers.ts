import { and, eq, inArray, isNotNull, notInArray, or } from 'drizzle-orm'
import {
  accountRequests, consents, formerSubscribers, outboxMessages, phones, phoneVerifications, reportRequests, subscribers, subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { keepConsentAddress } from '../consent/keep-consent-address.ts'
import { joinDoubles } from '../docket/merge-subscriptions.ts'
import { tellOnce } from './tell-once.ts'

/**
 * Two subscribers turn out to be one reader (G1): all that the one tracks, asked for and was sent is the other's, and it is gone. What
 * both track is one subscription. Its links act on the other, by `former_subscribers` and `former_subscriptions`.
 */
export async function mergeSubscribers(work: Work, fromId: number, intoId: number): Promise<void> {
  const { tx } = work
  const mine = tx.select({ id: subscriptions.caseId }).from(subscriptions).where(eq(subscriptions.subscriberId, intoId))
  await tx.update(subscriptions).set({ subscriberId: intoId }).where(and(eq(subscriptions.subscriberId, fromId), notInArray(subscriptions.caseId, mine)))
  await joinWhatBothTrack(work, fromId, intoId)
  for (const table of [trackingRequests, reportRequests, phoneVerifications, accountRequests, formerSubscribers] as const) {
    await tx.update(table).set({ subscriberId: intoId }).where(eq(table.subscriberId, fromId))
  }
  await keepConsentAddress(work, fromId)
  await tx.update(consents).set({ subscriberId: intoId }).where(eq(consents.subscriberId, fromId))
  await tx.update(outboxMessages).set({ subscriberId: intoId }).where(eq(outboxMessages.subscriberId, fromId))
  await tx.insert(formerSubscribers).values({ id: fromId, subscriberId: intoId })
  await tx.delete(subscribers).where(eq(subscribers.id, fromId))
}

async function joinWhatBothTrack(work: Work, fromId: number, intoId: number): Promise<void> {
  const { tx } = work
  const isFrom = eq(subscriptions.subscriberId, fromId)
  const doubles = await tx.select().from(subscriptions).where(isFrom)
  if (doubles.length === 0) return
  const ofBoth = tx.select({ id: subscriptions.caseId }).from(subscriptions).where(isFrom)
  const like = new Map((await tx.select().from(subscriptions).where(and(eq(subscriptions.subscriberId, intoId), inArray(subscriptions.caseId, ofBoth))))
    .map((kept) => [kept.caseId, kept]))
  const pairs = doubles.map((gone) => {
    const kept = like.get(gone.caseId)
    if (!kept) throw new Error('A subscription neither moved nor had its like.')
    return { gone, kept }
  })
  await tellOnce(work, pairs)
  await joinDoubles(work, isFrom, pairs, await listStoppedPhones(work, fromId, intoId))
}

async function listStoppedPhones({ tx }: Work, fromId: number, intoId: number): Promise<Set<number>> {
  const named = tx.select({ id: subscriptions.phoneId }).from(subscriptions)
    .where(and(or(eq(subscriptions.subscriberId, fromId), eq(subscriptions.subscriberId, intoId)), isNotNull(subscriptions.phoneId)))
  return new Set((await tx.select({ id: phones.id }).from(phones).where(and(isNotNull(phones.stoppedAt), inArray(phones.id, named)))).map(({ id }) => id))
}
