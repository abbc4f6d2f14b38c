import { dayOf, formatTime } from './court-time.ts'
import { momentWords } from './hours-wording.ts'
import type { OutageKind } from './vocabulary.ts'

/** An outage as pages and commands show it (I6). */
export interface OutageView {
  readonly id: number
  readonly kind: OutageKind
  readonly startsAt: Date
  /** Null: its end is not known yet. */
  readonly endsAt: Date | null
  /** One plain sentence. */
  readonly what: string
}

export interface OutagesView {
  /** Under way now, the oldest first. */
  readonly current: readonly OutageView[]
  /** Announced for later, the next first. */
  readonly planned: readonly OutageView[]
  /** Over, the newest first. */
  readonly past: readonly OutageView[]
}

/** Those that a person announces; the others the service notices by itself. */
export const announcedKinds = ['planned', 'unplanned'] as const satisfies readonly OutageKind[]

/** From when to when, in the words of the court's wall; `now` tells what has begun. */
export function outageWords({ startsAt, endsAt }: OutageView, timeZone: string, now: Date): string {
  const from = momentWords(startsAt, timeZone)
  if (endsAt === null) return startsAt > now ? `From ${from}` : `Since ${from}`
  const isOneDay = dayOf(startsAt, timeZone) === dayOf(endsAt, timeZone)
  return `${from} to ${isOneDay ? formatTime(endsAt, timeZone) : momentWords(endsAt, timeZone)}`
}
