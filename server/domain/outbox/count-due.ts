import { and, lt, lte, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** How many messages could be leased now; `most` when there are more. */
export async function countDueMessages({ tx, now }: Reading, most: number): Promise<number> {
  const isDue = lte(messages.dueAt, now)
  let due = 0
  // Written out, so that each part is counted in an index of its own.
  for (const part of [
    and(sql`${messages.state} = 'waiting' and ${messages.kind} <> 'notice'`, isDue),
    and(sql`${messages.state} = 'waiting' and ${messages.kind} = 'notice'`, isDue),
    and(sql`${messages.state} = 'leased'`, lt(messages.leasedUntil, now)),
  ]) {
    due += await tx.$count(tx.select({ id: messages.id }).from(messages).where(part).limit(most - due).as('due'))
  }
  return due
}
