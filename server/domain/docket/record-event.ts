import { and, eq } from 'drizzle-orm'
import { scheduledEvents } from '../../../db/schema.ts'
import type { EventRecord } from '../../contract/records.ts'
import type { FieldChange, ToldEventField } from '../../contract/vocabulary.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { logEventChange } from './log-change.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { seekCase } from './seek-case.ts'
import { silenceEvent } from './silence-changes.ts'
import { withdrawEventContents } from './withdraw-contents.ts'

type Event = typeof scheduledEvents.$inferSelect
type EventFacts = Pick<Event, 'startsAt' | 'endsAt' | 'kind' | 'place' | 'judge' | 'status' | 'security'>

/**
 * Takes in one hearing or trial, known by its id within its case. What a record leaves out stays as known; each
 * difference raises `sequence`, by which calendars know the newer version (F10). One that was public and still is leaves a
 * `rescheduled` change where its start, place or status differ (F5); none of these is an entry's change (F1). Sealing one
 * keeps from leaving what was to be told of it (A9).
 */
export async function recordEvent(intake: Intake, record: EventRecord): Promise<Outcome> {
  const found = await seekCase(intake, record.case, record.court)
  if ('kind' in found) return found
  const { tx, now } = intake
  const [known] = await tx.select().from(scheduledEvents)
    .where(and(eq(scheduledEvents.caseId, found.id), eq(scheduledEvents.sourceId, record.id)))
  const next = factsOf(record, known)
  if (!known) {
    await tx.insert(scheduledEvents).values({
      caseId: found.id, sourceId: record.id, ...next, sequence: 0, recordedAt: now, lastActivityAt: now, ...newStart(intake, found, next),
    })
    return accepted
  }
  const differences = toldEventDifferences(known, next)
  const isSame = differences.length === 0 && known.endsAt?.getTime() === next.endsAt?.getTime() && known.kind === next.kind &&
    known.judge === next.judge && known.security === next.security
  if (isSame) return unchanged
  const isSealed = known.security === 'public' && next.security === 'confidential'
  await tx.update(scheduledEvents).set({
    ...next, sequence: known.sequence + 1, lastActivityAt: now,
    ...(isStartAnew(known, next) && newStart(intake, found, next)), ...(isSealed && { isStartUntaken: false }),
  }).where(eq(scheduledEvents.id, known.id))
  if (isSealed) {
    await silenceEvent(intake, known.id)
    await withdrawEventContents(intake, found.id, known.id)
  }
  const isPublic = known.security === 'public' && next.security === 'public'
  if (isPublic && differences.length > 0) await logEventChange(intake, found, known.id, differences)
  return accepted
}

function factsOf(record: EventRecord, known: Event | undefined): EventFacts {
  return {
    startsAt: new Date(record.startsAt),
    endsAt: endOf(record, known?.endsAt ?? null),
    kind: record.kind,
    place: record.place === undefined ? known?.place ?? null : record.place || null,
    judge: record.judge === undefined ? known?.judge ?? null : record.judge || null,
    status: record.status ?? known?.status ?? 'scheduled',
    security: record.security ?? known?.security ?? 'public',
  }
}

function endOf({ endsAt }: EventRecord, known: Date | null): Date | null {
  if (endsAt === undefined) return known
  return endsAt === null ? null : new Date(endsAt)
}

/** The told fields in which an event differs from what was known of it: an instant as ISO text in UTC, or text. */
function toldEventDifferences(known: EventFacts, told: EventFacts): FieldChange<ToldEventField>[] {
  const pairs: readonly (readonly [ToldEventField, string, string])[] = [
    ['startsAt', known.startsAt.toISOString(), told.startsAt.toISOString()],
    ['place', known.place ?? '', told.place ?? ''],
    ['status', known.status, told.status],
  ]
  return pairs.filter(([, from, to]) => from !== to).map(([field, from, to]) => ({ field, from, to }))
}

/** Whether readers get to know a start that did not stand before: another one, or one that was cancelled or sealed. */
const isStartAnew = (known: EventFacts, next: EventFacts): boolean =>
  known.startsAt.getTime() !== next.startsAt.getTime() ||
  (known.status === 'cancelled' && next.status === 'scheduled') ||
  (known.security === 'confidential' && next.security === 'public')

/** From when a start counts. What fell due before is owed once, by the next run, but not of history or what is not public (F5, I7). */
const newStart = ({ now, isQuiet }: Intake, { security }: CaseFacts, next: EventFacts): Pick<Event, 'startRecordedAt' | 'isStartUntaken'> =>
  ({ startRecordedAt: now, isStartUntaken: !isQuiet && security === 'public' && next.security === 'public' })
