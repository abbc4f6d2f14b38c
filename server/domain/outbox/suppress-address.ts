import { and, eq, isNull } from 'drizzle-orm'
import { subscribers, subscriptions } from '../../../db/schema.ts'
import type { SuppressionReason } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { pauseTracking } from '../tracking/pause-tracking.ts'

/**
 * G4: mail to an address came back or was called spam: no notices go there, and tracking by e-mail is paused, not lost, until
 * somebody reads its mail again.
 */
export async function suppressAddress(work: Work, subscriberId: number, because: SuppressionReason): Promise<void> {
  const { tx, now } = work
  await tx.update(subscribers).set({ suppressedAt: now, suppressedBecause: because, softBounces: 0, softBouncedAt: null }).where(and(eq(subscribers.id, subscriberId), isNull(subscribers.suppressedAt)))
  // Whichever was told first: who called it spam is asked before anything is sent again.
  if (because === 'complained') await tx.update(subscribers).set({ suppressedBecause: because }).where(eq(subscribers.id, subscriberId))
  const active = await tx.select({ id: subscriptions.id }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.emailState, 'active')))
  // What waited for a day since mail came back for the time being waits for its reader now.
  await tx.update(subscriptions).set({ pausedUntil: null })
    .where(and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.emailState, 'paused'), eq(subscriptions.pausedBecause, 'delivery')))
  await pauseTracking(work, active.map(({ id }) => id), { because: 'delivery', until: null })
}
