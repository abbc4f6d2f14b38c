import { Refusal } from '../contract/refusals.ts'
import { codeInput, secondFactorErrors } from '../contract/second-factor-view.ts'
import { confirmSecondFactor, getSecondFactor, giveSecondFactor, proposeSecondFactor, type FactorSession } from '../domain/accounts/second-factor.ts'
import type { Account } from '../domain/accounts/find-account.ts'
import { operatorByPassword, type Context } from '../trpc.ts'
import { refuseErrors } from './account-errors.ts'
import { giveCookie } from './keep-session.ts'

type OperatorContext = Context & { readonly account: Account }

/** The second factor of operators (H6): what they reach with their password alone, and nothing else of theirs. */
export const secondFactor = {
  secondFactor: operatorByPassword.query(async ({ ctx }) => getSecondFactor(ctx.reading(), ctx.secondFactors, await sessionOf(ctx))),

  proposeSecondFactor: operatorByPassword.input(codeInput).mutation(async ({ ctx, input }) => {
    const of = await sessionOf(ctx)
    await tryCode(ctx, () => ctx.inOneTransaction((work) => proposeSecondFactor(work, ctx.secondFactors, of, input.code)))
    return { isDone: true }
  }),

  confirmSecondFactor: operatorByPassword.input(codeInput).mutation(async ({ ctx, input }) => {
    if (input.code.trim() === '') refuseErrors({ code: secondFactorErrors.codeMissing })
    const of = await sessionOf(ctx)
    await tryCode(ctx, () => ctx.inOneTransaction((work) => confirmSecondFactor(work, ctx.secondFactors, of, input.code)))
    await giveCookie(ctx, of)
    ctx.log.info('An operator set up a second factor.', { account: ctx.account.id })
    return { message: 'Your second factor is set up. Every other session has ended.' }
  }),

  giveSecondFactor: operatorByPassword.input(codeInput).mutation(async ({ ctx, input }) => {
    if (input.code.trim() === '') refuseErrors({ code: secondFactorErrors.codeMissing })
    const of = await sessionOf(ctx)
    await tryCode(ctx, () => ctx.inOneTransaction((work) => giveSecondFactor(work, ctx.secondFactors, of, input.code)))
    await giveCookie(ctx, of)
    return { isDone: true }
  }),
} as const

async function sessionOf({ account, session, authenticator }: OperatorContext): Promise<FactorSession> {
  const found = await session()
  return { account, sessionId: found?.sessionId ?? 0, hasSecondFactor: found?.hasSecondFactor ?? false, newToken: authenticator.newSessionToken() }
}

/** Guessing is refused before a code is looked at (S19). */
async function tryCode({ rateLimits, account }: OperatorContext, attempt: () => Promise<void>): Promise<void> {
  const seconds = await rateLimits.take('secondFactor', String(account.id))
  if (seconds !== null) {
    const minutes = Math.ceil(seconds / 60)
    throw new Refusal('tooMany', `There were too many wrong codes. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`)
  }
  await attempt()
  await rateLimits.forget('secondFactor', String(account.id))
}
