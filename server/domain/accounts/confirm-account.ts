import { and, eq, isNull } from 'drizzle-orm'
import { accountCredentials, accountRequests, accounts, subscribers } from '../../../db/schema.ts'
import { accountConfirmedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading, Work } from '../../work.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import { mendAddress } from './mend-address.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { emailKey, type Subscriber } from '../tracking/put-subscriber.ts'

export interface FoundAccountRequest {
  readonly request: typeof accountRequests.$inferSelect
  readonly subscriber: Subscriber
  /** To confirm it changes nothing any more. */
  readonly isDone: boolean
}

/** A registration whose button does something, or says again what it did; undefined when its link does nothing. */
export async function findRegistration({ tx, now }: Reading, requestId: number): Promise<FoundAccountRequest | undefined> {
  const [found] = await tx.select({ request: accountRequests, subscriber: subscribers, accountId: accounts.id }).from(accountRequests)
    .innerJoin(subscribers, eq(subscribers.id, accountRequests.subscriberId))
    .leftJoin(accounts, eq(accounts.subscriberId, subscribers.id))
    .where(and(eq(accountRequests.id, requestId), eq(accountRequests.kind, 'register')))
  if (!found || found.request.withdrawnAt) return undefined
  const { request, subscriber, accountId } = found
  if (request.usedAt) return accountId === null ? undefined : { request, subscriber, isDone: true }
  return request.expiresAt > now && accountId === null ? { request, subscriber, isDone: false } : undefined
}

/**
 * G1, D6: the address confirms its account, which has from now on the cases that the address tracks already. To confirm again
 * changes nothing. Refuses `linkInvalid` when the request is unknown, too old, withdrawn, or the address has an account by now.
 */
export async function confirmAccount(work: Work, requestId: number, { from = null }: Manner = {}): Promise<void> {
  const { tx, now } = work
  const found = await findRegistration(work, requestId)
  if (!found) throw new Refusal('linkInvalid', 'This link no longer works.')
  if (found.isDone) return
  const { request, subscriber } = found
  // Its link came with mail that arrived (G4).
  await mendAddress(work, subscriber.id)
  await putAccount(work, subscriber, { passwordHash: request.passwordHash })
  await putConsents(work, [{ act: 'confirmed', subscriberId: subscriber.id, caseId: null, phoneId: null }], { from, words: accountConfirmedWords('register') })
  await tx.update(accountRequests).set({ usedAt: now, passwordHash: null }).where(eq(accountRequests.id, request.id))
  // Others that asked with the same address laid down a password that is not the reader's.
  await tx.update(accountRequests).set({ withdrawnAt: now, passwordHash: null }).where(and(
    eq(accountRequests.subscriberId, subscriber.id), eq(accountRequests.kind, 'register'), isNull(accountRequests.usedAt), isNull(accountRequests.withdrawnAt),
  ))
  await tx.update(subscribers).set({ confirmedAt: now }).where(and(eq(subscribers.id, subscriber.id), isNull(subscribers.confirmedAt)))
}

/** An account of an address that has none; its id. Without a password it is logged in to once a forgotten one was chosen anew. */
export async function putAccount(
  work: Work, subscriber: Subscriber, { passwordHash, ...facts }: { readonly passwordHash: string | null } & Partial<typeof accounts.$inferInsert>,
): Promise<number> {
  const { tx, now } = work
  const [account] = await tx.insert(accounts).values({
    email: emailKey(subscriber.email), emailVerified: passwordHash !== null, subscriberId: subscriber.id, seenChangeId: await lastChangeId(work),
    createdAt: now, updatedAt: now, ...facts,
  }).returning({ id: accounts.id })
  if (!account) throw new Error('An account was not written.')
  if (passwordHash !== null) {
    await tx.insert(accountCredentials).values({
      userId: account.id, accountId: String(account.id), providerId: 'credential', password: passwordHash, createdAt: now, updatedAt: now,
    })
  }
  return account.id
}
