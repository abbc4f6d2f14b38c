import { and, eq, gte, isNull, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isNoticeWaiting } from '../outbox/lanes.ts'
import { whyUnclear } from './why-unclear.ts'

/**
 * R14: after a backup took the place of the database, the e-mails that a run owes do not leave by themselves, since an evening that
 * the backup does not know may have told the same. Texts are parked where they are owed (`putTexts`). How many are parked.
 */
export async function parkRun(work: Work, runId: number): Promise<number> {
  const reason = await whyUnclear(work)
  if (reason === undefined) return 0
  // Any moment at all says which index is meant.
  const parked = await work.tx.update(messages).set({ state: 'parked', reason })
    .where(and(isNoticeWaiting, gte(messages.dueAt, new Date(0)), eq(messages.runId, runId), isNull(messages.batchId), sql`${messages.attempts} = 0`))
    .returning({ id: messages.id })
  return parked.length
}
