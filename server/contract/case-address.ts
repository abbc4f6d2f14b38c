/** The tabs of a case page that have an address of their own (A4); the Case Header tab is the case's own address. */
export const caseTabs = ['parties', 'docket', 'events', 'payments', 'track'] as const
export type CaseTab = (typeof caseTabs)[number]

/**
 * The path of a case's page or of one of its tabs. `needsCourt` says that another public case bears the number: then the
 * path names the court (A3). Numbers may hold any characters.
 */
export function caseAddress(number: string, court: string, needsCourt: boolean, tab?: CaseTab): string {
  const path = `/cases/${encodeURIComponent(number.toWellFormed())}${tab === undefined ? '' : `/${tab}`}`
  return needsCourt ? `${path}?court=${encodeURIComponent(court.toWellFormed())}` : path
}

/** The path of the calendar file of one event of a case, in the same way (F10). */
export function calendarAddress(number: string, court: string, needsCourt: boolean, eventId: number): string {
  const [path = '', query] = caseAddress(number, court, needsCourt, 'events').split('?')
  return `${path}/${eventId}/calendar.ics${query === undefined ? '' : `?${query}`}`
}

/** The path of the feed of a case's docket entries, in the same way. */
export function docketFeedAddress(number: string, court: string, needsCourt: boolean): string {
  const [path = '', query] = caseAddress(number, court, needsCourt, 'docket').split('?')
  return `${path}.atom${query === undefined ? '' : `?${query}`}`
}
