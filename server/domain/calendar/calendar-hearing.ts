import { briefText } from '../../contract/brief-text.ts'
import type { EventStatus } from '../../contract/vocabulary.ts'

/** One hearing as a calendar file tells it: all that its bytes are made from (F10). Instants are ISO text in UTC. */
export interface CalendarHearing {
  /** The same in every file of this hearing, so that a calendar keeps one entry. */
  readonly uid: string
  /** Higher in each newer version. */
  readonly sequence: number
  /** When it was last changed. */
  readonly stamp: string
  readonly startsAt: string
  readonly endsAt: string | null
  readonly isCancelled: boolean
  readonly title: string
  readonly place: string | null
  /** The page that it leads to. */
  readonly address: string
}

export interface EventOfCalendar {
  readonly id: number
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly kind: string
  readonly place: string | null
  readonly status: EventStatus
  readonly sequence: number
  readonly lastActivityAt: Date
}

// A mail may carry many (F12).
const longest = 200

/** A hearing of the case of that number; `address` is its page. */
export const calendarHearing = (origin: string, caseNumber: string, address: string, event: EventOfCalendar): CalendarHearing => ({
  uid: `event-${event.id}@${new URL(origin).host}`,
  sequence: event.sequence,
  stamp: event.lastActivityAt.toISOString(),
  startsAt: event.startsAt.toISOString(),
  // An end before the start is a slip of the court's; calendars refuse it.
  endsAt: event.endsAt !== null && event.endsAt > event.startsAt ? event.endsAt.toISOString() : null,
  isCancelled: event.status === 'cancelled',
  title: `${briefText(event.kind, longest)}, case ${caseNumber}`,
  place: event.place === null ? null : briefText(event.place, longest),
  address,
})
