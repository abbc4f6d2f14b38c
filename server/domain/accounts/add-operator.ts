import { eq } from 'drizzle-orm'
import { accounts } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { accountFor, type AccountMade } from './account-for.ts'

/**
 * Makes the account of an address an operator's. Where it has none, one is made without a password, whose owner chooses one as a
 * forgotten password is. Refuses `inputInvalid` for what is no address.
 */
export async function addOperator(work: Work, email: string): Promise<AccountMade> {
  const account = await accountFor(work, email)
  await work.tx.update(accounts).set({ isOperator: true, updatedAt: work.now }).where(eq(accounts.id, account.id))
  return account
}
