import { caseAddress } from '../../../../server/contract/case-address.ts'
import type { TrackingForm } from '../../../../server/contract/tracking-form.ts'
import { getRuntime } from '../../../../server/runtime-handle.ts'
import { getCaller } from '../../../_trpc/caller.ts'
import { answerWith, type FormAnswer } from '../../../_trpc/form-answer.ts'
import { answerForm, fieldOf } from '../read-form.ts'

/** The Track This Case form without JavaScript. Open to anyone; the procedures behind it decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const number = fieldOf(form, 'number')
  const court = fieldOf(form, 'court')
  const values: TrackingForm = {
    email: fieldOf(form, 'email').slice(0, 500),
    confirmEmail: fieldOf(form, 'confirmEmail').slice(0, 500),
    wantsText: form.has('wantsText'),
    phone: fieldOf(form, 'phone').slice(0, 100),
    carrier: fieldOf(form, 'carrier').slice(0, 50),
    eventTenDays: form.has('eventTenDays'),
    eventTwoDays: form.has('eventTwoDays'),
    paymentTwoDays: form.has('paymentTwoDays'),
  }
  const captcha = fieldOf(form, 'altcha') || fieldOf(form, 'h-captcha-response')
  if (number === '') return new Response('This form does not say which case it is about.', { status: 400 })
  const input = { number, ...(court === '' ? {} : { court }), form: values, captcha }
  const page = caseAddress(number, court, court !== '', 'track')
  return answerWith(page, await answerOf({ number, court, values }, async () => {
    const caller = await getCaller()
    if (fieldOf(form, 'action') === 'report') return { ...(await caller.tracking.requestReport(input)), textMessage: null }
    return caller.tracking.request(input)
  }), getRuntime().isSecure)
})

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
