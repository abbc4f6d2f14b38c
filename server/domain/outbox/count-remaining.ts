import { and, gte, lt, lte, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

// Written out, so that each part is counted in an index of its own.
const isWaitingNotice = sql`${messages.state} = 'waiting' and ${messages.kind} = 'notice'`
const isWaitingAsked = sql`${messages.state} = 'waiting' and ${messages.kind} <> 'notice'`
const isLeased = sql`${messages.state} = 'leased'`

/** How many messages still have to leave: all that are neither settled nor parked. */
export async function countRemaining({ tx }: Reading): Promise<number> {
  let remaining = 0
  // Any moment at all: it says that the index by due time is meant, and not the one that holds all that was ever asked for.
  const isEver = gte(messages.dueAt, new Date(0))
  for (const part of [and(isWaitingNotice, isEver), and(isWaitingAsked, isEver), isLeased]) remaining += await tx.$count(messages, part)
  return remaining
}

/** Whether there is anything to lease now. Costs three look-ups, however much waits. */
export async function hasDueMessages({ tx, now }: Reading): Promise<boolean> {
  const isDue = lte(messages.dueAt, now)
  for (const part of [and(isWaitingAsked, isDue), and(isWaitingNotice, isDue), and(isLeased, lt(messages.leasedUntil, now))]) {
    if ((await tx.select({ id: messages.id }).from(messages).where(part).limit(1)).length > 0) return true
  }
  return false
}

/** Whether notices of these runs still have to leave. */
export async function hasUnsettledNotices({ tx }: Reading, runIds: readonly number[]): Promise<boolean> {
  for (const runId of runIds) {
    for (const part of [isWaitingNotice, isLeased]) {
      const [one] = await tx.select({ id: messages.id }).from(messages).where(and(part, sql`${messages.runId} = ${runId}`)).limit(1)
      if (one) return true
    }
  }
  return false
}
