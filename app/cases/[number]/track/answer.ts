import type { FieldErrors } from '../../../../server/contract/tracking-form.ts'

/** What came of sending the form: B2's or B4's words with the address as it was understood, or what keeps it from being sent. */
export type Answer =
  | { readonly kind: 'result'; readonly message: string; readonly textMessage: string | null; readonly email: string }
  | { readonly kind: 'errors'; readonly fields: FieldErrors; readonly general?: string }

/** The answer when there is none: the network or the service failed. */
export const wentWrong: Answer = {
  kind: 'errors', fields: {}, general: 'Sorry, there is a problem with the service. Nothing was sent. Try again later.',
}

/** The lines of the error summary, in the order of the fields. */
export function summaryOf({ fields, general }: Extract<Answer, { kind: 'errors' }>): { fieldId: string; message: string }[] {
  const lines = (['email', 'confirmEmail', 'phone', 'carrier', 'captcha'] as const).flatMap((field) => {
    const message = fields[field]
    return message === undefined ? [] : [{ fieldId: field, message }]
  })
  return general === undefined ? lines : [...lines, { fieldId: 'track', message: general }]
}
