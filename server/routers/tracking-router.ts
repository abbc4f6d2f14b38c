import { z } from 'zod'
import { Refusal } from '../contract/refusals.ts'
import { checkTrackingForm, type FieldErrors } from '../contract/tracking-form.ts'
import { trackingInput, type TrackingInput } from '../contract/tracking-input.ts'
import { accountNeeded } from '../contract/hours-wording.ts'
import { fieldErrors, reportSent, textsNotYet, verificationSent } from '../contract/wording.ts'
import { getTrackableCase } from '../domain/cases/get-trackable-case.ts'
import { parsePhone } from '../domain/tracking/parse-phone.ts'
import { requestTracking } from '../domain/tracking/request-tracking.ts'
import { describeReport, requestReport } from '../domain/tracking/tracking-report.ts'
import { anyone, anyoneWhileOpen, passCaptcha, router, type Context } from '../trpc.ts'

export const trackingRouter = router({
  /** What the form needs to know before it is shown. */
  settings: anyone.query(({ ctx: { captcha, site } }) => ({
    captcha: captcha.settings,
    carriers: site.profile.carriers.map(({ code, name }) => ({ code, name })),
    // Only texts through carriers' e-mail gateways need one (B1), and that transport is not there yet.
    needsCarrier: false,
    isTextOffered: site.profile.policy.texts === 'on',
  })),

  /** B2. Answers alike whatever is known of the address. */
  request: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    if (ctx.site.profile.policy.whoMayTrack === 'accounts') throw new Refusal('notAllowed', accountNeeded)
    await getTrackableCase(ctx.reading(), ctx.site.profile, { number: input.number, court: input.court })
    await passForm(ctx, input, false)
    const { form } = input
    const phone = form.wantsText && ctx.site.profile.policy.texts === 'on' ? parsePhone(form.phone) ?? null : null
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
    return { message: verificationSent, textMessage: phone === null ? null : textsNotYet, email: form.email.trim() }
  }),

  /** B4. Answers alike whether or not the address tracks something. */
  requestReport: anyoneWhileOpen.input(trackingInput).mutation(async ({ ctx, input }) => {
    await passForm(ctx, input, true)
    const email = input.form.email.trim()
    await ctx.inOneTransaction((work) => requestReport(work, ctx.site, email))
    return { message: reportSent, email }
  }),

  /** E8: the report behind a link. */
  report: anyone.input(z.object({ token: z.string().max(100) }))
    .query(({ ctx, input }) => describeReport(ctx.reading(), ctx.linkKeys, input.token)),
})

/** B5: every error of the form at once; the captcha is verified only when there is no other. */
async function passForm(ctx: Context, { form, captcha }: TrackingInput, isReportOnly: boolean): Promise<void> {
  const errors: FieldErrors = checkTrackingForm(form, { needsCarrier: false, isReportOnly, isPhone: (typed) => parsePhone(typed) !== undefined })
  if (form.wantsText && form.carrier !== '' && !ctx.site.profile.carriers.some((carrier) => carrier.code === form.carrier)) {
    errors.carrier = fieldErrors.carrierMissing
  }
  if (Object.keys(errors).length > 0) {
    if (captcha === '') errors.captcha = fieldErrors.captchaMissing
    throw new Refusal('inputInvalid', 'There is a problem with what was entered.', errors)
  }
  await passCaptcha(ctx, captcha)
}
