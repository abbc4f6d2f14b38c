import { findDueEvening } from '../domain/digest/find-due-evening.ts'
import { isOpen } from '../domain/hours/service-hours.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import type { JobHandlers, Log } from '../ports.ts'
import type { Workplace } from '../work.ts'
import type { EveningResult } from './run-evening.ts'

export interface EveningDeps {
  readonly workplace: Workplace
  readonly site: Pick<Site, 'profile'>
  readonly log: Log
  readonly holdEvening: (day: string) => Promise<EveningResult>
}

/** Holds each evening at the profile's hour, and at once where one was missed (EVENING_SCHEDULE). However often and wherever it is asked, once. */
export function eveningHandler({ workplace, site: { profile }, log, holdEvening }: EveningDeps): NonNullable<JobHandlers['evening']> {
  // An evening with nothing to tell may leave no run behind: this one need not be held again.
  let lastHeld: Date | undefined
  return {
    ...profile.digest,
    timeZone: profile.timeZone,
    async hold() {
      try {
        const reading = workplace.reading()
        // One that was missed is made up when the service opens (I4).
        if (!isOpen(reading.now, profile)) return
        const due = await findDueEvening(reading, profile)
        if (!due || due.dueAt.getTime() === lastHeld?.getTime()) return
        // Where somebody else is at it and fails, it is still due.
        if ((await holdEvening(due.day)).state === 'completed') lastHeld = due.dueAt
      } catch (error) {
        log.error('The evening could not be held; it is tried again.', error)
        throw error
      }
    },
  }
}
