import { eq } from 'drizzle-orm'
import { formerSubscribers } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** The subscriber that a link acts on: the one that it was made for, or the one that this became (G1). */
export async function findLinkedSubscriber({ tx }: Reading, id: number): Promise<number> {
  const [former] = await tx.select({ id: formerSubscribers.subscriberId }).from(formerSubscribers).where(eq(formerSubscribers.id, id))
  return former?.id ?? id
}
