import type { Mailer } from '../../ports.ts'
import type { ResendStandIn } from '../resend-stand-in.ts'

interface Try {
  readonly at: Date
  /** Whether the provider took it is not known. */
  isUnsure: boolean
}

const mostTries = 8
/** The provider's day but ten minutes: no try begins later. */
const rememberedForMs = (24 * 60 - 10) * 60_000

/** How often each batch was tried and how that went, as seen from outside, and with it what may be parked (rule 7). */
export class Tries {
  readonly #ofBatch = new Map<string, Try[]>()
  readonly #provider: ResendStandIn
  readonly #now: () => Date

  constructor(provider: ResendStandIn, now: () => Date) {
    this.#provider = provider
    this.#now = now
  }

  /** The mailer, its tries noted. */
  noting(mailer: Mailer, timeoutMs: number): Mailer {
    return {
      ...mailer,
      send: async (key, mails) => {
        const one = this.#begin(key)
        const beganMs = performance.now()
        try {
          return await mailer.send(key, mails)
        } finally {
          const isAnswered = this.#provider.requests.some(({ key: of, atMs, status }) => of === key && atMs >= beganMs && status >= 200 && status < 500)
          // On a busy machine a good answer may come too late.
          one.isUnsure = !isAnswered || performance.now() - beganMs > timeoutMs / 2
        }
      },
    }
  }

  /** Its worker is dead and holds it. */
  leave(key: string): void {
    const last = this.#ofBatch.get(key)?.at(-1)
    if (last?.at.getTime() === this.#now().getTime()) last.isUnsure = true
    else this.#begin(key)
  }

  mayBeParked(key: string): boolean {
    const tries = this.#ofBatch.get(key) ?? []
    const [first] = tries
    if (!first || !tries.some(({ isUnsure }) => isUnsure)) return false
    return tries.length >= mostTries || this.#now().getTime() - first.at.getTime() >= rememberedForMs
  }

  #begin(key: string): Try {
    const one = { at: this.#now(), isUnsure: true }
    this.#ofBatch.set(key, [...this.#ofBatch.get(key) ?? [], one])
    return one
  }
}
