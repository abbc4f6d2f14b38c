import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import { origin } from './origin.ts'

const challengeForm = z.object({
  parameters: z.looseObject({
    algorithm: z.string(), nonce: z.string(), salt: z.string(), cost: z.number(), keyLength: z.number(), keyPrefix: z.string(),
  }),
  signature: z.string(),
})

/** Does the captcha's work as a browser does; the answer is good for one form. */
export async function answerCaptcha(): Promise<string> {
  const challenge = challengeForm.parse(await (await fetch(`${origin()}/api/captcha/challenge`)).json())
  const solution = await solveChallenge({ challenge, deriveKey })
  if (!solution) throw new Error('The captcha could not be solved.')
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}
