import { z } from 'zod'
import { Refusal } from '../contract/refusals.ts'
import { checkTrackingForm, type FieldErrors } from '../contract/tracking-form.ts'
import { accountTrackingInput, trackingInput, type AccountTrackingInput, type TrackingInput } from '../contract/tracking-input.ts'
import { accountNeeded } from '../contract/hours-wording.ts'
import { awaitedTextWords, fieldErrors, nowTracking, reportSent, textVerificationSent, verificationSent } from '../contract/wording.ts'
import type { Account } from '../domain/accounts/find-account.ts'
import { whyUnmailable } from '../domain/accounts/why-unmailable.ts'
import { getTrackableCase } from '../domain/cases/get-trackable-case.ts'
import { listCarriers } from '../domain/texts/list-carriers.ts'
import { parsePhone } from '../domain/tracking/parse-phone.ts'
import { requestTracking } from '../domain/tracking/request-tracking.ts'
import { trackAsAccount } from '../domain/tracking/track-as-account.ts'
import { describeReport, requestReport } from '../domain/tracking/tracking-report.ts'
import { accountOnly, anyone, anyoneWhileOpen, findVisitor, isClientAllowed, passCaptcha, router, type Context } from '../trpc.ts'

export const trackingRouter = router({
  /** What the form needs to know before it is shown. */
  settings: anyone.query(async ({ ctx }) => settingsOf(ctx, await findVisitor(ctx))),

  /** B2. Answers alike whatever is known of the address. */
  request: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    if (ctx.site.profile.policy.whoMayTrack === 'accounts') throw new Refusal('notAllowed', accountNeeded)
    await getTrackableCase(ctx.reading(), ctx.site.profile, { number: input.number, court: input.court })
    await passForm(ctx, input, false)
    const { form } = input
    const { phone, carrier } = textsAskedFor(ctx, form)
    const asked = {
      number: input.number,
      court: input.court,
      email: form.email.trim(),
      phone,
      carrier,
      eventTenDays: form.eventTenDays,
      eventTwoDays: form.eventTwoDays,
      paymentTwoDays: form.paymentTwoDays,
    }
    await ctx.evenly(async () => {
      if (await isClientAllowed(ctx)) await ctx.inOneTransaction((work) => requestTracking(work, ctx.site, asked, { from: ctx.clientHash() }))
    })
    return { message: verificationSent, textMessage: phone === null ? null : textVerificationSent, email: form.email.trim() }
  }),

  /** B4. Answers alike whether or not the address tracks something. */
  requestReport: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    await passForm(ctx, input, true)
    const email = input.form.email.trim()
    await ctx.evenly(async () => {
      if (await isClientAllowed(ctx)) await ctx.inOneTransaction((work) => requestReport(work, ctx.site, email, { number: input.number, court: input.court }))
    })
    return { message: reportSent, email }
  }),

  /** D2: nothing is to be confirmed but a phone. */
  trackAsAccount: accountOnly.input(accountTrackingInput).mutation(async ({ ctx, input }) => {
    const { account } = ctx
    await getTrackableCase(ctx.reading(), ctx.site.profile, { number: input.number, court: input.court })
    await passAccountForm(ctx, account, input, false)
    const { form } = input
    const { phone, carrier } = textsAskedFor(ctx, form)
    // Over the limit of the client no text is caused; what needs none is tracked.
    const isHeld = phone !== null && !await isClientAllowed(ctx)
    const { awaited: underWay } = await ctx.inOneTransaction((work) => trackAsAccount(work, ctx.site, account, {
      number: input.number, court: input.court, phone: isHeld ? null : phone, carrier,
      eventTenDays: form.eventTenDays, eventTwoDays: form.eventTwoDays, paymentTwoDays: form.paymentTwoDays,
    }, { from: ctx.clientHash() }))
    const awaited = isHeld ? [...underWay, 'held' as const] : underWay
    return {
      message: nowTracking, textMessage: awaited.length === 0 ? null : awaited.map((text) => awaitedTextWords[text]).join(' '), email: account.emailAddress,
    }
  }),

  /** D3. */
  reportAsAccount: accountOnly.input(accountTrackingInput).mutation(async ({ ctx, input }) => {
    const { account } = ctx
    await passAccountForm(ctx, account, input, true)
    const of = { number: input.number, court: input.court }
    if (await isClientAllowed(ctx)) await ctx.inOneTransaction((work) => requestReport(work, ctx.site, account.emailAddress, of))
    return { message: reportSent, email: account.emailAddress }
  }),

  /** E8: the report behind a link. */
  report: anyone.input(z.object({ token: z.string().max(20_000) }))
    .query(({ ctx, input }) => describeReport(ctx.reading(), ctx.site, ctx.linkKeys, input.token)),
})

/** With who is logged in: by which address they track, and what keeps them from it (D1, D4, D5). */
function settingsOf(ctx: Context, account: Account | undefined) {
  const { site, captcha } = ctx
  const { captchaForAccounts } = site.profile.policy
  return {
    captcha: captcha.settings,
    account: account ? { emailAddress: account.emailAddress, obstacle: whyUnmailable(account, site.profile), needsCaptcha: captchaForAccounts } : null,
    texts: areTextsOn(ctx) ? {
      carriers: listCarriers(site, ctx.reading().now),
      needsCarrier: site.texts.needsCarrier,
      sender: site.profile.textSender.name,
      takesReplies: site.texts.takesReplies,
    } : null,
  }
}

function textsAskedFor(ctx: Context, form: AccountTrackingInput['form']): { readonly phone: string | null; readonly carrier: string | null } {
  const phone = form.wantsText && areTextsOn(ctx) ? parsePhone(form.phone) ?? null : null
  return { phone, carrier: phone === null || form.carrier === '' ? null : form.carrier }
}

const areTextsOn = ({ site }: Context): boolean => site.profile.policy.texts === 'on'

/** B5: every error of the form at once; the captcha is verified only when there is no other. */
async function passForm(ctx: Context, { form, captcha }: TrackingInput, isReportOnly: boolean): Promise<void> {
  refuseErrors(formErrors(ctx, form, isReportOnly), captcha === '')
  await passCaptcha(ctx, captcha)
}

/** The same for who is logged in: the profile may waive the captcha (D1), and an address that takes no mail comes first (D4, D5). */
async function passAccountForm(ctx: Context, account: Account, { form, captcha }: AccountTrackingInput, isReportOnly: boolean): Promise<void> {
  const { policy } = ctx.site.profile
  const why = whyUnmailable(account, ctx.site.profile)
  if (why !== null) throw new Refusal('notAllowed', why)
  const { emailAddress } = account
  refuseErrors(formErrors(ctx, { ...form, email: emailAddress, confirmEmail: emailAddress }, isReportOnly), policy.captchaForAccounts && captcha === '')
  if (policy.captchaForAccounts) await passCaptcha(ctx, captcha)
}

function formErrors(ctx: Context, form: TrackingInput['form'], isReportOnly: boolean): FieldErrors {
  const wantsText = form.wantsText && !isReportOnly && areTextsOn(ctx)
  const { needsCarrier } = ctx.site.texts
  const errors = checkTrackingForm({ ...form, wantsText }, { needsCarrier, isReportOnly, isPhone: (typed) => parsePhone(typed) !== undefined })
  if (wantsText && form.carrier !== '' && !isAvailable(ctx, form.carrier)) errors.carrier = fieldErrors.carrierMissing
  return errors
}

function refuseErrors(errors: FieldErrors, isCaptchaMissing: boolean): void {
  if (Object.keys(errors).length === 0) return
  throw new Refusal('inputInvalid', 'There is a problem with what was entered.', isCaptchaMissing ? { ...errors, captcha: fieldErrors.captchaMissing } : errors)
}

const isAvailable = ({ site, reading }: Context, code: string): boolean =>
  listCarriers(site, reading().now).some((carrier) => carrier.code === code && carrier.isAvailable)
