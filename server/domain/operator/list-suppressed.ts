import { and, count, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import { cases, subscribers, subscriptions } from '../../../db/schema.ts'
import { maskedEmail } from '../../contract/masked.ts'
import type { SuppressedView } from '../../contract/operator-view.ts'
import type { Reading } from '../../work.ts'

/** Addresses that get no notices since mail to them came back or was called spam (G4), the newest first; cases that are not public do not count (A6). */
export async function listSuppressed({ tx }: Reading, limit: number): Promise<SuppressedView[]> {
  const found = await tx.select({ id: subscribers.id, email: subscribers.email, since: subscribers.suppressedAt, because: subscribers.suppressedBecause })
    .from(subscribers).where(isNotNull(subscribers.suppressedAt)).orderBy(desc(subscribers.suppressedAt), desc(subscribers.id)).limit(limit)
  const paused = found.length === 0 ? [] : await tx.select({ subscriberId: subscriptions.subscriberId, paused: count() }).from(subscriptions)
    .innerJoin(cases, eq(cases.id, subscriptions.caseId))
    .where(and(
      inArray(subscriptions.subscriberId, found.map(({ id }) => id)), eq(subscriptions.emailState, 'paused'), eq(subscriptions.pausedBecause, 'delivery'),
      eq(cases.security, 'public'),
    )).groupBy(subscriptions.subscriberId)
  const pausedOf = new Map(paused.map((one) => [one.subscriberId, one.paused]))
  return found.flatMap(({ id, email, since, because }) => (since === null || because === null ? [] : [
    { subscriberId: id, address: maskedEmail(email), since, because, paused: pausedOf.get(id) ?? 0 },
  ]))
}
