import { and, eq, isNotNull } from 'drizzle-orm'
import { docketChanges, docketEntries } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { DocketEntryRecord } from '../../contract/records.ts'
import type { EntryChangeKind, FieldChange, ToldField } from '../../contract/vocabulary.ts'
import { findEntryVersion, putEntryVersion } from './entry-versions.ts'
import { findZone, type CaseFacts, type Intake } from './intake.ts'
import { logChange } from './log-change.ts'
import { unchanged, type Outcome } from './outcome.ts'
import { sealEntry } from './seal-entry.ts'
import { seekCase } from './seek-case.ts'
import { toldDifferences } from './told-differences.ts'

type Entry = typeof docketEntries.$inferSelect
type EntryFacts = Omit<Entry, 'id' | 'caseId' | 'sourceId' | 'lastActivityAt'>
interface Told {
  readonly kind: EntryChangeKind
  readonly fields?: readonly FieldChange<ToldField>[]
}

/**
 * Takes in one docket entry, known by its id within its case, and appends one change where filed at, code, description,
 * text or status came or differ (F4). One that arrives voided is a `voided` change; one restored is an `updated` one.
 * A sealed entry is kept without a change, and sealing one keeps from leaving what was to be told of it (A9). A version
 * that its source had before the known one changes nothing.
 */
export async function recordEntry(intake: Intake, record: DocketEntryRecord): Promise<Outcome> {
  const found = await seekCase(intake, record.case, record.court)
  if ('kind' in found) return found
  const arrived = await factsOf(intake, found, record)
  const { filedAt, ...dated } = arrived
  const values = { caseId: found.id, sourceId: record.id, ...dated, now: intake.now }
  const [added] = filedAt === null
    ? await intake.queries.insertDatedEntry.execute(values)
    : await intake.queries.insertTimedEntry.execute({ ...values, filedAt })
  if (!added) return updateEntry(intake, found, record)
  if (record.modifiedAt !== undefined) await putEntryVersion(intake, added.id, new Date(record.modifiedAt))
  if (arrived.security === 'confidential') return { kind: 'accepted', change: null }
  const kind = arrived.status === 'voided' ? 'voided' : 'added'
  await logChange(intake, found, { entryId: added.id, kind })
  return { kind: 'accepted', change: kind }
}

async function updateEntry(intake: Intake, found: CaseFacts, record: DocketEntryRecord): Promise<Outcome> {
  const [known] = await intake.queries.entry.execute({ caseId: found.id, sourceId: record.id })
  if (!known) throw new Error('An entry is neither new nor known.')
  if (record.modifiedAt !== undefined) {
    const modifiedAt = new Date(record.modifiedAt)
    if (await isOutdated(intake, known, record, modifiedAt)) return unchanged
    await putEntryVersion(intake, known.id, modifiedAt)
  }
  const next = await factsOf(intake, found, record, known)
  const fields = toldDifferences(known, next)
  if (fields.length === 0 && known.entryNumber === next.entryNumber && known.security === next.security) return unchanged
  const told = await whatIsTold(intake, known, next, fields)
  await intake.tx.update(docketEntries).set({ ...next, ...(told && { lastActivityAt: intake.now }) }).where(eq(docketEntries.id, known.id))
  if (known.security === 'public' && next.security === 'confidential') await sealEntry(intake, found, known.id)
  if (told) await logChange(intake, found, { entryId: known.id, ...told })
  return { kind: 'accepted', change: told?.kind ?? null }
}

async function isOutdated(intake: Intake, known: Entry, { security }: DocketEntryRecord, modifiedAt: Date): Promise<boolean> {
  const version = (await findEntryVersion(intake, known.id))?.getTime() ?? -Infinity
  // Of two versions of one moment the sealed one counts.
  const isUnsealed = known.security === 'confidential' && security === 'public'
  return modifiedAt.getTime() < version || (isUnsealed && modifiedAt.getTime() === version)
}

/** What a record says of its entry; what it leaves out is as known, or the default on a first arrival. */
async function factsOf(intake: Intake, { court }: CaseFacts, record: DocketEntryRecord, known?: EntryFacts): Promise<EntryFacts> {
  const isDayOnly = record.filedAt.length === 10
  const filedAt = isDayOnly ? null : new Date(record.filedAt)
  const zone = filedAt && await findZone(intake, court)
  return {
    entryNumber: record.entryNumber === undefined ? known?.entryNumber ?? null : record.entryNumber || null,
    filedOn: filedAt && zone ? dayOf(filedAt, zone) : record.filedAt.slice(0, 10),
    filedAt,
    code: record.code === undefined ? known?.code ?? null : record.code || null,
    description: record.description,
    text: record.text ?? known?.text ?? '',
    status: record.status ?? known?.status ?? 'active',
    security: record.security ?? known?.security ?? 'public',
  }
}

async function whatIsTold(intake: Intake, known: Entry, next: EntryFacts, fields: readonly FieldChange<ToldField>[]): Promise<Told | undefined> {
  if (next.security === 'confidential') return undefined
  const isUnsealed = known.security === 'confidential'
  // Nobody was ever told of it, so to every reader it is new.
  if (isUnsealed && !await wasTaken(intake, known.id)) return { kind: next.status === 'voided' ? 'voided' : 'added' }
  if (fields.length === 0) return undefined
  const isVoided = known.status === 'active' && next.status === 'voided'
  // What it said while it was sealed stays unsaid.
  return { kind: isVoided ? 'voided' : 'updated', fields: isUnsealed ? [] : fields }
}

async function wasTaken({ tx }: Intake, entryId: number): Promise<boolean> {
  const [taken] = await tx.select({ id: docketChanges.id }).from(docketChanges)
    .where(and(eq(docketChanges.entryId, entryId), isNotNull(docketChanges.runId))).limit(1)
  return taken !== undefined
}
