import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { FeedRecord } from '../../contract/records.ts'

/** One record with its place in its source. */
export interface Arrival {
  readonly line: number
  readonly record: FeedRecord
  readonly counts: boolean
}

const arrivalsPerBlock = 1_000

/**
 * Records that wait for the end of their body, in order. Held packed, in memory: a file would leave court records, sealed
 * ones among them, behind a process that is killed.
 */
export class SetAside {
  readonly #blocks: Buffer[] = []
  #open: Arrival[] = []

  put(arrival: Arrival): void {
    this.#open.push(arrival)
    if (this.#open.length < arrivalsPerBlock) return
    this.#blocks.push(deflateRawSync(JSON.stringify(this.#open), { level: 1 }))
    this.#open = []
  }

  /** Gives all of them once, and lets go of what was given. */
  *take(): Generator<Arrival> {
    for (let block = this.#blocks.shift(); block; block = this.#blocks.shift()) {
      // What `put` wrote, and nothing else, stands in a block.
      yield* JSON.parse(inflateRawSync(block).toString()) as Arrival[]
    }
    const last = this.#open
    this.#open = []
    yield* last
  }
}
