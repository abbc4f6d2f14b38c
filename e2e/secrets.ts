/** Invented, and good for nothing but these tests. */
export const secrets = {
  AUTH_SECRET: 'browser-tests-auth-0123456789abcdef',
  CRON_SECRET: 'browser-tests-cron-0123456789abcdef',
  FEED_SECRET: 'browser-tests-feed-0123456789abcdef',
  METRICS_SECRET: 'browser-tests-metrics-0123456789ab',
  LINK_SECRET: 'browser-tests-link-0123456789abcdef',
} as const

/** What the service and the stand-in for hCaptcha know each other by. */
export const hcaptchaKeys = { siteKey: 'browser-tests-site-key', secret: 'browser-tests-hcaptcha-secret' } as const

/** The header that a machine bears its secret in. */
export const bearing = (secret: string): { authorization: string } => ({ authorization: `Bearer ${secret}` })
