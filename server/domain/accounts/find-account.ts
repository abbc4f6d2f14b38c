import { eq, type SQL } from 'drizzle-orm'
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

export const findAccount = (reading: Reading, id: number): Promise<Account | undefined> => findWhere(reading, eq(accounts.id, id))

/** By the `emailKey` of its address. */
export const findAccountOf = (reading: Reading, key: string): Promise<Account | undefined> => findWhere(reading, eq(accounts.email, key))

async function findWhere({ tx }: Reading, isIt: SQL): Promise<Account | undefined> {
  const [found] = await tx.select({
    id: accounts.id, subscriberId: accounts.subscriberId, kind: accounts.kind, isOperator: accounts.isOperator, emailAddress: subscribers.email,
    isVerified: accounts.emailVerified, suppressedAt: subscribers.suppressedAt,
  }).from(accounts).innerJoin(subscribers, eq(subscribers.id, accounts.subscriberId)).where(isIt)
  if (!found) return undefined
  const { isVerified, suppressedAt, ...account } = found
  return { ...account, isMailable: isVerified && suppressedAt === null }
}
