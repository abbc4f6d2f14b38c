import { sql } from 'drizzle-orm'
import { subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { mailboxKey } from '../limits/mailbox-key.ts'

/** The form of an address by which a subscriber is known. */
export const emailKey = (email: string): string => email.trim().normalize('NFC').toLowerCase()

export type Subscriber = typeof subscribers.$inferSelect

/** The subscriber of an address, made where there is none. The spelling first given is the one that mail goes to. */
export async function putSubscriber({ tx, now }: Work, email: string): Promise<Subscriber> {
  const [subscriber] = await tx.insert(subscribers)
    .values({ email: email.trim(), emailKey: emailKey(email), mailboxKey: mailboxKey(email), createdAt: now })
    .onConflictDoUpdate({ target: subscribers.emailKey, set: { mailboxKey: sql`excluded.mailbox_key` } })
    .returning()
  if (!subscriber) throw new Error('A subscriber could not be stored.')
  return subscriber
}
