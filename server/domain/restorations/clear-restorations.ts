import { isNull } from 'drizzle-orm'
import { restorations } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/**
 * An operator's word that what left since the restored backup was made has been looked after: what is owed from now on leaves again.
 * What is parked stays parked. How many restorations it was about.
 */
export async function clearRestorations({ tx, now }: Work): Promise<number> {
  const cleared = await tx.update(restorations).set({ clearedAt: now }).where(isNull(restorations.clearedAt)).returning({ id: restorations.id })
  return cleared.length
}
