import { and, asc, gt, lte } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { isAskedWaiting, isNoticeWaiting, takeableNow } from './lanes.ts'

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
export async function countDueMessages(reading: Reading, most: number): Promise<number> {
  const { tx } = reading
  let due = 0
  for (const part of takeableNow(reading)) {
    due += await tx.$count(tx.select({ id: messages.id }).from(messages).where(part).limit(most - due).as('due'))
  }
  return due
}
