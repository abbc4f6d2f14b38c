import { and, eq, exists, inArray, isNotNull, isNull, ne, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import {
  accounts, consents, mailboxMessages, messageContents, outboxMessages, phones, phoneVerifications, subscribers, subscriptions, textReplies,
} from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { Account } from './find-account.ts'

/**
 * G1: deletes an account, its sessions, and all that its address tracks, asked for and was sent; phones that nobody else named, too. A
 * phone that answered STOP stays known as one that takes no texts. A text that another address is owed as well goes on to it. Links
 * of old mail answer as before (E5). What another's mail system has of ours is not ours any more.
 */
export async function deleteAccount(work: Work, { id, subscriberId }: Pick<Account, 'id' | 'subscriberId'>): Promise<void> {
  const { tx } = work
  await handOnTexts(work, subscriberId)
  const named = await listPhones(work, subscriberId)
  const own = tx.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.subscriberId, subscriberId))
  // What an evening says of a case is said to others too; what was asked for names the address.
  const isOwn = or(eq(outboxMessages.subscriberId, subscriberId), inArray(outboxMessages.subscriptionId, own))
  const said = tx.select({ id: outboxMessages.contentId }).from(outboxMessages).where(isOwn)
  // What the local mailbox has of them.
  await tx.delete(mailboxMessages).where(inArray(mailboxMessages.messageKey, tx.select({ key: sql<string>`'m' || ${outboxMessages.id}` }).from(outboxMessages).where(isOwn)))
  await tx.delete(messageContents).where(and(isNull(messageContents.caseId), inArray(messageContents.id, said)))
  await tx.delete(accounts).where(eq(accounts.id, id))
  await tx.delete(subscribers).where(eq(subscribers.id, subscriberId))
  for (const phoneId of named) await forgetPhone(work, phoneId)
}

/** One phone gets one text a fact, however many addresses named it (F7): each is owed through one of them. */
async function handOnTexts({ tx }: Work, subscriberId: number): Promise<void> {
  const owner = alias(subscriptions, 'owner')
  const other = alias(subscriptions, 'other')
  const others = (column: { readonly id: typeof other.id }) => tx.select(column).from(other).innerJoin(owner, eq(owner.id, outboxMessages.subscriptionId))
    .where(and(
      eq(other.caseId, owner.caseId), eq(other.phoneId, outboxMessages.phoneId), ne(other.subscriberId, subscriberId), sql`${other.textState} = 'active'`,
    )).limit(1)
  const own = tx.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.subscriberId, subscriberId))
  await tx.update(outboxMessages).set({ subscriptionId: sql`(${others({ id: other.id })})` })
    .where(and(sql`${outboxMessages.kind} = 'text'`, inArray(outboxMessages.subscriptionId, own), exists(others({ id: other.id }))))
}

async function listPhones({ tx }: Work, subscriberId: number): Promise<number[]> {
  const isOwn = eq(subscriptions.subscriberId, subscriberId)
  const named = [
    await tx.selectDistinct({ id: subscriptions.phoneId }).from(subscriptions).where(and(isOwn, isNotNull(subscriptions.phoneId))),
    await tx.selectDistinct({ id: subscriptions.pendingPhoneId }).from(subscriptions).where(and(isOwn, isNotNull(subscriptions.pendingPhoneId))),
    await tx.selectDistinct({ id: consents.phoneId }).from(consents).where(and(eq(consents.subscriberId, subscriberId), isNotNull(consents.phoneId))),
    await tx.selectDistinct({ id: phoneVerifications.phoneId }).from(phoneVerifications).where(eq(phoneVerifications.subscriberId, subscriberId)),
  ].flat()
  return [...new Set(named.flatMap(({ id }) => id ?? []))]
}

async function forgetPhone({ tx }: Work, phoneId: number): Promise<void> {
  const namedStill = tx.select({ one: sql`1` }).from(subscriptions).where(or(eq(subscriptions.phoneId, phoneId), eq(subscriptions.pendingPhoneId, phoneId)))
  const askedStill = tx.select({ one: sql`1` }).from(phoneVerifications).where(eq(phoneVerifications.phoneId, phoneId))
  const provenStill = tx.select({ one: sql`1` }).from(consents).where(eq(consents.phoneId, phoneId))
  const [free] = await tx.select({ id: phones.id }).from(phones)
    .where(and(eq(phones.id, phoneId), isNull(phones.stoppedAt), notExists(namedStill), notExists(askedStill), notExists(provenStill)))
  if (!free) return
  const said = tx.select({ id: outboxMessages.contentId }).from(outboxMessages).where(eq(outboxMessages.phoneId, phoneId))
  await tx.delete(messageContents).where(and(isNull(messageContents.caseId), inArray(messageContents.id, said)))
  await tx.delete(outboxMessages).where(eq(outboxMessages.phoneId, phoneId))
  await tx.delete(textReplies).where(eq(textReplies.phoneId, phoneId))
  await tx.delete(phones).where(eq(phones.id, phoneId))
}
