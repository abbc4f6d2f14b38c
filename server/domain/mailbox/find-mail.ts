import { eq } from 'drizzle-orm'
import { mailboxMessages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** One message of the local mailbox, whole. */
export type KeptMail = typeof mailboxMessages.$inferSelect

export async function findMail({ tx }: Reading, id: number): Promise<KeptMail | undefined> {
  const [mail] = await tx.select().from(mailboxMessages).where(eq(mailboxMessages.id, id))
  return mail
}
