import { desc } from 'drizzle-orm'
import { restorations } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

export type Restoration = typeof restorations.$inferSelect

/** The newest backups that took the place of the database, newest first. */
export const listRestorations = async ({ tx }: Reading, limit: number): Promise<Restoration[]> =>
  tx.select().from(restorations).orderBy(desc(restorations.id)).limit(limit)
