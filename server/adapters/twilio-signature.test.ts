import { describe, expect, it } from 'vitest'
import { signatureOf } from '../testing/twilio-stand-in.ts'
import { isSignedByTwilio } from './twilio-signature.ts'

const token = 'token-of-the-account'
const url = 'https://track.example.org/api/webhooks/text?message=m7'
const form = { From: '+15735550123', Body: 'Stop it, übel & co.', MessageSid: 'SM1' }
const isSigned = (facts: Partial<{ token: string; url: string; form: Record<string, string>; signature: string }> = {}): boolean =>
  isSignedByTwilio(facts.token ?? token, {
    signature: facts.signature ?? signatureOf(token, url, form), url: facts.url ?? url, form: new URLSearchParams(facts.form ?? form),
  })

describe('the signature of Twilio', () => {
  it('is taken for its own address and form', () => {
    expect(isSigned()).toBe(true)
  })

  it('is taken for nothing else', () => {
    expect(isSigned({ url: url.replace('m7', 'm8') })).toBe(false)
    expect(isSigned({ form: { ...form, Body: 'START' } })).toBe(false)
    expect(isSigned({ form: { ...form, More: '' } })).toBe(false)
    expect(isSigned({ token: 'another' })).toBe(false)
    for (const signature of ['', 'undefined', 'x'.repeat(28), `${signatureOf(token, url, form)}x`]) expect(isSigned({ signature }), signature).toBe(false)
  })

  it('agrees with the example that Twilio publishes', () => {
    const example = {
      CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212',
    }
    expect(isSignedByTwilio('12345', {
      signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', url: 'https://mycompany.com/myapp.php?foo=1&bar=2', form: new URLSearchParams(example),
    })).toBe(true)
  })
})
