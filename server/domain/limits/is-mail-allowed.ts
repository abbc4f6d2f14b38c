import { and, count, eq, gt, sql } from 'drizzle-orm'
import { outboxMessages } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import type { Subscriber } from '../tracking/put-subscriber.ts'

const hourMs = 3_600_000

/**
 * Whether one more mail that a visitor causes may go to this address now (H1, N6): 3 an hour and 6 a day while it has
 * confirmed nothing, 20 an hour once it has. Notices do not count and are never cut.
 */
export async function isMailAllowed({ tx, now }: Work, subscriber: Subscriber, limits: CourtProfile['limits']): Promise<boolean> {
  const caused = async (withinMs: number): Promise<number> => {
    const [row] = await tx.select({ messages: count() }).from(outboxMessages).where(and(
      eq(outboxMessages.subscriberId, subscriber.id),
      // As the index has it.
      sql`${outboxMessages.kind} in ('verification', 'report', 'account')`,
      gt(outboxMessages.createdAt, new Date(now.getTime() - withinMs)),
    ))
    return row?.messages ?? 0
  }
  if (subscriber.confirmedAt) return await caused(hourMs) < limits.confirmedPerHour
  return await caused(hourMs) < limits.unconfirmedPerHour && await caused(24 * hourMs) < limits.unconfirmedPerDay
}
