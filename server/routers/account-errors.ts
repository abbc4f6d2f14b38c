import { accountErrors, type AccountFieldErrors } from '../contract/account-form.ts'
import { Refusal } from '../contract/refusals.ts'
import { isEmailAddress } from '../contract/tracking-form.ts'
import { fieldErrors } from '../contract/wording.ts'
import type { Account } from '../domain/accounts/find-account.ts'
import { clientNetwork } from '../domain/limits/client-network.ts'
import { emailKey } from '../domain/tracking/put-subscriber.ts'
import type { Context } from '../trpc.ts'

/** The errors of an address as it was typed. */
export function emailErrors(email: string): AccountFieldErrors {
  if (email === '') return { email: fieldErrors.emailMissing }
  return isEmailAddress(email) ? {} : { email: fieldErrors.emailFormat }
}

export function refuseErrors(errors: AccountFieldErrors): void {
  if (Object.keys(errors).length > 0) throw new Refusal('inputInvalid', 'There is a problem with what was entered.', errors)
}

/** S19: too many tries are refused before a password is looked at. */
export async function refuseTooMany({ rateLimits, clientAddress }: Context, email: string): Promise<void> {
  const seconds = await rateLimits.look('failedLogInFrom', clientNetwork(clientAddress)) ?? await rateLimits.take('logIn', email)
  if (seconds === null) return
  const minutes = Math.ceil(seconds / 60)
  throw new Refusal('tooMany', `There were too many tries to log in. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or choose a new password.`)
}

/** What may not be done by whoever sits before an open session: the password is asked for again (S15). */
export async function passPassword(ctx: Context, { id, emailAddress }: Pick<Account, 'id' | 'emailAddress'>, typed: string): Promise<void> {
  if (typed === '') refuseErrors({ password: accountErrors.passwordMissing })
  const email = emailKey(emailAddress)
  await refuseTooMany(ctx, email)
  if (!await ctx.authenticator.isPassword(id, typed)) {
    await ctx.rateLimits.take('failedLogInFrom', clientNetwork(ctx.clientAddress))
    refuseErrors({ password: accountErrors.passwordWrong })
  }
  await ctx.rateLimits.forget('logIn', email)
}
