import { docketChanges } from '../../../db/schema.ts'
import type { ChangeKind, FieldChange, ToldEventField, ToldField } from '../../contract/vocabulary.ts'
import type { CaseFacts, Intake } from './intake.ts'

export interface Change {
  /** Null for a case that was opened again (E7). */
  readonly entryId: number | null
  readonly kind: Exclude<ChangeKind, 'rescheduled'>
  /** What an update or a voiding changed; empty where the words from before may not be said. */
  readonly fields?: readonly FieldChange<ToldField>[]
  /** Told to nobody, whatever this intake is. */
  readonly isQuiet?: boolean
}

/** Appends one docket change and makes now the last activity of its case. In a confidential case it is quiet for ever (F8). */
export async function logChange(intake: Intake, { id: caseId, security }: CaseFacts, change: Change): Promise<void> {
  const { tx, now, queries, touched } = intake
  const { entryId, kind, fields } = change
  const isQuiet = intake.isQuiet || security === 'confidential' || change.isQuiet === true
  if (fields) await tx.insert(docketChanges).values({ caseId, entryId, kind, fields, recordedAt: now, isQuiet })
  else await queries.insertChange.execute({ caseId, entryId, kind, now, isQuiet })
  if (touched.has(caseId)) return
  await queries.touchCase.execute({ caseId, now })
  touched.add(caseId)
}

/**
 * Appends the change of a scheduled event that was moved, cancelled or put back (F5), in the one sequence of all changes.
 * It is no activity on the docket: the case's last activity stays.
 */
export async function logEventChange(
  { tx, now, isQuiet }: Intake, { id: caseId, security }: CaseFacts, eventId: number, fields: readonly FieldChange<ToldEventField>[],
): Promise<void> {
  await tx.insert(docketChanges).values({
    caseId, eventId, kind: 'rescheduled', fields, recordedAt: now, isQuiet: isQuiet || security === 'confidential',
  })
}
