import { AsyncLocalStorage } from 'node:async_hooks'

const inside = new AsyncLocalStorage<true>()

/** A transaction that waits for another of its own would wait for ever. */
export function refuseNesting(): void {
  if (inside.getStore()) throw new Error('inOneTransaction inside inOneTransaction: hand on the `work` you have instead.')
}

/** The life of one transaction, the same on every engine: queries pass while it is open and none has failed. */
export class Turn {
  #isOver = false
  #failure: { error: unknown } | undefined
  #running = 0

  async query<R>(send: () => R | Promise<R>): Promise<R> {
    if (this.#isOver) throw new Error('This transaction is over: one of its queries was not awaited.')
    if (this.#failure) throw this.#failure.error
    this.#running++
    try {
      return await send()
    } catch (error) {
      this.fail(error)
      throw error
    } finally {
      this.#running--
    }
  }

  fail(error: unknown): void {
    this.#failure ??= { error }
  }

  /** Resolves only when every query was awaited and none failed, even if `todo` swallowed the error. */
  async run<T>(todo: () => Promise<T>): Promise<T> {
    try {
      const result = await inside.run(true, todo)
      if (this.#running > 0) throw new Error('A query was not awaited before its transaction ended.')
      if (this.#failure) throw this.#failure.error
      return result
    } finally {
      this.#isOver = true
    }
  }
}
