import type { Log } from '../ports.ts'
import type { Workplace } from '../work.ts'
import { purge } from './purge.ts'

export interface PurgeAfterEvenings {
  /** Begins, unless it is at work here or elsewhere; nobody waits for it. */
  begin(): void
  /** Ends it after the slice that is being deleted. */
  close(): Promise<void>
}

// So that who sends the evening's mail has more of the writer's time.
const restMs = 20

/** What the retention rules say is over goes after an evening was planned and while its mail leaves. */
export function purgeAfterEvenings({ workplace, log }: { readonly workplace: Workplace; readonly log: Log }): PurgeAfterEvenings {
  const closing = new AbortController()
  let purging: Promise<void> | undefined
  async function purgeOnce(): Promise<void> {
    try {
      const purged = await workplace.holdAlone('purge', () => purge(workplace, { restMs, signal: closing.signal }))
      if (purged) log.info('What was kept for its time is gone.', purged)
    } catch (error) {
      log.error('What was kept for its time could not be deleted; the next evening tries again.', error)
    } finally {
      purging = undefined
    }
  }
  return {
    begin() {
      purging ??= purgeOnce()
    },
    async close() {
      closing.abort()
      await purging
    },
  }
}
