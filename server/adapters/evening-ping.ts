import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../ports.ts'

export interface EveningPing {
  /** Tells whoever watches that an evening was held. Returns at once and never fails; tried a few times. */
  tell(): void
  /** Resolves when nothing is being told any more. */
  settled(): Promise<void>
}

interface Settings {
  /** Undefined: nobody is told. */
  readonly url: string | undefined
  readonly log: Log
  readonly timeoutMs?: number
  readonly againAfterMs?: readonly number[]
}

const bodyless = { method: 'POST', redirect: 'follow' } as const

/** A dead man's switch: a POST to an address that raises an alarm when none comes. Of the address only its host is logged: the rest is its secret. */
export function createEveningPing({ url, log, timeoutMs = 5000, againAfterMs = [1000, 5000] }: Settings): EveningPing {
  const underWay = new Set<Promise<void>>()

  async function tellOnce(to: string): Promise<string | null> {
    try {
      const answer = await fetch(to, { ...bodyless, signal: AbortSignal.timeout(timeoutMs) })
      await answer.body?.cancel()
      return answer.ok ? null : `It answered ${answer.status}.`
    } catch (error) {
      // What it says may quote the address.
      return error instanceof Error && error.name === 'TimeoutError' ? 'It did not answer in time.' : 'It was not reached.'
    }
  }

  async function tellUntilHeard(to: string): Promise<void> {
    const host = new URL(to).host
    for (let tries = 1; ; tries++) {
      const trouble = await tellOnce(to)
      if (trouble === null) {
        log.info('The watch over evenings was told.', { host, tries })
        return
      }
      const waitMs = againAfterMs[tries - 1]
      if (waitMs === undefined) {
        log.error('The watch over evenings could not be told.', new Error(trouble), { host, tries })
        return
      }
      await sleep(waitMs)
    }
  }

  return {
    tell() {
      if (url === undefined) return
      const telling = tellUntilHeard(url).finally(() => underWay.delete(telling))
      underWay.add(telling)
    },
    async settled() {
      await Promise.all(underWay)
    },
  }
}
