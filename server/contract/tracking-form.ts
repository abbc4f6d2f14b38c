import { fieldErrors } from './wording.ts'

/** What the Track This Case form sends, as typed; the captcha's answer travels beside it. */
export interface TrackingForm {
  readonly email: string
  readonly confirmEmail: string
  readonly wantsText: boolean
  readonly phone: string
  readonly carrier: string
  readonly eventTenDays: boolean
  readonly eventTwoDays: boolean
  readonly paymentTwoDays: boolean
}
export type TrackingField = 'email' | 'confirmEmail' | 'phone' | 'carrier' | 'captcha'
export type FieldErrors = Partial<Record<TrackingField, string>>

const addressForm = /^[^\s@"(),:;<>[\\\]]+@[^\s@"(),:;<>[\\\]_.-][^\s@"(),:;<>[\\\]_]*\.[^\s@"(),:;<>[\\\]_.\d-][^\s@"(),:;<>[\\\]_.]*$/

/** Whether this can be an e-mail address that we may hand to a mail system: one @, a dotted domain, 254 characters at most. */
export function isEmailAddress(typed: string): boolean {
  const at = typed.lastIndexOf('@')
  // One spelling a mailbox: no look-alikes of other letters, nothing unseen, and before the @ only what every mail system takes.
  const isPlain = typed.normalize('NFKC') === typed && !/[\p{Cc}\p{Cf}]/u.test(typed) && /^[\x21-\x7e]+$/.test(typed.slice(0, Math.max(at, 0)))
  return typed.length <= 254 && at <= 64 && isPlain && addressForm.test(typed) && !typed.includes('..') && !typed.startsWith('.') && typed[at - 1] !== '.'
}

/**
 * The errors of B5 that can be told without a phone library or a captcha; empty when none. `isPhone` says whether the
 * phone number is one; the browser passes a looser test than the server, which decides.
 */
export function checkTrackingForm(
  form: TrackingForm,
  rules: { needsCarrier: boolean; isReportOnly: boolean; isPhone: (typed: string) => boolean },
): FieldErrors {
  const errors: FieldErrors = {}
  const email = form.email.trim()
  const confirmEmail = form.confirmEmail.trim()
  if (email === '') errors.email = fieldErrors.emailMissing
  else if (!isEmailAddress(email)) errors.email = fieldErrors.emailFormat
  if (confirmEmail === '') errors.confirmEmail = fieldErrors.confirmMissing
  else if (confirmEmail.toLowerCase() !== email.toLowerCase()) errors.confirmEmail = fieldErrors.confirmDiffers
  if (form.wantsText && !rules.isReportOnly) {
    if (form.phone.trim() === '') errors.phone = fieldErrors.phoneMissing
    else if (!rules.isPhone(form.phone)) errors.phone = fieldErrors.phoneFormat
    if (rules.needsCarrier && form.carrier === '') errors.carrier = fieldErrors.carrierMissing
  }
  return errors
}
