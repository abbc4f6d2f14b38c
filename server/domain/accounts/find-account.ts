import { eq } from 'drizzle-orm'
import { accounts, subscribers } from '../../../db/schema.ts'
import type { AccountKind } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'

/** Whose session a request has, and what every procedure may need to know of it. */
export interface Account {
  readonly id: number
  readonly subscriberId: number
  readonly kind: AccountKind
  readonly isOperator: boolean
  /** As it is spelt; where its mail goes. */
  readonly emailAddress: string
  /** False where its address was never verified or takes no mail (D4). */
  readonly isMailable: boolean
}

export async function findAccount({ tx }: Reading, id: number): Promise<Account | undefined> {
  const [found] = await tx.select({
    id: accounts.id, subscriberId: accounts.subscriberId, kind: accounts.kind, isOperator: accounts.isOperator, emailAddress: subscribers.email,
    isVerified: accounts.emailVerified, suppressedAt: subscribers.suppressedAt,
  }).from(accounts).innerJoin(subscribers, eq(subscribers.id, accounts.subscriberId)).where(eq(accounts.id, id))
  if (!found) return undefined
  const { isVerified, suppressedAt, ...account } = found
  return { ...account, isMailable: isVerified && suppressedAt === null }
}
