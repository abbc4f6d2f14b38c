import { and, asc, eq } from 'drizzle-orm'
import { scheduledEvents } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { EventView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

/** The public events of a case in the order of their start, past and cancelled ones included (A4, A9). Refuses as `getPublicCase`. */
export async function listEvents(reading: Reading, name: CaseName): Promise<EventView[]> {
  const { case: { id } } = await getPublicCase(reading, name)
  const rows = await reading.tx.select().from(scheduledEvents)
    .where(and(eq(scheduledEvents.caseId, id), eq(scheduledEvents.security, 'public')))
    .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id))
  return rows.map(eventView)
}

/** What pages show of an event. */
export const eventView = ({ id, startsAt, endsAt, kind, place, judge, status }: typeof scheduledEvents.$inferSelect): EventView =>
  ({ id, startsAt, endsAt, kind: displayText(kind), place: displayText(place), judge: displayText(judge), status })
