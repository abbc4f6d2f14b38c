import type { CaptchaSettings } from './contract/captcha.ts'

/** The headers that every answer has but for its content security policy, whatever it is an answer to (S17). `isSecure`: the service is reached over TLS. */
export const securityHeaders = (isSecure: boolean): Readonly<Record<string, string>> => ({
  'X-Content-Type-Options': 'nosniff',
  // Nothing to other sites; to our own, so that a browser without Sec-Fetch-Site says where a form comes from.
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  ...(isSecure && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
})

/**
 * The content security policy of one answer: our own scripts by the nonce of this answer, and what the configured captcha
 * needs. `isDev` lets in what hot reload needs.
 */
export function securityPolicy(nonce: string, captcha: CaptchaSettings, isDev: boolean): string {
  const captchaSources = captcha.provider === 'hcaptcha' ? hcaptchaSources(captcha.scriptAddress) : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}${captchaSources}`,
    "worker-src 'self'",
    // React writes style attributes; what they can do is no more than how a page looks.
    `style-src 'self' 'unsafe-inline'${captchaSources}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? ' ws:' : ''}${captchaSources}`,
    `frame-src 'self'${captchaSources}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function hcaptchaSources(scriptAddress: string): string {
  const { origin } = new URL(scriptAddress)
  const own = 'https://hcaptcha.com https://*.hcaptcha.com'
  return origin.endsWith('.hcaptcha.com') ? ` ${own}` : ` ${origin} ${own}`
}
