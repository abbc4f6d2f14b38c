import { and, asc, gt, lte } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { channels, type Channel } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { isInLane, lanesAt, takeableNow } from './lanes.ts'

type Hours = Pick<CourtProfile, 'sendingHours' | 'timeZone'>

/** How many milliseconds from now the next message is due, if that is within so many; null when none is. */
export async function findDueSoonMs({ tx, now }: Reading, profile: Hours, withinMs: number): Promise<number | null> {
  const isSoon = and(gt(messages.dueAt, now), lte(messages.dueAt, new Date(now.getTime() + withinMs)))
  const found: number[] = []
  for (const lane of channels.flatMap((channel) => lanesAt(now, profile, channel))) {
    const [next] = await tx.select({ dueAt: messages.dueAt }).from(messages).where(and(isInLane(lane), isSoon)).orderBy(asc(messages.dueAt)).limit(1)
    if (next) found.push(next.dueAt.getTime() - now.getTime())
  }
  return found.length === 0 ? null : Math.min(...found)
}

/** How many messages could be leased now; `most` when there are more. */
export async function countDueMessages(reading: Reading, profile: Hours, most: number, of: readonly Channel[] = channels): Promise<number> {
  const { tx } = reading
  let due = 0
  for (const part of takeableNow(reading, profile, of)) {
    due += await tx.$count(tx.select({ id: messages.id }).from(messages).where(part).limit(most - due).as('due'))
  }
  return due
}
