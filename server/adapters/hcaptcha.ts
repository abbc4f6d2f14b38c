import type { CaptchaVerdict, CaptchaVerifier } from '../ports.ts'

export interface HcaptchaKeys {
  readonly siteKey: string
  readonly secret: string
  readonly verifyUrl: string
  readonly scriptUrl: string
}

const patienceMs = 8_000

/** hCaptcha's siteverify. It takes each answer once by itself. An outage is `unavailable`, never a pass. */
export const hcaptcha = ({ siteKey, secret, verifyUrl, scriptUrl }: HcaptchaKeys): CaptchaVerifier => ({
  settings: { provider: 'hcaptcha', siteKey, scriptAddress: scriptUrl },
  createChallenge: async () => null,
  async verify(answer, clientAddress): Promise<CaptchaVerdict> {
    try {
      const response = await fetch(verifyUrl, {
        method: 'POST',
        body: new URLSearchParams({ secret, response: answer, sitekey: siteKey, remoteip: clientAddress }),
        signal: AbortSignal.timeout(patienceMs),
      })
      if (!response.ok) return { kind: 'unavailable' }
      const said: unknown = await response.json()
      const hasPassed = typeof said === 'object' && said !== null && 'success' in said && said.success === true
      return hasPassed ? { kind: 'passed', answerKey: null, expiresAt: null } : { kind: 'failed' }
    } catch {
      return { kind: 'unavailable' }
    }
  },
})
