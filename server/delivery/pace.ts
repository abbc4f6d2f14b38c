import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailer } from '../ports.ts'

// A little slower than the provider allows: what reaches it sooner after its predecessor than it left must not be one too many.
const slower = 1.015
// What one slot was late the next may make up, up to this part of the distance between them.
const mayCatchUp = 0.99
// A slot opens this long before it begins: time to lease and compose what leaves in it.
const longestLeadMs = 25

/** The slots of one provider, for everybody in this process who hands mail to it. */
export interface Pace {
  /** Resolves when the next slot opens: then is the time to see what leaves in it. False when `signal` came first. */
  untilOpen(signal: AbortSignal): Promise<boolean>
  /** Resolves when the slot that opened begins, and takes it. False when nothing may leave after all. */
  take(): Promise<boolean>
  /** Nothing leaves for so long. */
  holdFor(ms: number): void
  /** How long nothing may leave still. */
  heldForMs(): number
}

/** `requestsPerSecond` null: a slot is always open. */
export function createPace(requestsPerSecond: number | null): Pace {
  const distanceMs = requestsPerSecond === null ? 0 : (1000 / requestsPerSecond) * slower
  const leadMs = Math.min(longestLeadMs, distanceMs / 2)
  let nextMs = 0
  let heldUntilMs = 0

  async function until(moment: () => number, signal?: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal?.aborted) return false
      const waitMs = moment() - performance.now()
      if (waitMs <= 0) return true
      try {
        // Timers count whole milliseconds and may end a little early: then the loop waits for the rest.
        await sleep(Math.max(1, waitMs), undefined, signal ? { signal } : {})
      } catch (error) {
        if (signal?.aborted) return false
        throw error
      }
    }
  }

  return {
    // A hold is waited for to its end before anything is leased: what is leased then is what matters most then.
    untilOpen: (signal) => until(() => Math.max(nextMs - leadMs, heldUntilMs), signal),
    async take() {
      for (;;) {
        if (performance.now() < heldUntilMs) return false
        // Asked again after the wait: somebody else may have taken this slot.
        if (performance.now() >= nextMs) {
          nextMs = Math.max(nextMs + distanceMs, performance.now() + distanceMs * mayCatchUp)
          return true
        }
        await until(() => nextMs)
      }
    },
    holdFor(ms) {
      heldUntilMs = Math.max(heldUntilMs, performance.now() + ms)
    },
    heldForMs: () => Math.max(0, heldUntilMs - performance.now()),
  }
}

const paces = new WeakMap<Mailer, Pace>()

/** The one pace of a mailer, however many deliver through it. */
export function paceOf(mailer: Mailer): Pace {
  let pace = paces.get(mailer)
  if (!pace) paces.set(mailer, (pace = createPace(mailer.requestsPerSecond)))
  return pace
}
