import { eq } from 'drizzle-orm'
import { messageContents, outboxMessages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { ReportContent, VerificationContent } from './message-content.ts'

/** One message that a visitor asked for. Notices are planned by the evening, many at a time. */
export type OwedMessage = {
  /** Names the fact that the message tells; never holds a token. */
  readonly dedupeKey: string
  readonly subscriberId: number
  /** Not before this; default: now. */
  readonly dueAt?: Date
} & (
  | { readonly kind: 'verification'; readonly content: VerificationContent }
  | { readonly kind: 'report'; readonly content: ReportContent }
)

/**
 * Owes a message in the transaction that records its fact, what it says frozen with it. The same fact again owes nothing
 * more and leaves the first as it is. Gives the id of the message.
 */
export async function putMessage({ tx, now, promiseDelivery }: Work, owed: OwedMessage): Promise<number> {
  const [known] = await tx.select({ id: outboxMessages.id }).from(outboxMessages).where(eq(outboxMessages.dedupeKey, owed.dedupeKey))
  if (known) return known.id
  const [content] = await tx.insert(messageContents).values({ payload: owed.content, createdAt: now }).returning({ id: messageContents.id })
  if (!content) throw new Error('The content of a message was not written.')
  const dueAt = owed.dueAt ?? now
  const [message] = await tx.insert(outboxMessages).values({
    dedupeKey: owed.dedupeKey,
    kind: owed.kind,
    state: 'waiting',
    subscriberId: owed.subscriberId,
    contentId: content.id,
    createdAt: now,
    dueAt,
    attempts: 0,
  }).returning({ id: outboxMessages.id })
  if (!message) throw new Error('A message was not written.')
  await promiseDelivery(1, dueAt)
  return message.id
}
