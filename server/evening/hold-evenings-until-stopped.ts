import { setTimeout as sleep } from 'node:timers/promises'
import { findDueEvening } from '../domain/digest/find-due-evening.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import type { Log } from '../ports.ts'
import type { Workplace } from '../work.ts'

const lookEveryMs = 30_000

/**
 * Holds each evening at the profile's hour, and at once where one was missed, until the signal (EVENING_SCHEDULE). An
 * evening that fails is logged and tried again.
 */
export async function holdEveningsUntilStopped(
  { workplace, site, log, holdEvening }: { workplace: Workplace; site: Site; log: Log; holdEvening: (day: string) => Promise<unknown> },
  signal: AbortSignal,
): Promise<void> {
  // An evening with nothing to tell may leave no run behind: this one need not be held again.
  let lastHeld: Date | undefined
  while (!signal.aborted) {
    try {
      const due = await findDueEvening(workplace.reading(), site.profile)
      if (due && due.dueAt.getTime() !== lastHeld?.getTime()) {
        await holdEvening(due.day)
        lastHeld = due.dueAt
      }
    } catch (error) {
      log.error('The evening could not be held; it is tried again.', error)
    }
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined)
  }
}
