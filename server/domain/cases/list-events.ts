import { and, asc, eq, inArray } from 'drizzle-orm'
import { docketChanges, scheduledEvents } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { EventView, ScheduledEventView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

/** The public events of a case in the order of their start, past and cancelled ones included (A4, A9). Refuses as `getPublicCase`. */
export async function listEvents(reading: Reading, name: CaseName): Promise<ScheduledEventView[]> {
  const { case: { id } } = await getPublicCase(reading, name)
  const rows = await reading.tx.select().from(scheduledEvents)
    .where(and(eq(scheduledEvents.caseId, id), eq(scheduledEvents.security, 'public')))
    .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id))
  const moved = await movesOf(reading, rows.map((row) => row.id))
  return rows.map((row) => ({ ...eventView(row), movedFrom: moved.get(row.id) ?? null }))
}

/** By event, the start from before its last move. */
async function movesOf({ tx }: Reading, eventIds: readonly number[]): Promise<Map<number, Date>> {
  if (eventIds.length === 0) return new Map()
  const changes = await tx.select({ eventId: docketChanges.eventId, fields: docketChanges.fields }).from(docketChanges)
    .where(inArray(docketChanges.eventId, [...eventIds])).orderBy(asc(docketChanges.id))
  return new Map(changes.flatMap(({ eventId, fields }) =>
    (fields ?? []).filter(({ field }) => field === 'startsAt').map(({ from }): [number, Date] => [eventId ?? 0, new Date(from)])))
}

/** What pages show of an event. */
export const eventView = ({ id, startsAt, endsAt, kind, place, judge, status }: typeof scheduledEvents.$inferSelect): EventView =>
  ({ id, startsAt, endsAt, kind: displayText(kind), place: displayText(place), judge: displayText(judge), status })
