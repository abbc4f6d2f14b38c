import { setTimeout as sleep } from 'node:timers/promises'
import { listLateEvenings, logLateEvenings } from './domain/outages/late-evenings.ts'
import { logDatabaseTrouble } from './domain/outages/log-database-trouble.ts'
import type { CourtProfile } from './profile/schema.ts'
import type { Log } from './ports.ts'
import type { Workplace } from './work.ts'

export interface WatchDeps {
  readonly workplace: Workplace
  readonly profile: CourtProfile
  readonly log: Log
  readonly isDatabaseWell: () => Promise<boolean>
  readonly everyMs?: number
}

const lookEveryMs = 30_000
// What one look alone saw may have been a busy moment.
const looksThatCount = 2

/**
 * Enters in the log of outages what the service notices by itself (I6), until the signal: evenings that nobody held, and a
 * database that did not answer, once it is back. Any number of processes may watch; each fact is entered once.
 */
export async function watchForOutages({ workplace, profile, log, isDatabaseWell, everyMs = lookEveryMs }: WatchDeps, signal: AbortSignal): Promise<void> {
  const watchedSince = workplace.reading().now
  let failed: { since: Date; looks: number } | undefined
  const isStopped = (): boolean => signal.aborted
  while (!isStopped()) {
    const { now } = workplace.reading()
    if (!await isDatabaseWell()) {
      failed = { since: failed?.since ?? now, looks: (failed?.looks ?? 0) + 1 }
    } else {
      try {
        if (failed && failed.looks >= looksThatCount) {
          const trouble = { from: failed.since, to: now }
          await workplace.inOneTransaction((work) => logDatabaseTrouble(work, trouble))
        }
        failed = undefined
        const late = await listLateEvenings(workplace.reading(), profile, watchedSince)
        if (late.length > 0) await workplace.inOneTransaction((work) => logLateEvenings(work, late))
      } catch (error) {
        if (!isStopped()) log.error('The log of outages could not be written; it is tried again.', error)
      }
    }
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined)
  }
}
