import { sql } from 'drizzle-orm'
import { databaseNow } from '../db/columns.ts'
import type { Reads } from '../db/tx.ts'
import type { Clock } from './ports.ts'

const setEveryMs = 60_000
// What took longer to answer says too little about when it looked at its clock.
const longestAnswerMs = 1_000

export interface DatabaseClock extends Clock {
  /** Sets it by the database; rejects when that does not answer. */
  set(): Promise<void>
  stop(): void
}

/**
 * A clock that goes with the machine's and is set by the database's once a minute. What is due and how long a lease lasts
 * then means the same to processes on machines whose clocks differ.
 */
export function databaseClock(reads: Reads, machineMs: () => number = Date.now): DatabaseClock {
  let aheadMs = 0
  async function set(): Promise<void> {
    const askedMs = machineMs()
    const [told] = await reads.select({ now: databaseNow() }).from(sql`(select 1) as one`)
    const answeredMs = machineMs()
    if (told && answeredMs - askedMs <= longestAnswerMs) aheadMs = told.now.getTime() - (askedMs + answeredMs) / 2
  }
  // A database that is away is told of by what needs it; meanwhile the clock goes on.
  const timer = setInterval(() => {
    set().catch(() => undefined)
  }, setEveryMs)
  timer.unref()
  return { now: () => new Date(machineMs() + aheadMs), set, stop: () => clearInterval(timer) }
}
