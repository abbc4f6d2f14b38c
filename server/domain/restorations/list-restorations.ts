import { desc, isNull } from 'drizzle-orm'
import { restorations } from '../../../db/schema.ts'
import type { UnclearedBackup } from '../../contract/operator-view.ts'
import type { Reading } from '../../work.ts'

export type Restoration = typeof restorations.$inferSelect

/** The newest backups that took the place of the database, newest first. */
export const listRestorations = async ({ tx }: Reading, limit: number): Promise<Restoration[]> =>
  tx.select().from(restorations).orderBy(desc(restorations.id)).limit(limit)

/** The newest backup that keeps notices and texts from leaving until `ttc restored --clear`; null where there is none (R14). */
export async function findUnclearedBackup({ tx }: Reading): Promise<UnclearedBackup | null> {
  const [one] = await tx.select({ backedUpAt: restorations.backedUpAt, restoredAt: restorations.restoredAt }).from(restorations)
    .where(isNull(restorations.clearedAt)).orderBy(desc(restorations.id)).limit(1)
  return one ?? null
}
