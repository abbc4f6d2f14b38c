import { and, count, eq, gt } from 'drizzle-orm'
import { trackingRequests } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

const hourMs = 3_600_000

/** Whether asking about this case may still cause anything to be sent: 200 requests of it an hour, whoever asks (H1). */
export async function isCaseAllowed({ tx, now }: Reading, caseId: number, { casePerHour }: CourtProfile['limits']): Promise<boolean> {
  const [row] = await tx.select({ requests: count() }).from(trackingRequests)
    .where(and(eq(trackingRequests.caseId, caseId), gt(trackingRequests.createdAt, new Date(now.getTime() - hourMs))))
  return (row?.requests ?? 0) < casePerHour
}
