import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { consents, subscribers } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

/** Before a subscriber gets another address: what the one it has asked and confirmed stays the proof of that one (H6). */
export async function keepConsentAddress({ tx }: Work, subscriberId: number): Promise<void> {
  const present = tx.select({ emailKey: subscribers.emailKey }).from(subscribers).where(eq(subscribers.id, subscriberId))
  await tx.update(consents).set({ formerEmailKey: sql`(${present})` }).where(and(eq(consents.subscriberId, subscriberId), isNull(consents.formerEmailKey)))
}

/** Null where the address that asked is that of its subscriber still: whoever confirms by a link has the mail of who asked. */
export async function addressThatAsked({ tx }: Reading, { subscriberId, caseId }: { readonly subscriberId: number; readonly caseId: number }): Promise<string | null> {
  const [asked] = await tx.select({ formerEmailKey: consents.formerEmailKey }).from(consents)
    .where(and(eq(consents.subscriberId, subscriberId), eq(consents.caseId, caseId), eq(consents.act, 'asked'))).orderBy(desc(consents.id)).limit(1)
  return asked?.formerEmailKey ?? null
}
