import { isNull } from 'drizzle-orm'
import { restorations } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/**
 * Why what is owed now is parked: a backup took the place of the database, and nobody has said yet that what left since it was made
 * was looked after. Undefined when there is no such backup.
 */
export async function whyUnclear({ tx }: Reading): Promise<string | undefined> {
  const [one] = await tx.select({ id: restorations.id }).from(restorations).where(isNull(restorations.clearedAt)).limit(1)
  return one && parkedByRestoration.planned
}

/** Reasons of what a restoration parked, by which it is found again. */
export const parkedByRestoration = {
  waited: 'A backup was restored in which it waited: it may have left since the backup was made.',
  planned: 'A backup was restored before it was planned: it may have been told already since the backup was made.',
} as const
