import { and, count, eq, gt, lte, desc, sql } from 'drizzle-orm'
import { trackingRequests } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

const hourMs = 3_600_000

/** Whether asking about this case may still cause anything to be sent: 200 requests of it an hour, whoever asks (H1). */
export async function isCaseAllowed({ tx, now }: Reading, caseId: number, { casePerHour }: CourtProfile['limits']): Promise<boolean> {
  // Requests are numbered as they come: those of the last hour are the ones after the newest older one.
  const before = tx.select({ id: trackingRequests.id }).from(trackingRequests)
    .where(lte(trackingRequests.createdAt, new Date(now.getTime() - hourMs))).orderBy(desc(trackingRequests.id)).limit(1)
  const [row] = await tx.select({ requests: count() }).from(trackingRequests)
    .where(and(gt(trackingRequests.id, sql`coalesce((${before}), 0)`), eq(trackingRequests.caseId, caseId)))
  return (row?.requests ?? 0) < casePerHour
}
