import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The folder that holds the project: what the env file and a relative database path are counted from. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..')

const defaultDatabaseUrl = 'file:./data/track-this-case.db'

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]'])

// Published by hCaptcha for tests: they let everybody pass.
const hcaptchaTestSiteKeys = ['10000000-ffff-ffff-ffff-000000000001', '20000000-ffff-ffff-ffff-000000000002', '30000000-ffff-ffff-ffff-000000000003']
const hcaptchaTestSecret = '0x0000000000000000000000000000000000000000'

// Blanks around it are no secret, and a header loses them.
const secret = z.string().refine((value) => Buffer.byteLength(value.trim()) >= 32, 'must be at least 32 bytes long')
const address = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const origin = z.url({ protocol: /^https?$/ })
  .refine((value) => {
    if (!URL.canParse(value)) return false
    const { pathname, search, hash, username, password } = new URL(value)
    return pathname === '/' && search + hash + username + password === ''
  }, 'must be scheme and host only, like https://track.example.gov')
  .transform((value) => (URL.canParse(value) ? new URL(value).origin : value))
const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max))

const shape = z.object({
  APP_URL: origin.optional(),
  DATABASE_URL: z.string().regex(/^(file:.+|postgres(ql)?:\/\/.+)/, 'must be file:… with the path of a SQLite file, or postgres://… with the address of a Postgres database')
    .default(defaultDatabaseUrl),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOSTNAME: z.string().optional(),
  AUTH_SECRET: secret,
  CRON_SECRET: secret,
  FEED_SECRET: secret,
  METRICS_SECRET: secret,
  LINK_SECRET: z.string().transform((value) => value.split(',').map((key) => key.trim())).pipe(z.array(secret).min(1)),
  EVENING_SCHEDULE: z.enum(['on', 'off']).default('off'),
  EVENING_PING_URL: z.url({ protocol: /^https?$/ }).optional(),
  EVENING_GRACE_MINUTES: wholeNumber(1, 1440).default(60),
  WORKER_METRICS_PORT: wholeNumber(1, 65_535).optional(),
  MAIL_TRANSPORT: z.enum(['mailbox', 'resend', 'smtp']).optional(),
  RESEND_API_KEY: z.string().min(1).optional(),
  RESEND_BASE_URL: address.optional(),
  RESEND_WEBHOOK_SECRET: z.string().regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, 'must be the signing secret of the webhook, which begins with whsec_').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  TEXT_TRANSPORT: z.enum(['mailbox', 'gateway', 'twilio']).default('mailbox'),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC\w+$/, 'must be the SID of an account, which begins with AC').optional(),
  TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
  TWILIO_FROM: z.string().regex(/^(\+\d{8,15}|\d{5,6}|MG\w+)$/, 'must be a number like +15735550100, a short code, or the SID of a messaging service, which begins with MG').optional(),
  TWILIO_BASE_URL: address.default('https://api.twilio.com'),
  MAIL_FROM: z.string().regex(/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address, or a name and <address>').optional(),
  MAIL_RATE_PER_SECOND: z.string().regex(/^\d+(\.\d+)?$/, 'must be a number').transform(Number).pipe(z.number().min(0.1).max(1000)).default(2),
  CAPTCHA_PROVIDER: z.enum(['local', 'hcaptcha']).optional(),
  HCAPTCHA_SITE_KEY: z.string().min(1).optional(),
  HCAPTCHA_SECRET: z.string().min(1).optional(),
  HCAPTCHA_VERIFY_URL: address.default('https://api.hcaptcha.com/siteverify'),
  HCAPTCHA_SCRIPT_URL: address.default('https://js.hcaptcha.com/1/api.js'),
  COURT_PROFILE: z.string().min(1).optional(),
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
})

type Values = z.infer<typeof shape>

/** The environment, checked. Each field is the name of contract.md section 5 in our spelling. */
export interface Env {
  readonly appUrl: string
  /** True unless `APP_URL` is a loopback address: then test keys and the local mailbox are refused. */
  readonly isProduction: boolean
  /** `postgres://…`, or `file:` with an absolute path. */
  readonly databaseUrl: string
  readonly port: number
  readonly hostname: string | undefined
  readonly authSecret: string
  readonly cronSecret: string
  readonly feedSecret: string
  readonly metricsSecret: string
  /** The first signs, all verify. */
  readonly linkKeys: readonly string[]
  readonly isEveningScheduled: boolean
  /** Asked for after each evening that was held, so that whoever watches it notices one that was not; it holds a secret. */
  readonly eveningPingUrl: string | undefined
  /** How long after its hour an evening may be held before it counts as overdue. */
  readonly eveningGraceMinutes: number
  /** Where a worker answers for its own metrics; undefined: nowhere. */
  readonly workerMetricsPort: number | undefined
  readonly mail:
    | { readonly transport: 'mailbox' }
    | { readonly transport: 'resend'; readonly apiKey: string; readonly baseUrl: string | undefined; readonly ratePerSecond: number }
    | { readonly transport: 'smtp'; readonly url: string }
  /** What Resend signs its webhooks with; undefined: none are taken. */
  readonly resendWebhookSecret: string | undefined
  /** Twilio is the only one whose webhooks reach us. `none`: people use the service and no way for texts was named, so it has none. */
  readonly texts:
    | { readonly transport: 'mailbox' | 'gateway' | 'none' }
    | { readonly transport: 'twilio'; readonly accountSid: string; readonly authToken: string; readonly from: string; readonly baseUrl: string }
  /** `Name <address>` or an address; undefined: the profile's sender. */
  readonly mailFrom: string | undefined
  readonly captcha:
    | { readonly provider: 'local' }
    | { readonly provider: 'hcaptcha'; readonly siteKey: string; readonly secret: string; readonly verifyUrl: string; readonly scriptUrl: string }
  readonly profilePath: string | undefined
  readonly trustedProxies: number
}

/**
 * Checks a set of environment values. Throws one Error that names every wrong or missing one, each with what to do.
 * An empty value counts as absent.
 */
export function readEnv(values: Readonly<Record<string, string | undefined>>): Env {
  const wrong: string[] = []
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = shape.safeParse(present)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0])
      wrong.push(present[name] === undefined ? `${name} is missing: run "npm run setup", or set it.` : `${name} ${sentenceOf(issue.message)}`)
    }
  }
  const checked = parsed.success ? parsed.data : undefined
  const appUrl = checked?.APP_URL ?? origin.safeParse(present['APP_URL'] ?? `http://localhost:${checked?.PORT ?? 3000}`).data
  const isProduction = appUrl !== undefined && !loopbackHosts.has(new URL(appUrl).hostname)
  const partial: Partial<Record<keyof Values, string>> = present
  const mail = mailOf(partial, checked, isProduction, wrong)
  const texts = textsOf(partial, checked, isProduction, wrong)
  const captcha = captchaOf(partial, checked, isProduction, wrong)
  if (wrong.length > 0 || !checked || !mail || !texts || !captcha || appUrl === undefined) {
    throw new Error(`The environment is not right:\n${wrong.map((line) => `  - ${line}`).join('\n')}`)
  }
  return {
    appUrl,
    isProduction,
    databaseUrl: absolute(checked.DATABASE_URL),
    port: checked.PORT,
    hostname: checked.HOSTNAME,
    authSecret: checked.AUTH_SECRET,
    cronSecret: checked.CRON_SECRET,
    feedSecret: checked.FEED_SECRET,
    metricsSecret: checked.METRICS_SECRET,
    linkKeys: checked.LINK_SECRET,
    isEveningScheduled: checked.EVENING_SCHEDULE === 'on',
    eveningPingUrl: checked.EVENING_PING_URL,
    eveningGraceMinutes: checked.EVENING_GRACE_MINUTES,
    workerMetricsPort: checked.WORKER_METRICS_PORT,
    mail,
    resendWebhookSecret: checked.RESEND_WEBHOOK_SECRET,
    texts,
    mailFrom: checked.MAIL_FROM,
    captcha,
    profilePath: checked.COURT_PROFILE,
    trustedProxies: checked.TRUSTED_PROXIES,
  }
}

const absolute = (url: string): string => (url.startsWith('file:') ? `file:${resolve(projectRoot, url.slice('file:'.length))}` : url)

const sentenceOf = (message: string): string => (message.startsWith('must') ? `${message}.` : `is not right: ${message}.`)

type Present = Partial<Record<keyof Values, string>>

function mailOf(present: Present, checked: Values | undefined, isProduction: boolean, wrong: string[]): Env['mail'] | undefined {
  const transport = present.MAIL_TRANSPORT ?? (present.RESEND_API_KEY ? 'resend' : present.SMTP_URL ? 'smtp' : 'mailbox')
  if (transport === 'mailbox') {
    if (isProduction) wrong.push('MAIL_TRANSPORT mailbox sends nothing to anybody, so it is refused where APP_URL is not a loopback address: set RESEND_API_KEY or SMTP_URL.')
    return { transport: 'mailbox' }
  }
  if (transport === 'resend') {
    if (!present.RESEND_API_KEY) wrong.push('RESEND_API_KEY is missing: MAIL_TRANSPORT resend needs it.')
    return checked?.RESEND_API_KEY
      ? { transport, apiKey: checked.RESEND_API_KEY, baseUrl: checked.RESEND_BASE_URL, ratePerSecond: checked.MAIL_RATE_PER_SECOND }
      : undefined
  }
  if (transport === 'smtp') {
    if (!present.SMTP_URL) wrong.push('SMTP_URL is missing: MAIL_TRANSPORT smtp needs it.')
    return checked?.SMTP_URL ? { transport, url: checked.SMTP_URL } : undefined
  }
  return undefined
}

function textsOf(present: Present, checked: Values | undefined, isProduction: boolean, wrong: string[]): Env['texts'] | undefined {
  if (isProduction && present.TEXT_TRANSPORT === undefined) return { transport: 'none' }
  const transport = present.TEXT_TRANSPORT ?? 'mailbox'
  if (isProduction && transport === 'mailbox') {
    wrong.push('TEXT_TRANSPORT mailbox sends nothing to anybody, so it is refused where APP_URL is not a loopback address: set twilio or gateway, or leave it out; then no texts are offered.')
  }
  if (transport === 'mailbox' || transport === 'gateway') return { transport }
  if (transport !== 'twilio') return undefined
  for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const) {
    if (!present[name]) wrong.push(`${name} is missing: TEXT_TRANSPORT twilio needs it.`)
  }
  if (!checked?.TWILIO_ACCOUNT_SID || !checked.TWILIO_AUTH_TOKEN || !checked.TWILIO_FROM) return undefined
  return {
    transport, accountSid: checked.TWILIO_ACCOUNT_SID, authToken: checked.TWILIO_AUTH_TOKEN, from: checked.TWILIO_FROM, baseUrl: checked.TWILIO_BASE_URL,
  }
}

function captchaOf(present: Present, checked: Values | undefined, isProduction: boolean, wrong: string[]): Env['captcha'] | undefined {
  const provider = present.CAPTCHA_PROVIDER ?? (present.HCAPTCHA_SITE_KEY && present.HCAPTCHA_SECRET ? 'hcaptcha' : 'local')
  if (provider !== 'hcaptcha') return { provider: 'local' }
  for (const name of ['HCAPTCHA_SITE_KEY', 'HCAPTCHA_SECRET'] as const) {
    if (!present[name]) wrong.push(`${name} is missing: CAPTCHA_PROVIDER hcaptcha needs it.`)
  }
  if (isProduction && (hcaptchaTestSiteKeys.includes(present.HCAPTCHA_SITE_KEY ?? '') || present.HCAPTCHA_SECRET === hcaptchaTestSecret)) {
    wrong.push('HCAPTCHA_SITE_KEY and HCAPTCHA_SECRET are the published test keys, which let everybody pass: set your own.')
  }
  if (!checked?.HCAPTCHA_SITE_KEY || !checked.HCAPTCHA_SECRET) return undefined
  return {
    provider,
    siteKey: checked.HCAPTCHA_SITE_KEY,
    secret: checked.HCAPTCHA_SECRET,
    verifyUrl: checked.HCAPTCHA_VERIFY_URL,
    scriptUrl: checked.HCAPTCHA_SCRIPT_URL,
  }
}

function valuesOfProcess(): Readonly<Record<string, string | undefined>> {
  const file = join(projectRoot, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return process.env
}

/** The environment of this process, the env file behind it: values already set win. Throws as `readEnv`. */
export const loadEnv = (): Env => readEnv(valuesOfProcess())

/** Only the address of the database, unchecked: what tells the engine before anything else is loaded. */
export const databaseUrlOfProcess = (): string => valuesOfProcess()['DATABASE_URL'] || defaultDatabaseUrl
