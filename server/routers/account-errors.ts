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

/**
 * Looks at a password unless there were too many tries: each is counted before it is looked at, so that many at once are no way
 * round (S19), and the right one takes them back.
 */
export async function tryPassword<T>({ authenticator, rateLimits, clientAddress }: Context, email: string, isRight: () => Promise<T | null>): Promise<T | null> {
  // Whoever is told to come again has not tried.
  authenticator.refuseWhenFull()
  const from = clientNetwork(clientAddress)
  const seconds = await rateLimits.look('logIn', email) ?? await rateLimits.take('failedLogInFrom', from) ?? await rateLimits.take('logIn', email)
  if (seconds === null) {
    const found = await isRight()
    if (found === null) return null
    await rateLimits.giveBack('failedLogInFrom', from)
    await rateLimits.forget('logIn', email)
    return found
  }
  const minutes = Math.ceil(seconds / 60)
  throw new Refusal('tooMany', `There were too many tries to log in. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or choose a new password.`)
}

/** What may not be done by whoever sits before an open session: the password is asked for again (S15). */
export async function passPassword(ctx: Context, { id, emailAddress }: Pick<Account, 'id' | 'emailAddress'>, typed: string): Promise<void> {
  if (typed === '') refuseErrors({ password: accountErrors.passwordMissing })
  const email = emailKey(emailAddress)
  const isRight = await tryPassword(ctx, email, async () => await ctx.authenticator.isPassword(id, typed) || null)
  if (!isRight) refuseErrors({ password: accountErrors.passwordWrong })
}
