import { caseAddress } from '../../../../server/contract/case-address.ts'
import type { TrackingForm } from '../../../../server/contract/tracking-form.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerWith, type FormAnswer } from '../../../_trpc/form-answer.ts'
import { answerForm, captchaOf, fieldOf } from '../read-form.ts'

/** The Track This Case form without JavaScript. Open to anyone; the procedures behind it decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const number = fieldOf(form, 'number')
  const court = fieldOf(form, 'court')
  const values: TrackingForm = {
    email: fieldOf(form, 'email').slice(0, 500),
    confirmEmail: fieldOf(form, 'confirmEmail').slice(0, 500),
    wantsText: form.has('wantsText'),
    phone: fieldOf(form, 'phone').slice(0, longestPhone),
    carrier: fieldOf(form, 'carrier').slice(0, longestCarrier),
    eventTenDays: form.has('eventTenDays'),
    eventTwoDays: form.has('eventTwoDays'),
    paymentTwoDays: form.has('paymentTwoDays'),
  }
  const captcha = captchaOf(form)
  const input = { number, ...(court === '' ? {} : { court }), form: values, captcha }
  const sent = cut({ number, court, values })
  if (sent.number === '') return new Response('This form does not say which case it is about.', { status: 400 })
  const page = caseAddress(sent.number, sent.court, sent.court !== '', 'track')
  const { isSecure } = getRuntime()
  // From the page of a service that was closed: only the form, as it was left.
  if (fieldOf(form, 'action') === 'again') return answerWith(page, { kind: 'closed', message: '', ...sent }, isSecure)
  const isByAccount = fieldOf(form, 'as') === 'account'
  return answerWith(page, await answerOf(sent, async () => {
    const { tracking } = await getCaller()
    if (fieldOf(form, 'action') === 'report') return { ...(await (isByAccount ? tracking.reportAsAccount : tracking.requestReport)(input)), textMessage: null }
    return (isByAccount ? tracking.trackAsAccount : tracking.request)(input)
  }), isSecure)
})

// A browser drops a cookie of more than 4096 bytes. No address, number or court of a case is longer than this.
const longestAddress = 254
const longestName = 200
const longestPhone = 100
const longestCarrier = 50

/** What the answer gives back of what was typed: bytes that fit into its cookie together. */
function cut({ number, court, values }: Sent): Sent {
  return {
    number: cutTo(longestName, number), court: cutTo(longestName, court),
    values: {
      ...values, email: cutTo(longestAddress, values.email), confirmEmail: cutTo(longestAddress, values.confirmEmail),
      phone: cutTo(longestPhone, values.phone), carrier: cutTo(longestCarrier, values.carrier),
    },
  }
}

// Of a control character JSON makes six.
const cutTo = (bytes: number, typed: string): string =>
  new TextDecoder().decode(new TextEncoder().encode(typed.replace(/\p{Cc}/gu, '')).subarray(0, bytes), { stream: true })

interface Sent {
  readonly number: string
  readonly court: string
  readonly values: TrackingForm
}

async function answerOf(sent: Sent, act: () => Promise<{ message: string; textMessage: string | null; email: string }>): Promise<FormAnswer> {
  try {
    return { kind: 'result', ...(await act()), values: sent.values }
  } catch (error) {
    const refusal = getRuntime().refusalOf(error)
    if (!refusal) throw error
    if (refusal.code === 'serviceClosed') return { kind: 'closed', message: refusal.message, ...sent }
    return Object.keys(refusal.fields).length > 0
      ? { kind: 'errors', fields: refusal.fields, values: sent.values }
      : { kind: 'refused', message: refusal.message, values: sent.values }
  }
}
