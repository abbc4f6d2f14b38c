import { z } from 'zod'

/** A code of six digits, or a recovery code, as it is typed. */
export const codeInput = z.object({ code: z.string().max(100) })

/** What an operator is shown of the second factor (H6). */
export interface SecondFactorView {
  /** `none`: there is none yet; `due`: this session has not given it; `given`: it has. */
  readonly state: 'none' | 'due' | 'given'
  /** What is to be set up: shown until its first code was given, never after. Null where nothing is. */
  readonly proposed: {
    /** In the letters that apps take. */
    readonly secret: string
    /** `otpauth://…`: what a QR code says. */
    readonly address: string
    readonly recoveryCodes: readonly string[]
  } | null
  /** How many recovery codes are left. */
  readonly recoveryCodesLeft: number
}

export const secondFactorErrors = {
  codeMissing: 'Enter the code.',
  codeWrong: 'The code is wrong or was used already. Wait for the next one in your app, and see that the clock of your phone is right.',
} as const
