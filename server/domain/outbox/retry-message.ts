import { and, eq, inArray } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/**
 * An operator's word: a failed or parked message is due now as if it had never been tried. Of a parked one nobody knows
 * whether it had left: it may leave twice. What it tells a subscription that was paused since is told with what the pause missed
 * instead. `notRetried` when there is no such message or it is in another state.
 */
export async function retryMessage({ tx, now, promiseDelivery }: Work, id: number): Promise<'waiting' | 'notRetried'> {
  const retried = await tx.update(messages)
    .set({ state: 'waiting', dueAt: now, attempts: 0, batchId: null, settledAt: null, providerId: null, reason: null })
    .where(and(eq(messages.id, id), inArray(messages.state, ['failed', 'parked'])))
    .returning({ id: messages.id })
  await promiseDelivery(retried.length, now)
  return retried.length === 1 ? 'waiting' : 'notRetried'
}
