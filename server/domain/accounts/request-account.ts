import { eq } from 'drizzle-orm'
import { accountRequests, accounts } from '../../../db/schema.ts'
import { accountAskedWords } from '../../contract/consent-wording.ts'
import type { AccountRequestKind } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import type { Site } from '../outbox/message-frame.ts'
import { putSubscriber } from '../tracking/put-subscriber.ts'
import { oweAccountMail } from './owe-account-mail.ts'

const daysMs = 86_400_000
const livesMs: Readonly<Record<AccountRequestKind, number>> = { register: 7 * daysMs, changeAddress: 7 * daysMs, resetPassword: 3_600_000 }

/** Keeps what a link is to confirm; its id. */
export async function putAccountRequest(
  { tx, now }: Work, request: Pick<typeof accountRequests.$inferInsert, 'kind' | 'subscriberId' | 'accountId' | 'passwordHash'>,
): Promise<number> {
  const [made] = await tx.insert(accountRequests)
    .values({ ...request, createdAt: now, expiresAt: new Date(now.getTime() + livesMs[request.kind]) }).returning({ id: accountRequests.id })
  if (!made) throw new Error('A request about an account was not kept.')
  return made.id
}

/**
 * G1: an address asks for an account. There is none before its link is used: each request carries its own password, so that
 * nobody lays a password of theirs under a stranger's account. An address that has one is told so. Says nothing of which it was.
 */
export async function requestAccount(
  work: Work, site: Site, { email, passwordHash }: { readonly email: string; readonly passwordHash: string }, { from = null }: Manner = {},
): Promise<void> {
  const subscriber = await putSubscriber(work, email)
  const [known] = await work.tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.subscriberId, subscriber.id))
  // Kept in either case, so that both write alike (S4); of one that has an account it does nothing.
  const requestId = await putAccountRequest(work, { kind: 'register', subscriberId: subscriber.id, accountId: null, passwordHash })
  await putConsents(work, [{ act: 'asked', subscriberId: subscriber.id, caseId: null, phoneId: null }], { from, words: accountAskedWords('register') })
  await oweAccountMail(work, site, subscriber, { what: known ? 'alreadyRegistered' : 'register', requestId })
}
