import { z } from 'zod'
import { Refusal } from '../contract/refusals.ts'
import { checkTrackingForm, type FieldErrors } from '../contract/tracking-form.ts'
import { trackingInput, type TrackingInput } from '../contract/tracking-input.ts'
import { accountNeeded } from '../contract/hours-wording.ts'
import { fieldErrors, reportSent, textVerificationSent, verificationSent } from '../contract/wording.ts'
import { getTrackableCase } from '../domain/cases/get-trackable-case.ts'
import { listCarriers } from '../domain/texts/list-carriers.ts'
import { parsePhone } from '../domain/tracking/parse-phone.ts'
import { requestTracking } from '../domain/tracking/request-tracking.ts'
import { describeReport, requestReport } from '../domain/tracking/tracking-report.ts'
import { anyone, anyoneWhileOpen, passCaptcha, router, type Context } from '../trpc.ts'

export const trackingRouter = router({
  /** What the form needs to know before it is shown. */
  settings: anyone.query(({ ctx }) => ({
    captcha: ctx.captcha.settings,
    texts: areTextsOn(ctx) ? {
      carriers: listCarriers(ctx.site, ctx.reading().now),
      needsCarrier: ctx.site.texts.needsCarrier,
      sender: ctx.site.profile.textSender.name,
      takesReplies: ctx.site.texts.takesReplies,
    } : null,
  })),

  /** B2. Answers alike whatever is known of the address. */
  request: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    if (ctx.site.profile.policy.whoMayTrack === 'accounts') throw new Refusal('notAllowed', accountNeeded)
    await getTrackableCase(ctx.reading(), ctx.site.profile, { number: input.number, court: input.court })
    await passForm(ctx, input, false)
    const { form } = input
    const phone = form.wantsText && areTextsOn(ctx) ? parsePhone(form.phone) ?? null : null
    await ctx.inOneTransaction((work) => requestTracking(work, ctx.site, {
      number: input.number,
      court: input.court,
      email: form.email.trim(),
      phone,
      carrier: phone === null || form.carrier === '' ? null : form.carrier,
      eventTenDays: form.eventTenDays,
      eventTwoDays: form.eventTwoDays,
      paymentTwoDays: form.paymentTwoDays,
    }))
    return { message: verificationSent, textMessage: phone === null ? null : textVerificationSent, email: form.email.trim() }
  }),

  /** B4. Answers alike whether or not the address tracks something. */
  requestReport: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    await passForm(ctx, input, true)
    const email = input.form.email.trim()
    await ctx.inOneTransaction((work) => requestReport(work, ctx.site, email, { number: input.number, court: input.court }))
    return { message: reportSent, email }
  }),

  /** E8: the report behind a link. */
  report: anyone.input(z.object({ token: z.string().max(20_000) }))
    .query(({ ctx, input }) => describeReport(ctx.reading(), ctx.site, ctx.linkKeys, input.token)),
})

const areTextsOn = ({ site }: Context): boolean => site.profile.policy.texts === 'on'

/** B5: every error of the form at once; the captcha is verified only when there is no other. */
async function passForm(ctx: Context, { form, captcha }: TrackingInput, isReportOnly: boolean): Promise<void> {
  const wantsText = form.wantsText && !isReportOnly && areTextsOn(ctx)
  const { needsCarrier } = ctx.site.texts
  const errors: FieldErrors = checkTrackingForm({ ...form, wantsText }, { needsCarrier, isReportOnly, isPhone: (typed) => parsePhone(typed) !== undefined })
  if (wantsText && form.carrier !== '' && !isAvailable(ctx, form.carrier)) errors.carrier = fieldErrors.carrierMissing
  if (Object.keys(errors).length > 0) {
    if (captcha === '') errors.captcha = fieldErrors.captchaMissing
    throw new Refusal('inputInvalid', 'There is a problem with what was entered.', errors)
  }
  await passCaptcha(ctx, captcha)
}

const isAvailable = ({ site, reading }: Context, code: string): boolean =>
  listCarriers(site, reading().now).some((carrier) => carrier.code === code && carrier.isAvailable)
