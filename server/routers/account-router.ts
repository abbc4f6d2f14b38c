import { z } from 'zod'
import { accountErrors, checkNewPassword, credentialsInput, forgottenInput, registrationInput, type AccountFieldErrors } from '../contract/account-form.ts'
import { Refusal } from '../contract/refusals.ts'
import { accountMailSent, mendingMailSent, noticeChoicesSaved, resetMailSent } from '../contract/wording.ts'
import { chooseNotices, getNoticeChoices } from '../domain/accounts/choose-notices.ts'
import { findAccountOf } from '../domain/accounts/find-account.ts'
import { requestAccount } from '../domain/accounts/request-account.ts'
import { requestMending } from '../domain/accounts/request-mending.ts'
import { findReset, requestPasswordReset, resetPassword } from '../domain/accounts/reset-password.ts'
import { openLink } from '../domain/links/link-token.ts'
import { emailKey } from '../domain/tracking/put-subscriber.ts'
import { accountOnly, anyone, anyoneWhileOpen, findVisitor, isClientAllowed, isServiceOpen, passCaptcha, refuseOutsideHours, router } from '../trpc.ts'
import { emailErrors, refuseErrors, tryPassword } from './account-errors.ts'
import { myAccount } from './my-account.ts'
import { secondFactor } from './second-factor.ts'

const token = z.string().max(20_000)

// G1. Answers alike whether or not an address has an account; only its own mail says which (N5).
export const accountRouter = router({
  ...myAccount,
  ...secondFactor,

  /** Who is logged in; null for a visitor without an account. */
  me: anyone.query(async ({ ctx }) => {
    const account = await findVisitor(ctx)
    if (!account) return null
    const { emailAddress, kind, isOperator, isMailable } = account
    return { emailAddress, kind, isOperator, isMailable, hasSecondFactor: (await ctx.session())?.hasSecondFactor ?? false }
  }),

  register: anyoneWhileOpen.input(registrationInput).mutation(async ({ ctx, input }) => {
    const email = input.email.trim()
    const errors = emailErrors(email)
    const wrong = checkNewPassword(input.password, email)
    if (wrong !== undefined) errors.password = wrong
    refuseErrors(errors)
    // Before an answer of the captcha is used up.
    ctx.authenticator.refuseWhenFull()
    await passCaptcha(ctx, input.captcha)
    await ctx.evenly(async () => {
      if (!await isClientAllowed(ctx)) return
      const passwordHash = await ctx.authenticator.hashPassword(input.password)
      await ctx.inOneTransaction((work) => requestAccount(work, ctx.site, { email, passwordHash }, { from: ctx.clientHash() }))
    })
    return { message: accountMailSent, email }
  }),

  /** S19: too many tries are refused before a password is looked at. Outside service hours operators alone log in (I4), which only a right password tells. */
  logIn: anyone.input(credentialsInput).mutation(async ({ ctx, input }) => {
    const email = emailKey(input.email)
    const errors: AccountFieldErrors = emailErrors(email)
    if (input.password === '') errors.password = accountErrors.passwordMissing
    refuseErrors(errors)
    const cookies = await tryPassword(ctx, email, () => ctx.authenticator.logIn(email, input.password, ctx.headers))
    if (cookies === null) throw new Refusal('loginWrong', accountErrors.loginWrong)
    const account = await findAccountOf(ctx.reading(), email)
    if (account?.isOperator !== true && !isServiceOpen(ctx)) {
      await ctx.authenticator.logOut(new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }))
      refuseOutsideHours(ctx)
    }
    for (const cookie of cookies) ctx.setCookie(cookie)
    return { isDone: true, needsSecondFactor: account?.isOperator === true }
  }),

  logOut: anyone.mutation(async ({ ctx }) => {
    for (const cookie of await ctx.authenticator.logOut(ctx.headers)) ctx.setCookie(cookie)
    return { isDone: true }
  }),

  requestReset: anyoneWhileOpen.input(forgottenInput).mutation(async ({ ctx, input }) => {
    const email = input.email.trim()
    refuseErrors(emailErrors(email))
    await passCaptcha(ctx, input.captcha)
    await ctx.evenly(async () => {
      if (await isClientAllowed(ctx)) await ctx.inOneTransaction((work) => requestPasswordReset(work, ctx.site, email))
    })
    return { message: resetMailSent, email }
  }),

  /** The link is the permission. Ends every session of the account (S16). */
  resetPassword: anyone.input(z.object({ token, password: credentialsInput.shape.password })).mutation(async ({ ctx, input }) => {
    const target = openLink(ctx.linkKeys, 'resetPassword', input.token)
    if (!target) throw new Refusal('linkInvalid', 'This link no longer works.')
    const wrong = checkNewPassword(input.password, '')
    if (wrong !== undefined) refuseErrors({ password: wrong })
    // A link that was used makes no work (S19).
    if (!await findReset(ctx.reading(), target.id)) throw new Refusal('linkInvalid', 'This link no longer works.')
    const passwordHash = await ctx.authenticator.hashPassword(input.password)
    const { email } = await ctx.inOneTransaction((work) => resetPassword(work, target.id, passwordHash))
    // Whoever used up its tries was not its reader.
    await ctx.rateLimits.forget('logIn', email)
    return { message: 'Your password is changed. Log in with the new one.' }
  }),

  /** F2, F11. */
  noticeChoices: accountOnly.query(({ ctx }) => getNoticeChoices(ctx.reading(), ctx.account.subscriberId)),

  chooseNotices: accountOnly.input(z.object({ isBundled: z.boolean(), isPrivate: z.boolean() })).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => chooseNotices(work, ctx.account.subscriberId, input))
    return { message: noticeChoicesSaved }
  }),

  /** G4. */
  requestMending: accountOnly.mutation(async ({ ctx }) => {
    if (await isClientAllowed(ctx)) await ctx.inOneTransaction((work) => requestMending(work, ctx.site, ctx.account))
    return { message: mendingMailSent }
  }),
})
