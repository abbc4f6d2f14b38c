import { setTimeout as sleep } from 'node:timers/promises'
import { hasDueMessages } from '../domain/outbox/count-remaining.ts'
import { deliverOutbox, type DeliveryDeps } from './deliver-outbox.ts'
import { paceOf } from './pace.ts'

const lookAgainMs = 1000
const longestPauseMs = 30_000

/**
 * The worker: looks once a second for what is due and sends it, until `signal` is aborted; then resolves within 10
 * seconds. A database that does not answer is waited for.
 */
export async function deliverUntilStopped(deps: DeliveryDeps, signal: AbortSignal): Promise<void> {
  const pace = paceOf(deps.mailer)
  for (let pauseMs = lookAgainMs; !signal.aborted;) {
    try {
      if (pace.heldForMs() === 0 && await hasDueMessages(deps.workplace.reading())) await deliverOutbox(deps, { until: signal })
      pauseMs = lookAgainMs
    } catch (error) {
      deps.log.error('Delivery stumbled and goes on', rootOf(error))
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
    const heldMs = pace.heldForMs()
    await sleep(heldMs > 0 ? Math.min(heldMs, pauseMs) : pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

/** What a query builder wraps around a database's error quotes values, addresses among them: only the database's own goes into a log. */
function rootOf(error: unknown): unknown {
  let root = error
  while (root instanceof Error && root.cause instanceof Error) root = root.cause
  return root
}
