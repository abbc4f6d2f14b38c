import { max } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** The number of the last run there was; null before the first. */
export async function findNewestRun({ tx }: Reading): Promise<number | null> {
  const [newest] = await tx.select({ id: max(digestRuns.id) }).from(digestRuns)
  return newest?.id ?? null
}
