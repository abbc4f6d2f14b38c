import { accountErrors, addressChangeInput, checkNewPassword, detailsInput, passwordChangeInput, passwordInput, sessionInput, type AccountFieldErrors } from '../contract/account-form.ts'
import { addressChangeSent } from '../contract/wording.ts'
import { endOtherSessions, endSession } from '../domain/accounts/account-sessions.ts'
import { requestAddressChange } from '../domain/accounts/change-address.ts'
import { deleteAccount } from '../domain/accounts/delete-account.ts'
import { editDetails } from '../domain/accounts/edit-details.ts'
import { getAccountData } from '../domain/accounts/get-account-data.ts'
import { getAccountPage } from '../domain/accounts/get-account-page.ts'
import { setPassword } from '../domain/accounts/reset-password.ts'
import { accountOnly, isClientAllowed } from '../trpc.ts'
import { emailErrors, passPassword, refuseErrors } from './account-errors.ts'
import { inSession, keepSession, whileInSession } from './keep-session.ts'

/** What My Account does (G1), for who is logged in to it and nobody else (S15). */
export const myAccount = {
  page: accountOnly.query(async ({ ctx }) => getAccountPage(ctx.reading(), ctx.account, (await ctx.session())?.sessionId ?? 0)),

  data: accountOnly.query(({ ctx }) => getAccountData(ctx.reading(), ctx.account)),

  /** Answers alike whoever has the new address (N5). */
  changeAddress: accountOnly.input(addressChangeInput).mutation(async ({ ctx, input }) => {
    const { account } = ctx
    const email = input.email.trim()
    const errors = emailErrors(email)
    if (account.isMailable && email.toLowerCase() === account.emailAddress.toLowerCase()) errors.email = accountErrors.addressIsSame
    if (input.password === '') errors.password = accountErrors.passwordMissing
    refuseErrors(errors)
    await passPassword(ctx, account, input.password)
    if (await isClientAllowed(ctx)) await whileInSession(ctx, (work) => requestAddressChange(work, ctx.site, account, email, { from: ctx.clientHash() }))
    return { message: addressChangeSent, email }
  }),

  /** S16: ends every other session. */
  changePassword: accountOnly.input(passwordChangeInput).mutation(async ({ ctx, input }) => {
    const { account } = ctx
    const errors: AccountFieldErrors = {}
    if (input.password === '') errors.password = accountErrors.passwordMissing
    const wrong = checkNewPassword(input.newPassword, account.emailAddress)
    if (wrong !== undefined) errors.newPassword = wrong
    refuseErrors(errors)
    await passPassword(ctx, account, input.password)
    const passwordHash = await ctx.authenticator.hashPassword(input.newPassword)
    await keepSession(ctx, async (work, kept) => {
      await endOtherSessions(work, account.id, inSession(kept))
      await setPassword(work, account.id, passwordHash)
    })
    return { message: 'Your password is changed. Every other session has ended.' }
  }),

  endSession: accountOnly.input(sessionInput).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => endSession(work, ctx.account.id, input.id))
    return { message: 'The session has ended.' }
  }),

  endOtherSessions: accountOnly.mutation(async ({ ctx }) => {
    await keepSession(ctx, (work, kept) => endOtherSessions(work, ctx.account.id, inSession(kept)))
    return { message: 'Every other session has ended.' }
  }),

  /** Of a registered account. */
  editDetails: accountOnly.input(detailsInput).mutation(async ({ ctx, input }) => {
    await ctx.inOneTransaction((work) => editDetails(work, ctx.account.id, input))
    return { message: 'Your details are saved.' }
  }),

  delete: accountOnly.input(passwordInput).mutation(async ({ ctx, input }) => {
    await passPassword(ctx, ctx.account, input.password)
    await ctx.inOneTransaction((work) => deleteAccount(work, ctx.account))
    return { message: 'Your account and all that it tracked are deleted.' }
  }),
} as const
