import { setTimeout as sleep } from 'node:timers/promises'
import type { Jobs } from '../ports.ts'

const lookForMailEveryMs = 1000
const lookForEveningEveryMs = 30_000
const longestPauseMs = 30_000

/**
 * Jobs without a queue, for a database that one machine has to itself: the outbox is looked at once a second and the
 * evening twice a minute. Nothing is ever given up, so that no job is dead.
 */
export function inProcessJobs(): Jobs {
  return {
    promiseDelivery: async () => undefined,
    async runUntilStopped({ deliver, evening }, signal) {
      await Promise.all([
        repeat(() => deliver(Number.POSITIVE_INFINITY, signal), lookForMailEveryMs, signal),
        evening && repeat(() => evening.hold().then(() => null), lookForEveningEveryMs, signal),
      ])
    },
    listDead: async () => [],
    redrive: async () => 0,
    close: async () => undefined,
  }
}

/** Does it again and again until the signal; sooner than `everyMs` where it asks for that, later after it has failed. */
async function repeat(todo: () => Promise<number | null>, everyMs: number, signal: AbortSignal): Promise<void> {
  for (let pauseMs = everyMs; !signal.aborted;) {
    let againMs: number | null = null
    try {
      againMs = await todo()
      pauseMs = everyMs
    } catch {
      // It has said why.
      pauseMs = Math.min(pauseMs * 2, Math.max(everyMs, longestPauseMs))
    }
    await sleep(Math.min(againMs ?? pauseMs, pauseMs), undefined, { signal }).catch(() => undefined)
  }
}
