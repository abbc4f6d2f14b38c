import { docketChanges } from '../../../db/schema.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { silenceEntry } from './silence-changes.ts'
import { withdrawEntryContents } from './withdraw-contents.ts'

/**
 * Keeps from leaving what was to be told of an entry that is sealed (A9), and writes down that it was, in a quiet change in which
 * nothing differs. It is no activity on the docket: the case's last activity stays.
 */
export async function sealEntry(intake: Intake, { id: caseId }: CaseFacts, entryId: number): Promise<void> {
  await silenceEntry(intake, entryId)
  await intake.tx.insert(docketChanges).values({ caseId, entryId, kind: 'updated', recordedAt: intake.now, isQuiet: true })
  await withdrawEntryContents(intake, caseId, entryId)
}
