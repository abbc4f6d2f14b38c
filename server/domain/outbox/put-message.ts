import { eq } from 'drizzle-orm'
import { messageContents, outboxMessages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { AccountContent, ReportContent, TextAnswerContent, TextVerificationContent, VerificationContent } from './message-content.ts'

/** One message that somebody asked for. What an evening or a change owes is planned many at a time. */
export type OwedMessage = {
  /** Names the fact that the message tells; never holds a token, an address or a phone number. */
  readonly dedupeKey: string
} & (
  | { readonly kind: 'verification'; readonly subscriberId: number; readonly content: VerificationContent }
  | { readonly kind: 'report'; readonly subscriberId: number; readonly content: ReportContent }
  | { readonly kind: 'account'; readonly subscriberId: number; readonly content: AccountContent }
  | { readonly kind: 'textVerification'; readonly phoneId: number; readonly subscriptionId: number; readonly content: TextVerificationContent }
  | { readonly kind: 'textAnswer'; readonly phoneId: number; readonly content: TextAnswerContent }
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
  const [message] = await tx.insert(outboxMessages).values({
    dedupeKey: owed.dedupeKey,
    kind: owed.kind,
    state: 'waiting',
    subscriberId: 'subscriberId' in owed ? owed.subscriberId : null,
    phoneId: 'phoneId' in owed ? owed.phoneId : null,
    subscriptionId: 'subscriptionId' in owed ? owed.subscriptionId : null,
    contentId: content.id,
    createdAt: now,
    dueAt: now,
    attempts: 0,
  }).returning({ id: outboxMessages.id })
  if (!message) throw new Error('A message was not written.')
  await promiseDelivery(1, now)
  return message.id
}
