import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { accountRequests, accounts, subscribers } from '../../../db/schema.ts'
import type { AccountPageView } from '../../contract/account-view.ts'
import { browserName } from '../../contract/browser-name.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading } from '../../work.ts'
import { listSessions } from './account-sessions.ts'
import type { Account } from './find-account.ts'

/** What My Account shows to who is logged in by this session (G1). */
export async function getAccountPage(reading: Reading, account: Account, sessionId: number): Promise<AccountPageView> {
  const { tx, now } = reading
  const [row] = await tx.select().from(accounts).where(eq(accounts.id, account.id))
  if (!row) throw new Refusal('notFound', 'Not found.')
  const [change] = await tx.select({ email: subscribers.email }).from(accountRequests)
    .innerJoin(subscribers, eq(subscribers.id, accountRequests.subscriberId))
    .where(and(
      eq(accountRequests.accountId, account.id), eq(accountRequests.kind, 'changeAddress'), isNull(accountRequests.usedAt),
      isNull(accountRequests.withdrawnAt), gt(accountRequests.expiresAt, now),
    )).orderBy(desc(accountRequests.id)).limit(1)
  const sessions = await listSessions(reading, account.id)
  return {
    emailAddress: account.emailAddress,
    isMailable: account.isMailable,
    awaitedAddress: change?.email ?? null,
    kind: account.kind,
    isOperator: account.isOperator,
    name: row.name,
    mailingAddress: row.mailingAddress ?? '',
    barNumber: row.barNumber ?? '',
    sessions: sessions.map(({ id, userAgent, since }) => ({ id, browser: browserName(userAgent), since, isThis: id === sessionId })),
  }
}
