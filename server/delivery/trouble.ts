import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import type { Provider } from '../ports.ts'

// Fewer in a row happen to a provider that is well.
const failuresThatCount = 8
const quietMs = 30_000

/**
 * What one process knows of whether a provider is down. While it is, one request at a time asks, twice a minute: the others'
 * messages are not tried, so that all of them are due at once when it is back, and none has used up its tries.
 */
export interface Trouble {
  /** How many requests may be under way, of so many usually. */
  room(now: Date, usually: number): number
  /** How long nothing may leave still. */
  quietForMs(now: Date): number
  tell(answer: BatchAnswer, now: Date): void
}

export function createTrouble(): Trouble {
  let failures = 0
  let untilMs = 0
  // One that is further off was reckoned before the clock was set back.
  const quietForMs = (now: Date): number => {
    const leftMs = untilMs - now.getTime()
    return failures < failuresThatCount || leftMs > quietMs ? 0 : Math.max(0, leftMs)
  }
  return {
    quietForMs,
    room: (now, usually) => (failures < failuresThatCount ? usually : quietForMs(now) > 0 ? 0 : 1),
    tell(answer, now) {
      // What names its own wait is at the door, and says itself when to come again.
      const isTrouble = answer.kind === 'failed' && answer.isUnanswered && answer.retryAfterMs === null
      failures = isTrouble ? failures + 1 : 0
      if (isTrouble) untilMs = now.getTime() + quietMs
    },
  }
}

const troubles = new WeakMap<Pick<Provider<never>, 'paceName'>, Trouble>()

/** The trouble of a provider as this process knows it, however many deliver through it. */
export function troubleOf(provider: Pick<Provider<never>, 'paceName'>): Trouble {
  let trouble = troubles.get(provider)
  if (!trouble) troubles.set(provider, (trouble = createTrouble()))
  return trouble
}
