import { eq } from 'drizzle-orm'
import { cases } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { eraseEntryVersions } from './entry-versions.ts'
import { eraseMessages } from './erase-messages.ts'
import { dropNameWords } from './name-words.ts'

/** A case goes, and with it its record, its former numbers, its subscriptions, what it owed and what was said about it (A9). */
export async function eraseCase(work: Work, caseId: number): Promise<void> {
  await eraseMessages(work, caseId)
  await eraseEntryVersions(work, caseId)
  await dropNameWords(work, caseId, 'all')
  await work.tx.delete(cases).where(eq(cases.id, caseId))
}
