import { and, eq } from 'drizzle-orm'
import { scheduledEvents } from '../../../db/schema.ts'
import type { EventRecord } from '../../contract/records.ts'
import type { Intake } from './intake.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { seekCase } from './seek-case.ts'

/**
 * Takes in one hearing or trial, known by its id within its case. What a record leaves out stays as known; each
 * difference raises `sequence`, by which calendars know the newer version (F10). It is no docket change (F1).
 */
export async function recordEvent(intake: Intake, record: EventRecord): Promise<Outcome> {
  const found = await seekCase(intake, record.case, record.court)
  if ('kind' in found) return found
  const { tx, now } = intake
  const [known] = await tx.select().from(scheduledEvents)
    .where(and(eq(scheduledEvents.caseId, found.id), eq(scheduledEvents.sourceId, record.id)))
  const next = {
    startsAt: new Date(record.startsAt),
    endsAt: endOf(record, known?.endsAt ?? null),
    kind: record.kind,
    place: record.place === undefined ? known?.place ?? null : record.place || null,
    judge: record.judge === undefined ? known?.judge ?? null : record.judge || null,
    status: record.status ?? known?.status ?? 'scheduled',
    security: record.security ?? known?.security ?? 'public',
  }
  if (!known) {
    await tx.insert(scheduledEvents)
      .values({ caseId: found.id, sourceId: record.id, ...next, sequence: 0, recordedAt: now, lastActivityAt: now })
    return accepted
  }
  const isSame = known.startsAt.getTime() === next.startsAt.getTime() && known.endsAt?.getTime() === next.endsAt?.getTime() &&
    known.kind === next.kind && known.place === next.place && known.judge === next.judge &&
    known.status === next.status && known.security === next.security
  if (isSame) return unchanged
  await tx.update(scheduledEvents).set({ ...next, sequence: known.sequence + 1, lastActivityAt: now })
    .where(eq(scheduledEvents.id, known.id))
  return accepted
}

function endOf({ endsAt }: EventRecord, known: Date | null): Date | null {
  if (endsAt === undefined) return known
  return endsAt === null ? null : new Date(endsAt)
}
