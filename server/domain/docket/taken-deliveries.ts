import { eq } from 'drizzle-orm'
import { takenDeliveries } from '../../../db/schema.ts'
import type { FeedReport } from '../../contract/records.ts'
import type { Reading, Work } from '../../work.ts'

/** What was answered to a delivery of this source and key; undefined for one that was not taken in yet. */
export async function findTakenDelivery({ tx }: Reading, key: string): Promise<FeedReport | undefined> {
  const [taken] = await tx.select({ report: takenDeliveries.report }).from(takenDeliveries).where(eq(takenDeliveries.key, key))
  return taken?.report
}

/** Remembers that a delivery was taken in: the same again takes nothing, however late, and is answered alike. */
export async function putTakenDelivery({ tx, now }: Work, key: string, report: FeedReport): Promise<void> {
  await tx.insert(takenDeliveries).values({ key, takenAt: now, report }).onConflictDoNothing({ target: takenDeliveries.key })
}
