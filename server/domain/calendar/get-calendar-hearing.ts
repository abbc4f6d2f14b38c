import { and, eq } from 'drizzle-orm'
import { scheduledEvents } from '../../../db/schema.ts'
import { caseAddress } from '../../contract/case-address.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from '../cases/public-cases-named.ts'
import { calendarHearing, type CalendarHearing } from './calendar-hearing.ts'

/**
 * One hearing of a public case for a reader's calendar, a cancelled one included (F10). Refuses as `getPublicCase`, and in
 * the same words for an event that is sealed or of another case (A6, A9).
 */
export async function getCalendarHearing(reading: Reading, origin: string, { event, ...name }: CaseName & { readonly event: number }): Promise<CalendarHearing> {
  const { case: { id, number, court }, needsCourt } = await getPublicCase(reading, name)
  const [found] = await reading.tx.select().from(scheduledEvents)
    .where(and(eq(scheduledEvents.id, event), eq(scheduledEvents.caseId, id), eq(scheduledEvents.security, 'public')))
  if (!found) throw new Refusal('caseNotFound', 'No case with this number was found.')
  return calendarHearing(origin, number, origin + caseAddress(number, court, needsCourt, 'events'), found)
}
