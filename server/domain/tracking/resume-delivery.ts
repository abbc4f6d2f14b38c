import { and, eq } from 'drizzle-orm'
import { subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { resumeTracking } from './pause-tracking.ts'

/** Mail to an address arrives again: what was paused because it came back goes on (G4), unless the address is suppressed. */
export async function resumeDelivery(work: Work, subscriberId: number): Promise<void> {
  const paused = await work.tx.select({ id: subscriptions.id }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.emailState, 'paused'), eq(subscriptions.pausedBecause, 'delivery')))
  await resumeTracking(work, paused.map(({ id }) => id))
}
