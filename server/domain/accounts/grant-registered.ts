import { eq } from 'drizzle-orm'
import { accounts } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { accountFor, type AccountMade } from './account-for.ts'

export interface RegisteredFacts {
  readonly email: string
  /** What is left out stays as it was. */
  readonly name?: string | undefined
  readonly mailingAddress?: string | undefined
  readonly barNumber?: string | undefined
}

/**
 * D7: an operator makes the account of an address a registered one. Where it has none, one is made without a password, whose owner
 * chooses one as a forgotten password is. To grant it again changes what is said of its owner. Refuses `inputInvalid` for what is
 * no address.
 */
export async function grantRegistered(work: Work, { email, name, mailingAddress, barNumber }: RegisteredFacts): Promise<AccountMade> {
  const account = await accountFor(work, email)
  await work.tx.update(accounts).set({
    kind: 'registered', updatedAt: work.now, ...(name !== undefined && { name: name.trim() }),
    ...(mailingAddress !== undefined && { mailingAddress: mailingAddress.trim() || null }), ...(barNumber !== undefined && { barNumber: barNumber.trim() || null }),
  }).where(eq(accounts.id, account.id))
  return account
}
