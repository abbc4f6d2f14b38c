import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { SecondFactors } from '../ports.ts'

const periodSeconds = 30
// One step before and after: clocks differ, and typing takes time.
const window = 1
const secretBytes = 20
const recoveryCodes = 10
const recoveryBytes = 10

interface Settings {
  readonly secret: string
  /** What an app calls the service. */
  readonly issuer: string
}

/**
 * Codes by the clock (RFC 6238: SHA-1, six digits, thirty seconds, which every app knows). What is kept is encrypted by a key of
 * the environment and bound to its account: the database alone gives no code (H2).
 */
export function createTotpFactors({ secret, issuer }: Settings): SecondFactors {
  const keyFor = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `second-factor/${use}`, 32))
  const [sealKey, hashKey] = [keyFor('seal'), keyFor('recovery')]
  const totpOf = (base32: string, label = ''): TOTP => new TOTP({ issuer, label, secret: Secret.fromBase32(base32), period: periodSeconds })

  return {
    create: () => ({
      secret: new Secret({ size: secretBytes }).base32,
      recoveryCodes: Array.from({ length: recoveryCodes }, () => grouped(new Secret({ buffer: Uint8Array.from(randomBytes(recoveryBytes)).buffer }).base32)),
    }),
    addressOf: (base32, label) => totpOf(base32, label).toString(),
    stepOf(base32, code, now) {
      const typed = code.replace(/\s/g, '')
      if (!/^\d{6}$/.test(typed)) return null
      // The library compares in constant time.
      const delta = totpOf(base32).validate({ token: typed, timestamp: now.getTime(), window })
      return delta === null ? null : Math.floor(now.getTime() / 1000 / periodSeconds) + delta
    },
    hashRecoveryCode: (accountId, code) => createHmac('sha256', hashKey).update(`${accountId}/${code.toUpperCase().replace(/[^A-Z2-7]/g, '')}`).digest('base64url'),
    seal(accountId, words) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(String(accountId)))
      const sealed = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
      return [nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')
    },
    open(accountId, sealed) {
      const [nonce, words, tag] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
      if (!nonce || !words || !tag) throw new Error('A second factor is not in the right form.')
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: 16 }).setAAD(Buffer.from(String(accountId))).setAuthTag(tag)
      return Buffer.concat([decipher.update(words), decipher.final()]).toString('utf8')
    },
  }
}

const grouped = (letters: string): string => letters.match(/.{1,4}/g)?.join('-') ?? letters
