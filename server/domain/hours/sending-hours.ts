import { Temporal } from 'temporal-polyfill'
import type { CourtProfile } from '../../profile/schema.ts'

type Hours = Pick<CourtProfile, 'sendingHours' | 'timeZone'>

/** Whether a text that tells a fact may leave now (F7): from the opening on, before the closing, on the court's wall. */
export function isSendingTime(now: Date, profile: Hours): boolean {
  const time = wall(now, profile).toPlainTime()
  const { from, to } = profile.sendingHours
  return Temporal.PlainTime.compare(time, from) >= 0 && Temporal.PlainTime.compare(time, to) < 0
}

/** When such a text may leave: now, or at the next opening. */
export function nextSendingAt(now: Date, profile: Hours): Date {
  if (isSendingTime(now, profile)) return now
  const { from } = profile.sendingHours
  const here = wall(now, profile)
  const day = Temporal.PlainTime.compare(here.toPlainTime(), from) < 0 ? here.toPlainDate() : here.toPlainDate().add({ days: 1 })
  return new Date(day.toZonedDateTime({ timeZone: profile.timeZone, plainTime: from }).epochMilliseconds)
}

const wall = (now: Date, { timeZone }: Hours): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
