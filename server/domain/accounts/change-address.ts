import { and, eq, isNull, ne } from 'drizzle-orm'
import { accountRequests, accounts, subscribers } from '../../../db/schema.ts'
import { accountAskedWords, accountConfirmedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import { keepConsentAddress } from '../consent/keep-consent-address.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import { isMailAllowed } from '../limits/is-mail-allowed.ts'
import type { Site } from '../outbox/message-frame.ts'
import type { Reading, Work } from '../../work.ts'
import { emailKey, putSubscriber, type Subscriber } from '../tracking/put-subscriber.ts'
import { resumeDelivery } from '../tracking/resume-delivery.ts'
import { endOtherSessions, type KeptSession } from './account-sessions.ts'
import type { Account } from './find-account.ts'
import { mergeSubscribers } from './merge-subscribers.ts'
import { oweAccountMail } from './owe-account-mail.ts'
import { putAccountRequest } from './request-account.ts'

/**
 * G1: an account asks for another address. The new one gets a link that confirms it, the old one is told; nothing changes before. An
 * address that has an account is told that, and nobody else is. What the account asked for before is withdrawn, so that only the
 * newest of its links works. Says nothing of what was known. Refuses `tooMany` where the old address could not be told any more.
 */
export async function requestAddressChange(
  work: Work, site: Site, account: Pick<Account, 'id' | 'subscriberId' | 'isMailable'>, email: string, { from = null }: Manner = {},
): Promise<void> {
  const { tx } = work
  const [old] = await tx.select().from(subscribers).where(eq(subscribers.id, account.subscriberId))
  if (!old) throw new Error('An account has no subscriber.')
  const isSame = old.emailKey === emailKey(email)
  if (!isSame && account.isMailable && !await isMailAllowed(work, old, site.profile.limits)) {
    throw new Refusal('tooMany', 'Too many e-mails went to the address of your account just now. Try again in an hour.')
  }
  const wanted = await putSubscriber(work, email)
  const [holder] = await tx.select({ id: accounts.id }).from(accounts).where(and(eq(accounts.subscriberId, wanted.id), ne(accounts.id, account.id)))
  await withdrawOpen(work, and(eq(accountRequests.accountId, account.id), eq(accountRequests.kind, 'changeAddress')))
  const requestId = await putAccountRequest(work, { kind: 'changeAddress', subscriberId: wanted.id, accountId: account.id })
  await putConsents(work, [{ act: 'asked', subscriberId: wanted.id, caseId: null, phoneId: null }], { from, words: accountAskedWords('changeAddress') })
  await oweAccountMail(work, site, wanted, { what: holder ? 'alreadyRegistered' : 'changeAddress', requestId })
  if (!isSame) await oweAccountMail(work, site, old, { what: 'addressChanging', requestId, newAddress: email.trim() })
}

const withdrawOpen = ({ tx, now }: Work, which: ReturnType<typeof and>) =>
  tx.update(accountRequests).set({ withdrawnAt: now }).where(and(which, isNull(accountRequests.usedAt), isNull(accountRequests.withdrawnAt)))

export interface FoundAddressChange {
  readonly accountId: number
  readonly wanted: Subscriber
  /** Where the account's mail goes until then. */
  readonly subscriberId: number
  /** To confirm it changes nothing any more. */
  readonly isDone: boolean
}

/** A change whose button does something, or says again what it did; undefined when its link does nothing. */
export async function findAddressChange({ tx, now }: Reading, requestId: number): Promise<FoundAddressChange | undefined> {
  const [found] = await tx.select({ request: accountRequests, wanted: subscribers, subscriberId: accounts.subscriberId }).from(accountRequests)
    .innerJoin(subscribers, eq(subscribers.id, accountRequests.subscriberId))
    .innerJoin(accounts, eq(accounts.id, accountRequests.accountId))
    .where(and(eq(accountRequests.id, requestId), eq(accountRequests.kind, 'changeAddress')))
  if (!found || found.request.withdrawnAt) return undefined
  const { request, wanted, subscriberId } = found
  const change = { accountId: request.accountId ?? 0, wanted, subscriberId }
  if (request.usedAt) return { ...change, isDone: true }
  const [holder] = await tx.select({ id: accounts.id }).from(accounts).where(and(eq(accounts.subscriberId, wanted.id), ne(accounts.id, change.accountId)))
  return request.expiresAt > now && !holder ? { ...change, isDone: false } : undefined
}

/**
 * G1: the new address confirms. From now on the account logs in with it and all mail goes there, what waits to leave included; what
 * that address tracked itself is the account's too, and what both tracked is one. Links of either go on working. Every session ends
 * but the one that is kept, and links that were mailed to the old address for a new password do nothing. A pause because mail came back
 * ends (G4). To confirm again changes nothing. Refuses `linkInvalid` when the request is unknown, too old, withdrawn, or the address
 * has another account by now.
 */
export async function changeAddress(work: Work, requestId: number, kept: KeptSession | null, { from = null }: Manner = {}): Promise<void> {
  const { tx, now } = work
  const found = await findAddressChange(work, requestId)
  if (!found) throw new Refusal('linkInvalid', 'This link no longer works.')
  if (found.isDone) return
  const { accountId, wanted, subscriberId } = found
  await tx.update(accountRequests).set({ usedAt: now }).where(eq(accountRequests.id, requestId))
  await withdrawOpen(work, eq(accountRequests.accountId, accountId))
  if (wanted.id !== subscriberId) {
    await mergeSubscribers(work, wanted.id, subscriberId)
    await keepConsentAddress(work, subscriberId)
  }
  await tx.update(subscribers).set({
    email: wanted.email, emailKey: wanted.emailKey, mailboxKey: wanted.mailboxKey, suppressedAt: null, suppressedBecause: null, softBounces: 0, softBouncedAt: null,
  }).where(eq(subscribers.id, subscriberId))
  await tx.update(subscribers).set({ confirmedAt: now }).where(and(eq(subscribers.id, subscriberId), isNull(subscribers.confirmedAt)))
  await tx.update(accounts).set({ email: wanted.emailKey, emailVerified: true, updatedAt: now }).where(eq(accounts.id, accountId))
  await putConsents(work, [{ act: 'confirmed', subscriberId, caseId: null, phoneId: null }], { from, words: accountConfirmedWords('changeAddress') })
  await endOtherSessions(work, accountId, kept)
  await resumeDelivery(work, subscriberId)
}
