import { and, gte, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { isAskedWaiting, isLeased, isNoticeWaiting, takeableNow } from './lanes.ts'

/** How many messages still have to leave: all that are neither settled nor parked. */
export async function countRemaining({ tx }: Reading): Promise<number> {
  let remaining = 0
  // Any moment at all: it says that the index by due time is meant, and not the one that holds all that was ever asked for.
  const isEver = gte(messages.dueAt, new Date(0))
  for (const part of [and(isNoticeWaiting, isEver), and(isAskedWaiting, isEver), isLeased]) remaining += await tx.$count(messages, part)
  return remaining
}

/** Whether there is anything to lease now. Costs three look-ups, however much waits. */
export async function hasDueMessages(reading: Reading): Promise<boolean> {
  for (const part of takeableNow(reading)) {
    if ((await reading.tx.select({ id: messages.id }).from(messages).where(part).limit(1)).length > 0) return true
  }
  return false
}

/** Whether notices of these runs still have to leave. */
export async function hasUnsettledNotices({ tx }: Reading, runIds: readonly number[]): Promise<boolean> {
  for (const runId of runIds) {
    for (const part of [isNoticeWaiting, isLeased]) {
      const [one] = await tx.select({ id: messages.id }).from(messages).where(and(part, sql`${messages.runId} = ${runId}`)).limit(1)
      if (one) return true
    }
  }
  return false
}
