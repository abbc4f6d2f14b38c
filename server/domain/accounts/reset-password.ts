import { and, eq, isNull } from 'drizzle-orm'
import { accountCredentials, accountRequests, accounts, accountSessions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading, Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putSubscriber } from '../tracking/put-subscriber.ts'
import { oweAccountMail } from './owe-account-mail.ts'
import { putAccountRequest } from './request-account.ts'

/**
 * G1: an address asks for a new password. It gets a link that works for one hour, once; or, where no account has the address, an
 * e-mail that says so. Says nothing of which it was.
 */
export async function requestPasswordReset(work: Work, site: Site, email: string): Promise<void> {
  const subscriber = await putSubscriber(work, email)
  const [account] = await work.tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.subscriberId, subscriber.id))
  // Kept in either case, so that both write alike (S4); of an address without an account it does nothing.
  const requestId = await putAccountRequest(work, account
    ? { kind: 'resetPassword', subscriberId: subscriber.id, accountId: account.id }
    : { kind: 'register', subscriberId: subscriber.id, accountId: null })
  await oweAccountMail(work, site, subscriber, { what: account ? 'resetPassword' : 'notRegistered', requestId })
}

/** The request of a link that lets a new password be chosen; undefined when its link does nothing. */
export async function findReset({ tx, now }: Reading, requestId: number): Promise<{ readonly accountId: number } | undefined> {
  const [request] = await tx.select().from(accountRequests).where(and(eq(accountRequests.id, requestId), eq(accountRequests.kind, 'resetPassword')))
  if (!request || request.accountId === null || request.usedAt || request.withdrawnAt || request.expiresAt <= now) return undefined
  return { accountId: request.accountId }
}

/** Gives the account a new password and ends all its sessions; what it logs in with. Refuses `linkInvalid` when the link does nothing any more. */
export async function resetPassword(work: Work, requestId: number, passwordHash: string): Promise<{ readonly email: string }> {
  const { tx, now } = work
  const found = await findReset(work, requestId)
  if (!found) throw new Refusal('linkInvalid', 'This link no longer works.')
  await tx.update(accountRequests).set({ usedAt: now }).where(eq(accountRequests.id, requestId))
  await setPassword(work, found.accountId, passwordHash)
  // Its link came with the address's own mail.
  const [account] = await tx.update(accounts).set({ emailVerified: true }).where(eq(accounts.id, found.accountId)).returning({ email: accounts.email })
  if (!account) throw new Refusal('linkInvalid', 'This link no longer works.')
  await tx.delete(accountSessions).where(eq(accountSessions.userId, found.accountId))
  return account
}

/** Writes a password and withdraws what else was asked for with the old one. */
export async function setPassword({ tx, now }: Work, accountId: number, passwordHash: string): Promise<void> {
  await tx.insert(accountCredentials)
    .values({ userId: accountId, accountId: String(accountId), providerId: 'credential', password: passwordHash, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: [accountCredentials.userId, accountCredentials.providerId], set: { password: passwordHash, updatedAt: now } })
  await tx.update(accountRequests).set({ withdrawnAt: now })
    .where(and(eq(accountRequests.accountId, accountId), isNull(accountRequests.usedAt), isNull(accountRequests.withdrawnAt)))
}
