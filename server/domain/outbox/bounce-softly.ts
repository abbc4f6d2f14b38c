import { and, eq, gt } from 'drizzle-orm'
import { subscribers, subscriptions } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { pauseTracking } from '../tracking/pause-tracking.ts'
import { suppressAddress } from './suppress-address.ts'

/** How many days notices wait after the first mail that came back for the time being, the second and the third; the next is one too many. */
export const waitDays = [1, 2, 4] as const

// All that comes back of one evening is one failure.
const sameFailureMs = 12 * 3_600_000

/**
 * A mail came back, and not for good: the mailbox may be full. Notices to its address wait, each time longer, and the one after the
 * wait tells in short what was missed (G4); no mail is sent again by itself (N2). When it goes on, the address is suppressed as one that takes no mail.
 */
export async function bounceSoftly(work: Work, profile: Pick<CourtProfile, 'timeZone'>, subscriberId: number): Promise<void> {
  const { tx, now } = work
  const [address] = await tx.select().from(subscribers).where(eq(subscribers.id, subscriberId))
  if (!address) return
  const isSame = address.softBouncedAt !== null && now.getTime() - address.softBouncedAt.getTime() < sameFailureMs
  const failures = address.softBounces + (isSame ? 0 : 1)
  const days = waitDays[failures - 1]
  if (address.suppressedAt !== null || days === undefined) return suppressAddress(work, subscriberId, 'bounced')
  if (!isSame) await tx.update(subscribers).set({ softBounces: failures, softBouncedAt: now }).where(eq(subscribers.id, subscriberId))
  const active = await tx.select({ id: subscriptions.id }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.emailState, 'active')))
  await pauseTracking(work, active.map(({ id }) => id), { because: 'delivery', until: addDays(dayOf(now, profile.timeZone), days) })
}

/** Mail arrives: the next that comes back is the first. */
export async function forgetSoftBounces({ tx }: Work, subscriberId: number): Promise<void> {
  await tx.update(subscribers).set({ softBounces: 0, softBouncedAt: null }).where(and(eq(subscribers.id, subscriberId), gt(subscribers.softBounces, 0)))
}
