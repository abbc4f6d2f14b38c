import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as othersTurn } from 'node:timers/promises'

const inside = new AsyncLocalStorage<Turn>()
const isOverNow = 'This transaction is over: one of its queries was not awaited.'

/** A transaction that waits for another of its own would wait for ever. */
export function refuseNesting(): void {
  if (inside.getStore()) throw new Error('inOneTransaction inside inOneTransaction: hand on the `work` you have instead.')
}

/** The transaction that is open where this is called: what builds its queries is one for all of a connection. */
export function turnHere(): Turn {
  const turn = inside.getStore()
  if (!turn) throw new Error(isOverNow)
  return turn
}

// An engine that answers at once would keep the process from anything else for as long as the transaction lasts (P8).
const longestMs = 5
// A page that is being made has many steps to go, each in a round of its own.
const longestGivenMs = 20
// Longer than a round in which nobody had anything to do.
const emptyRoundMs = 0.3

/**
 * The life of one transaction, the same on every engine: queries pass while it is open and none has failed. Where the engine answers
 * at once, others have their turn from time to time. A strict one, for tests, fails when it waits for anything but its queries.
 */
export class Turn {
  readonly #isStrict: boolean
  readonly #isAnsweredAtOnce: boolean
  #isOver = false
  #failure: { error: unknown } | undefined
  #running = 0
  #idle: NodeJS.Immediate | undefined
  #sinceMs = performance.now()

  constructor({ isStrict, isAnsweredAtOnce }: { readonly isStrict: boolean; readonly isAnsweredAtOnce: boolean }) {
    this.#isStrict = isStrict
    this.#isAnsweredAtOnce = isAnsweredAtOnce
  }

  async query<R>(send: () => R | Promise<R>): Promise<R> {
    this.#refuseIfOver()
    clearImmediate(this.#idle)
    this.#running++
    try {
      if (this.#isAnsweredAtOnce && performance.now() - this.#sinceMs > longestMs) await this.#letOthersRun()
      return await send()
    } catch (error) {
      this.#fail(error)
      throw error
    } finally {
      this.#running--
      this.#watch()
    }
  }

  /** Resolves only when every query was awaited and none failed, even if `todo` swallowed the error. */
  async run<T>(todo: () => Promise<T>): Promise<T> {
    try {
      this.#watch()
      // A builder that is handed back is sent only when it is awaited: that happens in here as well.
      const result = await inside.run(this, () => Promise.resolve(todo()))
      if (this.#running > 0) throw new Error('A query was not awaited before its transaction ended.')
      if (this.#failure) throw this.#failure.error
      return result
    } finally {
      this.#isOver = true
      clearImmediate(this.#idle)
    }
  }

  #refuseIfOver(): void {
    if (this.#isOver) throw new Error(isOverNow)
    if (this.#failure) throw this.#failure.error
  }

  async #letOthersRun(): Promise<void> {
    const untilMs = performance.now() + longestGivenMs
    let roundMs: number
    do {
      const atMs = performance.now()
      await othersTurn()
      roundMs = performance.now() - atMs
    } while (roundMs > emptyRoundMs && performance.now() < untilMs)
    this.#sinceMs = performance.now()
    this.#refuseIfOver()
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
  }

  /** Who awaits queries only goes on as soon as one is answered, before anything else has its turn. */
  #watch(): void {
    if (!this.#isStrict || this.#isOver || this.#running > 0) return
    this.#idle = setImmediate(() => this.#fail(new Error('A transaction waited for something other than its queries.')))
  }
}
