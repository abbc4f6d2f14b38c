import type { FeedReport } from '../../contract/records.ts'
import type { Outcome } from './outcome.ts'
import type { Arrival } from './set-aside.ts'

/** Counts what became of the records of one body, each source record once. */
export class FeedTally {
  readonly #report: FeedReport = { accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } }
  readonly #rejectedLines = new Set<number>()
  #changedLine = 0
  #settled = 0

  /** How many readings were counted or rejected. */
  get settled(): number {
    return this.#settled
  }

  count({ line, counts }: Arrival, outcome: Outcome): void {
    if (outcome.kind === 'rejected' || outcome.kind === 'caseUnknown') {
      this.reject(line, outcome.reason)
      return
    }
    this.#settled++
    if (outcome.kind === 'accepted') {
      if (outcome.change) this.#report.changes[outcome.change]++
      this.#changedLine = line
    }
    // A source record that reads as several of ours is accepted when any of them changed something.
    if (!counts) return
    if (this.#changedLine === line) this.#report.accepted++
    else this.#report.unchanged++
  }

  reject(line: number, reason: string): void {
    this.#settled++
    if (this.#rejectedLines.has(line)) return
    this.#rejectedLines.add(line)
    this.#report.rejected.push({ line, reason })
  }

  report(): FeedReport {
    this.#report.rejected.sort((a, b) => a.line - b.line)
    return this.#report
  }
}
