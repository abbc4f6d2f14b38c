import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import { bundledNotices, mailboxMessages, messageContents, outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/** Deletes these messages, and of what they said all that no other message says. */
export async function forgetMessages(work: Work, gone: readonly { readonly id: number; readonly contentId: number }[]): Promise<void> {
  if (gone.length === 0) return
  await work.tx.delete(messages).where(inArray(messages.id, gone.map(({ id }) => id)))
  await work.tx.delete(mailboxMessages).where(inArray(mailboxMessages.messageKey, gone.map(({ id }) => `m${id}`)))
  await forgetContents(work, gone.map(({ contentId }) => contentId))
}

/** Deletes of these contents all that nothing points to any more. How many went. */
export async function forgetContents({ tx }: Work, ids: readonly number[]): Promise<number> {
  const unique = [...new Set(ids)]
  if (unique.length === 0) return 0
  const gone = await tx.delete(messageContents).where(and(
    inArray(messageContents.id, unique),
    notExists(tx.select({ one: sql`1` }).from(messages).where(eq(messages.contentId, messageContents.id))),
    notExists(tx.select({ one: sql`1` }).from(bundledNotices).where(eq(bundledNotices.contentId, messageContents.id))),
  )).returning({ id: messageContents.id })
  return gone.length
}
