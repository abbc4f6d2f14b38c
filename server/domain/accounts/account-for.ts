import { eq } from 'drizzle-orm'
import { accounts } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { isEmailAddress } from '../../contract/tracking-form.ts'
import { fieldErrors } from '../../contract/wording.ts'
import type { Work } from '../../work.ts'
import { putSubscriber } from '../tracking/put-subscriber.ts'
import { putAccount } from './confirm-account.ts'

export interface AccountMade {
  readonly id: number
  /** It had none: its owner has yet to choose a password. */
  readonly isNew: boolean
}

/** The account of an address that an operator names, made without a password where there is none. Refuses `inputInvalid` for what is no address. */
export async function accountFor(work: Work, typed: string): Promise<AccountMade> {
  const email = typed.trim()
  if (!isEmailAddress(email)) throw new Refusal('inputInvalid', fieldErrors.emailFormat, { email: fieldErrors.emailFormat })
  const subscriber = await putSubscriber(work, email)
  const [known] = await work.tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.subscriberId, subscriber.id))
  return known ? { id: known.id, isNew: false } : { id: await putAccount(work, subscriber, { passwordHash: null }), isNew: true }
}
