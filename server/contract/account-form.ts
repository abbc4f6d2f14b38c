import { z } from 'zod'

// Longer than anything a person means; the rules are told field by field.
const typed = z.string().max(500)

export const credentialsInput = z.object({ email: typed, password: typed })
export const registrationInput = credentialsInput.extend({ captcha: z.string().max(10_000) })
/** What a logged-in reader proves anew with the password. */
export const passwordInput = z.object({ password: typed })
export const addressChangeInput = credentialsInput
export const passwordChangeInput = passwordInput.extend({ newPassword: typed })
export const detailsInput = z.object({ name: typed, mailingAddress: typed, barNumber: typed })
export const sessionInput = z.object({ id: z.number().int().positive().max(Number.MAX_SAFE_INTEGER) })
export const forgottenInput = z.object({ email: typed, captcha: z.string().max(10_000) })

/** The errors of a form about an account, each at its field. */
export type AccountFieldErrors = Partial<Record<'email' | 'password' | 'newPassword' | 'captcha' | 'code', string>>

export const shortestPassword = 8
export const longestPassword = 128

export const accountErrors = {
  passwordMissing: 'Enter your password.',
  passwordShort: `Use ${shortestPassword} characters or more for the password.`,
  passwordLong: `Use ${longestPassword} characters or fewer for the password.`,
  passwordIsEmail: 'Use a password that is not your e-mail address.',
  passwordWrong: 'The password is wrong.',
  addressIsSame: 'This is the address of your account already.',
  loginWrong: 'The e-mail address or the password is wrong. If you have just registered, open the link in our e-mail first.',
} as const

/** The error of a password to be chosen; undefined where it can be taken. */
export function checkNewPassword(password: string, email: string): string | undefined {
  if (password === '') return accountErrors.passwordMissing
  const { length } = Array.from(password)
  if (length < shortestPassword) return accountErrors.passwordShort
  if (length > longestPassword) return accountErrors.passwordLong
  return password.toLowerCase() === email.trim().toLowerCase() ? accountErrors.passwordIsEmail : undefined
}
