import { eq } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import { retryMessage } from '../outbox/retry-message.ts'

/**
 * Lets a failed message leave again, and a parked one only by the word that it may leave twice, since nobody knows whether it has
 * left (`inputInvalid`). Refuses `notFound` for any other.
 */
export async function retryFailure(work: Work, id: number, mayLeaveTwice: boolean): Promise<void> {
  const [message] = await work.tx.select({ state: messages.state }).from(messages).where(eq(messages.id, id))
  if (message?.state === 'parked' && !mayLeaveTwice) {
    throw new Refusal('inputInvalid', `Nobody knows whether message ${id} has left. Tick that it may leave twice, then retry it.`)
  }
  if (await retryMessage(work, id) !== 'waiting') throw new Refusal('notFound', `Message ${id} is not one that failed or was parked.`)
}
