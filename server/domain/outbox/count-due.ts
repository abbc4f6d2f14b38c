import { and, asc, gt, lt, lte, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

// Written out, so that each lane is looked up in an index of its own.
const isAskedWaiting = sql`${messages.state} = 'waiting' and ${messages.kind} <> 'notice'`
const isNoticeWaiting = sql`${messages.state} = 'waiting' and ${messages.kind} = 'notice'`

/** How many milliseconds from now the next message is due, if that is within so many; null when none is. */
export async function findDueSoonMs({ tx, now }: Reading, withinMs: number): Promise<number | null> {
  const isSoon = and(gt(messages.dueAt, now), lte(messages.dueAt, new Date(now.getTime() + withinMs)))
  const found: number[] = []
  for (const lane of [isAskedWaiting, isNoticeWaiting]) {
    const [next] = await tx.select({ dueAt: messages.dueAt }).from(messages).where(and(lane, isSoon)).orderBy(asc(messages.dueAt)).limit(1)
    if (next) found.push(next.dueAt.getTime() - now.getTime())
  }
  return found.length === 0 ? null : Math.min(...found)
}

/** How many messages could be leased now; `most` when there are more. */
export async function countDueMessages({ tx, now }: Reading, most: number): Promise<number> {
  const isDue = lte(messages.dueAt, now)
  let due = 0
  for (const part of [
    and(isAskedWaiting, isDue),
    and(isNoticeWaiting, isDue),
    and(sql`${messages.state} = 'leased'`, lt(messages.leasedUntil, now)),
  ]) {
    due += await tx.$count(tx.select({ id: messages.id }).from(messages).where(part).limit(most - due).as('due'))
  }
  return due
}
