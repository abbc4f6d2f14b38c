import { eq, inArray, sql } from 'drizzle-orm'
import { docketEntries, takenDeliveries } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

// Stands among the deliveries that were taken in, of which it is the newest of one entry; no delivery's key begins so.
const keyOf = (entryId: number): string => `entry/${entryId}`

/** When the source of an entry changed the version that is known here; undefined for a source that does not say it. */
export async function findEntryVersion({ tx }: Reading, entryId: number): Promise<Date | undefined> {
  const [known] = await tx.select({ at: takenDeliveries.takenAt }).from(takenDeliveries).where(eq(takenDeliveries.key, keyOf(entryId)))
  return known?.at
}

export async function putEntryVersion({ tx }: Work, entryId: number, at: Date): Promise<void> {
  const report = { accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } }
  await tx.insert(takenDeliveries).values({ key: keyOf(entryId), takenAt: at, report })
    .onConflictDoUpdate({ target: takenDeliveries.key, set: { takenAt: at } })
}

/** An entry that becomes one with another (A9): of two versions the newer counts. */
export async function mergeEntryVersions(work: Work, gone: number, kept: number): Promise<void> {
  const [of, other] = [await findEntryVersion(work, gone), await findEntryVersion(work, kept)]
  if (of && (!other || of > other)) await putEntryVersion(work, kept, of)
  if (of) await work.tx.delete(takenDeliveries).where(eq(takenDeliveries.key, keyOf(gone)))
}

/** For a case that is expunged, while it is still there. */
export async function eraseEntryVersions({ tx }: Work, caseId: number): Promise<void> {
  await tx.delete(takenDeliveries).where(inArray(takenDeliveries.key,
    tx.select({ key: sql<string>`'entry/' || ${docketEntries.id}` }).from(docketEntries).where(eq(docketEntries.caseId, caseId))))
}
