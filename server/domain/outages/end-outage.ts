import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { outages } from '../../../db/schema.ts'
import { announcedKinds } from '../../contract/outages-view.ts'
import type { Work } from '../../work.ts'

/**
 * Ends an announced outage that is under way, now; one that has not begun is called off and leaves the log. `none`: there is
 * no such outage, it is over, or the service noticed it by itself and sees its end by itself.
 */
export async function endOutage({ tx, now }: Work, id: number): Promise<'ended' | 'calledOff' | 'none'> {
  const [outage] = await tx.select({ startsAt: outages.startsAt }).from(outages)
    .where(and(eq(outages.id, id), inArray(outages.kind, announcedKinds), or(isNull(outages.endsAt), gt(outages.endsAt, now))))
  if (!outage) return 'none'
  if (outage.startsAt > now) {
    await tx.delete(outages).where(eq(outages.id, id))
    return 'calledOff'
  }
  await tx.update(outages).set({ endsAt: now }).where(eq(outages.id, id))
  return 'ended'
}
