import { createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { hkdfSync } from 'node:crypto'
import type { CaptchaVerdict, CaptchaVerifier, Clock } from '../ports.ts'

const challengeLivesMs = 30 * 60_000

/**
 * ALTCHA on our own server: the browser does a little work, no puzzle and no third party. Its answers are good for half
 * an hour; that each is taken once is the caller's to see to, by `answerKey`.
 */
export function localCaptcha(secret: string, challengeAddress: string, clock: Clock): CaptchaVerifier {
  const keyFor = (use: string): string => Buffer.from(hkdfSync('sha256', secret, '', `captcha/${use}`, 32)).toString('hex')
  const hmacSignatureSecret = keyFor('challenge')
  const hmacKeySignatureSecret = keyFor('key')
  return {
    settings: { provider: 'local', challengeAddress },
    createChallenge: () => createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      // About half a second on an old phone: the documented default takes five.
      cost: 1_000,
      counter: randomInt(1_500, 500),
      expiresAt: new Date(clock.now().getTime() + challengeLivesMs),
      deriveKey,
      hmacSignatureSecret,
      hmacKeySignatureSecret,
    }),
    async verify(answer): Promise<CaptchaVerdict> {
      const payload = decode(answer)
      if (!payload) return { kind: 'failed' }
      const { signature } = payload.challenge
      const verified = await verifySolution({ ...payload, deriveKey, hmacSignatureSecret, hmacKeySignatureSecret }).catch(() => undefined)
      if (!verified?.verified || !signature) return { kind: 'failed' }
      // A little longer than the challenge lives, so that its last second cannot be replayed.
      return { kind: 'passed', answerKey: signature, expiresAt: new Date(clock.now().getTime() + challengeLivesMs + 60_000) }
    },
  }
}

type Payload = Pick<Parameters<typeof verifySolution>[0], 'challenge' | 'solution'>

const maxAnswerLength = 8_192

/** The widget's answer: base64 of a JSON object with its challenge and its solution. */
function decode(answer: string): Payload | undefined {
  if (answer.length > maxAnswerLength) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(answer, 'base64').toString('utf8'))
    return isPayload(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isPayload = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && 'challenge' in value && 'solution' in value
  && typeof value.challenge === 'object' && value.challenge !== null
  && 'parameters' in value.challenge && typeof value.challenge.parameters === 'object' && value.challenge.parameters !== null
  && typeof value.solution === 'object' && value.solution !== null
