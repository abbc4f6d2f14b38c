import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailer } from '../ports.ts'

// What travels to a provider arrives sooner or later than it left. So a second's requests are spread over a little more
// than a second, and over more still each time the provider finds that they were too many.
const firstMarginMs = 10
const widerByMs = 15
const widestMarginMs = 150
// A slot that began late is made up for by the next ones, as far as this part of the margin allows.
const keptOfMargin = 0.3
// A first request opens a connection and arrives late, nobody knows how late before its answer: the others wait so long for it.
const coldAfterMs = 3000
const coldWaitMs = 1000

/** The slots of one provider, for everybody in this process who hands mail to it. */
export interface Pace {
  /** Whether the next slot is open: then is the time to see what leaves in it. */
  isOpen(): boolean
  /** Resolves when it is, or when `signal` comes first. */
  untilOpen(signal: AbortSignal): Promise<void>
  /** Resolves when the slot that opened begins, and takes it. False when nothing may leave after all. */
  take(): Promise<boolean>
  /** The provider answered a request. */
  answered(): void
  /** The provider turned a request away: nothing leaves for so long, and then a little slower. */
  turnedAway(ms: number): void
  /** How long nothing may leave still. */
  heldForMs(): number
}

/** `requestsPerSecond` null: a slot is always open. */
export function createPace(requestsPerSecond: number | null): Pace {
  let marginMs = firstMarginMs
  let nextMs = Number.NEGATIVE_INFINITY
  let heldUntilMs = 0
  let openedMs = 0
  // How long leasing and composing took lately: a slot opens that much before it begins.
  let leadMs = 0
  let isFirstUnderWay = false
  const distanceMs = (part = 1): number => (requestsPerSecond === null ? 0 : (1000 + marginMs * part) / requestsPerSecond)
  // A hold ends before anything is leased: what is leased then is what matters most then.
  const opensMs = (): number => Math.max(nextMs - Math.min(leadMs, distanceMs() / 2), heldUntilMs)

  async function until(moment: () => number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const waitMs = moment() - performance.now()
      if (waitMs <= 0 || signal?.aborted) return
      try {
        // Timers count whole milliseconds and may end a little early: then the loop waits for the rest.
        await sleep(Math.max(1, waitMs), undefined, signal ? { signal } : {})
      } catch (error) {
        if (!signal?.aborted) throw error
      }
    }
  }

  return {
    isOpen() {
      openedMs = performance.now()
      return openedMs >= opensMs()
    },
    untilOpen: (signal) => until(opensMs, signal),
    async take() {
      leadMs = Math.max(1.5 * (performance.now() - openedMs), 0.9 * leadMs)
      for (;;) {
        const now = performance.now()
        if (now < heldUntilMs) return false
        // Asked again after the wait: somebody else may have taken this slot.
        if (now >= nextMs) {
          isFirstUnderWay = requestsPerSecond !== null && now - nextMs > coldAfterMs
          nextMs = Math.max(nextMs + distanceMs(), now + distanceMs(keptOfMargin), isFirstUnderWay ? now + coldWaitMs : 0)
          return true
        }
        await until(() => nextMs)
      }
    },
    answered() {
      if (isFirstUnderWay) nextMs = performance.now() + distanceMs()
      isFirstUnderWay = false
    },
    turnedAway(ms) {
      heldUntilMs = Math.max(heldUntilMs, performance.now() + ms)
      marginMs = Math.min(marginMs + widerByMs, widestMarginMs)
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
