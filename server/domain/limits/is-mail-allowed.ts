import { and, eq, gt, notLike, sql } from 'drizzle-orm'
import { outboxMessages, subscribers } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import type { Subscriber } from '../tracking/put-subscriber.ts'
import { eveningWaitsKey } from '../outbox/evening-waits-key.ts'
import { mailboxKey } from './mailbox-key.ts'

const hourMs = 3_600_000

/**
 * Whether one more mail that a visitor causes may go to this address now (H1, N6): 3 an hour and 6 a day while it has
 * confirmed nothing, 20 an hour once it has. All spellings of a mailbox count together (`mailboxKey`): those that have confirmed
 * nothing get no more than one such address would, whatever another spelling confirmed, and all of them no more than a confirmed
 * one. Notices do not count and are never cut.
 */
export async function isMailAllowed(work: Work, subscriber: Subscriber, limits: CourtProfile['limits']): Promise<boolean> {
  const { tx, now } = work
  const key = await repairKey(work, subscriber)
  // No more rows than a day's limits let through.
  const caused = await tx.select({ at: outboxMessages.createdAt, confirmedAt: subscribers.confirmedAt }).from(subscribers)
    .innerJoin(outboxMessages, eq(outboxMessages.subscriberId, subscribers.id))
    .where(and(
      eq(subscribers.mailboxKey, key),
      // As the index has it.
      sql`${outboxMessages.kind} in ('verification', 'report', 'account')`,
      // What no visitor causes is not counted against one.
      notLike(outboxMessages.dedupeKey, `${eveningWaitsKey}%`),
      gt(outboxMessages.createdAt, new Date(now.getTime() - 24 * hourMs)),
    ))
  const inHour = (some: typeof caused): number => some.filter(({ at }) => at.getTime() > now.getTime() - hourMs).length
  if (inHour(caused) >= limits.confirmedPerHour) return false
  if (subscriber.confirmedAt) return true
  const unconfirmed = caused.filter(({ confirmedAt }) => confirmedAt === null)
  return inHour(unconfirmed) < limits.unconfirmedPerHour && unconfirmed.length < limits.unconfirmedPerDay
}

/** Of a subscriber that was stored before mailboxes were counted. */
async function repairKey({ tx }: Work, { id, email, mailboxKey: known }: Subscriber): Promise<string> {
  const key = mailboxKey(email)
  if (known !== key) await tx.update(subscribers).set({ mailboxKey: key }).where(eq(subscribers.id, id))
  return key
}
