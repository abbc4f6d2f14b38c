import { and, eq, inArray, isNull, ne, notExists, notInArray, or, sql } from 'drizzle-orm'
import {
  accountRequests, accounts, consents, formerSubscribers, outboxMessages as messages, phones, phoneVerifications, reportRequests, subscribers, subscriptions,
  textReplies, trackingRequests,
} from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { forgetMessages } from './forget-contents.ts'

/**
 * Forgets of these addresses all that are known through nothing else any more: what they were is overwritten, and the empty row stays,
 * since to delete it every message would be looked through. An address that takes no mail is kept as one.
 */
export async function forgetSubscribers(work: Work, ids: readonly number[]): Promise<number> {
  const { tx } = work
  const unique = [...new Set(ids)]
  if (unique.length === 0) return 0
  const own = { one: sql`1` }
  const free = (await tx.select({ id: subscribers.id }).from(subscribers).where(and(
    inArray(subscribers.id, unique), isNull(subscribers.suppressedAt), ne(subscribers.email, ''),
    notExists(tx.select(own).from(accounts).where(eq(accounts.subscriberId, subscribers.id))),
    notExists(tx.select(own).from(subscriptions).where(eq(subscriptions.subscriberId, subscribers.id))),
    notExists(tx.select(own).from(trackingRequests).where(eq(trackingRequests.subscriberId, subscribers.id))),
    notExists(tx.select(own).from(reportRequests).where(eq(reportRequests.subscriberId, subscribers.id))),
    notExists(tx.select(own).from(accountRequests).where(eq(accountRequests.subscriberId, subscribers.id))),
    notExists(tx.select(own).from(formerSubscribers).where(eq(formerSubscribers.subscriberId, subscribers.id))),
  ))).map(({ id }) => id)
  if (free.length === 0) return 0
  // Written out for the indexes of what belongs to no subscription.
  for (const kinds of [sql`${messages.kind} in ('verification', 'report', 'account')`, sql`${messages.kind} in ('digest', 'candidates')`]) {
    await forgetMessages(work, await tx.select({ id: messages.id, contentId: messages.contentId }).from(messages).where(and(kinds, inArray(messages.subscriberId, free))))
  }
  const proofs = await tx.delete(consents).where(inArray(consents.subscriberId, free)).returning({ phoneId: consents.phoneId })
  await forgetPhones(work, proofs.flatMap(({ phoneId }) => phoneId ?? []))
  for (const id of free) {
    await tx.update(subscribers).set({
      email: '', emailKey: `gone/${id}`, mailboxKey: '', confirmedAt: null, isBundled: false, isPrivate: false, softBounces: 0, softBouncedAt: null,
    }).where(eq(subscribers.id, id))
  }
  return free.length
}

/** The same of phones that nobody named or asked about any more. One that answered STOP is kept as one that takes no texts (E6). */
export async function forgetPhones(work: Work, ids: readonly number[]): Promise<void> {
  const { tx } = work
  const unique = [...new Set(ids)]
  if (unique.length === 0) return
  const asked = (await tx.selectDistinct({ id: phoneVerifications.phoneId }).from(phoneVerifications).where(inArray(phoneVerifications.phoneId, unique))).map(({ id }) => id)
  const free = (await tx.select({ id: phones.id }).from(phones).where(and(
    inArray(phones.id, unique), isNull(phones.stoppedAt), asked.length === 0 ? undefined : notInArray(phones.id, asked),
    notExists(tx.select({ one: sql`1` }).from(subscriptions).where(eq(subscriptions.phoneId, phones.id))),
    notExists(tx.select({ one: sql`1` }).from(subscriptions).where(eq(subscriptions.pendingPhoneId, phones.id))),
    // Of another address, it is proof.
    notExists(tx.select({ one: sql`1` }).from(consents).where(eq(consents.phoneId, phones.id))),
  ))).map(({ id }) => id)
  if (free.length === 0) return
  await forgetMessages(work, await tx.select({ id: messages.id, contentId: messages.contentId }).from(messages)
    .where(and(sql`${messages.kind} in ('textVerification', 'textAnswer')`, inArray(messages.phoneId, free))))
  await tx.delete(textReplies).where(inArray(textReplies.phoneId, free))
  for (const id of free) await tx.update(phones).set({ number: `gone/${id}`, carrier: null }).where(eq(phones.id, id))
}

/** Deletes subscriptions with what they were asked with and owed, and forgets whom nothing else is known of. */
export async function forgetSubscriptions(work: Work, gone: readonly { readonly id: number; readonly subscriberId: number; readonly caseId: number }[]): Promise<void> {
  const { tx } = work
  const ids = gone.map(({ id }) => id)
  if (ids.length === 0) return
  const named: number[] = [
    ...await tx.selectDistinct({ id: subscriptions.phoneId }).from(subscriptions).where(inArray(subscriptions.id, ids)),
    ...await tx.selectDistinct({ id: subscriptions.pendingPhoneId }).from(subscriptions).where(inArray(subscriptions.id, ids)),
    ...await tx.selectDistinct({ id: phoneVerifications.phoneId }).from(phoneVerifications).where(inArray(phoneVerifications.subscriptionId, ids)),
  ].flatMap(({ id }) => id ?? [])
  for (const { subscriberId, caseId } of gone) {
    await tx.delete(trackingRequests).where(and(eq(trackingRequests.subscriberId, subscriberId), eq(trackingRequests.caseId, caseId)))
    const proofs = await tx.delete(consents).where(and(eq(consents.subscriberId, subscriberId), eq(consents.caseId, caseId))).returning({ phoneId: consents.phoneId })
    named.push(...proofs.flatMap(({ phoneId }) => phoneId ?? []))
  }
  await forgetMessages(work, await tx.select({ id: messages.id, contentId: messages.contentId }).from(messages).where(inArray(messages.subscriptionId, ids)))
  await tx.delete(subscriptions).where(inArray(subscriptions.id, ids))
  await forgetPhones(work, named)
  await forgetSubscribers(work, gone.map(({ subscriberId }) => subscriberId))
}

/** Never active by either channel: known through requests that nobody confirmed. */
export const isNeverConfirmed = and(
  isNull(subscriptions.emailActiveAt), isNull(subscriptions.emailActiveAfter), isNull(subscriptions.textActiveAfter),
  or(eq(subscriptions.emailState, 'pending'), eq(subscriptions.emailState, 'stopped')),
)
