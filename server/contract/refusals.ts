/** The closed list of what domain functions refuse. Each has words here and a transport status in `server/trpc.ts`. */
export const refusals = [
  'caseNotFound', 'courtTakesNoPart', 'caseTypeExcluded', 'captchaMissing', 'captchaInvalid', 'captchaUnavailable',
  'inputInvalid', 'linkInvalid', 'loginNeeded', 'loginWrong', 'secondFactorNeeded', 'notFound', 'dayAlreadyHeld', 'dayInFuture', 'tooMany', 'notAllowed', 'serviceClosed', 'unavailable',
] as const
export type RefusalCode = (typeof refusals)[number]

/** Thrown by domain functions and guards for what a caller may ask but not have. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** For `inputInvalid`: the field's name and its sentence. */
  readonly fields: Readonly<Record<string, string>>
  constructor(code: RefusalCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
  }
}
