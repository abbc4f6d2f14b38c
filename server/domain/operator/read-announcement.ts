import { Refusal } from '../../contract/refusals.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { momentTyped } from '../hours/moment-typed.ts'
import type { Announcement } from '../outages/announce-outage.ts'

/** An outage as it was typed: days (`YYYY-MM-DD`) and times (`20:00`) on the court's wall. */
export interface TypedAnnouncement {
  readonly startsAt: string
  readonly startsAtTime: string
  readonly endsAt: string
  readonly endsAtTime: string
  readonly what: string
  readonly isPlanned: boolean
}

/**
 * What was meant by it: an unplanned outage without a start begins now, and without an end its end is not known. Refuses
 * `inputInvalid` at their fields a start that is missing and half of a moment.
 */
export function readAnnouncement({ now }: Reading, { timeZone }: Pick<CourtProfile, 'timeZone'>, typed: TypedAnnouncement): Announcement {
  const fields: Record<string, string> = {}
  const read = (field: 'startsAt' | 'endsAt', day: string, time: string): Date | null => {
    if (day.trim() === '' && time.trim() === '') return null
    const moment = momentTyped(`${day.trim()} ${time.trim()}`, timeZone)
    if (!moment) fields[field] = `Enter a day and a time for when it ${field === 'startsAt' ? 'begins' : 'ends'}.`
    return moment ?? null
  }
  const startsAt = read('startsAt', typed.startsAt, typed.startsAtTime)
  const endsAt = read('endsAt', typed.endsAt, typed.endsAtTime)
  if (startsAt === null && typed.isPlanned) fields['startsAt'] ??= 'Enter a day and a time for when it begins.'
  if (Object.keys(fields).length > 0) throw new Refusal('inputInvalid', 'There is a problem with what was entered.', fields)
  return { startsAt: startsAt ?? now, endsAt, what: typed.what, isPlanned: typed.isPlanned }
}
