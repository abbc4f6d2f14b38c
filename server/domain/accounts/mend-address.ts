import { and, eq, isNotNull } from 'drizzle-orm'
import { subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { resumeDelivery } from '../tracking/resume-delivery.ts'

/**
 * G4: mail to the address arrives again, by its owner's or an operator's word: it is not suppressed any more, and what was paused
 * for it goes on; the next evening tells what was missed. `notSuppressed` where there is nothing to mend.
 */
export async function mendAddress(work: Work, subscriberId: number): Promise<'mended' | 'notSuppressed'> {
  const { tx } = work
  const mended = await tx.update(subscribers).set({ suppressedAt: null, suppressedBecause: null })
    .where(and(eq(subscribers.id, subscriberId), isNotNull(subscribers.suppressedAt))).returning({ id: subscribers.id })
  if (mended.length === 0) return 'notSuppressed'
  await resumeDelivery(work, subscriberId)
  return 'mended'
}
