import { and, eq } from 'drizzle-orm'
import { scheduledEvents } from '../../../db/schema.ts'
import type { EventRecord } from '../../contract/records.ts'
import type { Intake } from './intake.ts'
import { logEventChange } from './log-change.ts'
import { accepted, unchanged, type Outcome } from './outcome.ts'
import { differencesSinceSealing, sealEvent } from './seal-event.ts'
import { seekCase } from './seek-case.ts'
import { isStartAnew, newStart, toldEventDifferences } from './told-event.ts'
import { withdrawEventTexts } from './withdraw-event-texts.ts'

type Event = typeof scheduledEvents.$inferSelect
type EventFacts = Pick<Event, 'startsAt' | 'endsAt' | 'kind' | 'place' | 'judge' | 'status' | 'security'>

/**
 * Takes in one hearing or trial, known by its id within its case. What a record leaves out stays as known; each
 * difference raises `sequence`, by which calendars know the newer version (F10). One that is public leaves a `rescheduled`
 * change where its start, place or status differ from what was public before (F5), and the texts that say otherwise do not
 * leave; none of these is an entry's change (F1). Sealing one keeps from leaving what was to be told of it (A9).
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
  if (isSealed) await sealEvent(intake, found, known.id, known)
  if (next.security === 'confidential') return accepted
  const told = known.security === 'public' ? differences : await differencesSinceSealing(intake, known.id, next)
  if (told.length === 0) return accepted
  await logEventChange(intake, found, known.id, told)
  await withdrawEventTexts(intake, found, known.id)
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
