import { eq } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { DigestRun } from './take-changes.ts'

/** Keeps how long the run took until its notices were in the outbox, for operators (I5). */
export async function finishRun({ tx }: Work, { id, startedAt }: DigestRun, durationMs: number): Promise<void> {
  await tx.update(digestRuns).set({ finishedAt: new Date(startedAt.getTime() + durationMs) }).where(eq(digestRuns.id, id))
}
