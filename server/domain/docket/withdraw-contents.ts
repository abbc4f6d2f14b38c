import { and, eq, exists, gte, isNull } from 'drizzle-orm'
import { docketChanges, messageContents } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/** What was said about a case may no longer be said (F8): its messages that have not left will not. Safe to repeat. */
export async function withdrawContents({ tx, now }: Work, caseId: number): Promise<void> {
  await tx.update(messageContents).set({ withdrawnAt: now })
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt)))
}

/**
 * The same for what was said about one entry (A9): withdraws each content that tells a change of it, with all else that
 * stands in it.
 */
export async function withdrawEntryContents({ tx, now }: Work, caseId: number, entryId: number): Promise<void> {
  const toldIn = tx.select({ id: docketChanges.id }).from(docketChanges).where(and(
    eq(docketChanges.entryId, entryId),
    eq(docketChanges.runId, messageContents.runId),
    gte(docketChanges.id, messageContents.firstChangeId),
  ))
  await tx.update(messageContents).set({ withdrawnAt: now })
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt), exists(toldIn)))
}
