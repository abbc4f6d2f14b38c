import { and, eq } from 'drizzle-orm'
import { docketChanges } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isUntaken } from '../digest/take-changes.ts'

/**
 * The changes of a case that no run has taken will never be told (F8). What a run has taken already stands in contents,
 * which `withdrawContents` sees to.
 */
export async function silenceCase({ tx }: Work, caseId: number): Promise<void> {
  await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.caseId, caseId), isUntaken))
}

/** The same for the changes of one entry (A9). */
export async function silenceEntry({ tx }: Work, entryId: number): Promise<void> {
  await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.entryId, entryId), isUntaken))
}
