import { and, eq } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/**
 * An operator's word: a parked message does not leave, since it had left before or nobody needs it any more. `notDropped` when there
 * is no such message or it is in another state.
 */
export async function dropMessage({ tx, now }: Work, id: number): Promise<'dropped' | 'notDropped'> {
  const dropped = await tx.update(messages).set({ state: 'cancelled', settledAt: now, reason: 'An operator dropped it after it was parked.' })
    .where(and(eq(messages.id, id), eq(messages.state, 'parked'))).returning({ id: messages.id })
  return dropped.length === 1 ? 'dropped' : 'notDropped'
}
