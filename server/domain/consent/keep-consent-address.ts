import { and, eq, isNull, sql } from 'drizzle-orm'
import { consents, subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/** Before a subscriber gets another address: what the one it has asked and confirmed stays the proof of that one (H6). */
export async function keepConsentAddress({ tx }: Work, subscriberId: number): Promise<void> {
  const present = tx.select({ emailKey: subscribers.emailKey }).from(subscribers).where(eq(subscribers.id, subscriberId))
  await tx.update(consents).set({ formerEmailKey: sql`(${present})` }).where(and(eq(consents.subscriberId, subscriberId), isNull(consents.formerEmailKey)))
}
