import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { displayText } from '../contract/display-text.ts'
import type { CalendarHearing } from '../domain/calendar/calendar-hearing.ts'
import type { Attachment } from '../ports.ts'

/** A line breaks no further than its own property: what would steer a calendar is taken out, the rest is escaped (H3). */
const oneLine = (text: string): string => displayText(text.toWellFormed()).replace(/\s+/g, ' ').trim()

/**
 * The calendar file of hearings (F10): published, so that a reader adds them and answers nobody; a newer version of the
 * same hearing takes the place of the older, and a cancelled one is shown so. The same hearings always give the same bytes.
 */
export function calendarFile(serviceName: string, hearings: readonly CalendarHearing[]): Attachment {
  const calendar = ical({ prodId: { company: oneLine(serviceName), product: 'Hearings', language: 'EN' }, method: ICalCalendarMethod.PUBLISH })
  for (const { uid, sequence, stamp, startsAt, endsAt, isCancelled, title, place, address } of hearings) {
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: new Date(stamp),
      start: new Date(startsAt),
      ...(endsAt !== null && { end: new Date(endsAt) }),
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      summary: oneLine(isCancelled ? `Cancelled: ${title}` : title),
      ...(place !== null && { location: oneLine(place) }),
      description: address,
      url: address,
    })
  }
  return { filename: hearings.length === 1 ? 'hearing.ics' : 'hearings.ics', contentType: 'text/calendar; charset=utf-8; method=PUBLISH', content: `${calendar.toString()}\r\n` }
}
