import { describe, expect, it } from 'vitest'
import { spawnSync } from 'node:child_process'
import { readEnv } from './env.ts'
import { report } from './testing/torture/scale.ts'

const secret = 's'.repeat(32)
const secrets = { AUTH_SECRET: secret, CRON_SECRET: secret, FEED_SECRET: secret, METRICS_SECRET: secret, LINK_SECRET: secret }
const wrongOf = (values: Record<string, string>): string => {
  try {
    readEnv(values)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('the environment', () => {
  it('needs nothing but secrets on a loopback address', () => {
    const env = readEnv(secrets)
    expect(env).toMatchObject({ appUrl: 'http://localhost:3000', isProduction: false, port: 3000, mail: { transport: 'mailbox' }, captcha: { provider: 'local' } })
  })

  it('names every wrong and missing value at once', () => {
    const said = wrongOf({ CRON_SECRET: 'short', PORT: 'many', DATABASE_URL: 'mysql://x', MAIL_TRANSPORT: 'resend', LINK_SECRET: secret })
    for (const name of ['AUTH_SECRET is missing', 'CRON_SECRET must be at least 32', 'PORT must be', 'DATABASE_URL must be', 'FEED_SECRET', 'METRICS_SECRET', 'RESEND_API_KEY']) {
      expect(said).toContain(name)
    }
    expect(said).not.toContain('LINK_SECRET')
  })

  it('S14: lets nothing start without secrets of 32 bytes and of one’s own', () => {
    const names = Object.keys(secrets)
    const places = [{}, { APP_URL: 'https://track.example.gov', RESEND_API_KEY: 'key' }]
    const values = [undefined, '', ' ', 'undefined', 'null', 'short', 's'.repeat(31), ' '.repeat(40), '\n']
    const started = names.flatMap((name) => places.flatMap((place) => values.flatMap((value) => {
      const others = Object.fromEntries(Object.entries(secrets).filter(([other]) => other !== name))
      return wrongOf({ ...others, ...place, ...(value !== undefined && { [name]: value }) }).includes(name) ? [] : [`${name}=${JSON.stringify(value)}`]
    })))
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      encoding: 'utf8', timeout: 60_000, env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...secrets, CRON_SECRET: 'undefined', DATABASE_URL: 'file:/nowhere/at/all.db', PORT: '1' },
    })
    const tried = names.length * places.length * values.length
    report('S14', `${started.length} of ${tried} starts without a right secret`, started.length === 0 && status === 1)
    expect(started).toEqual([])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('CRON_SECRET')
  })

  it('takes scheme and host of APP_URL and refuses more; without one the port decides', () => {
    expect(readEnv({ ...secrets, APP_URL: 'http://localhost:3000/' }).appUrl).toBe('http://localhost:3000')
    for (const wrong of ['http://localhost:3000/?a', 'http://localhost/path', 'http://u:p@localhost', 'ftp://localhost', 'localhost']) {
      expect(wrongOf({ ...secrets, APP_URL: wrong }), wrong).toContain('APP_URL')
    }
    expect(readEnv({ ...secrets, PORT: '3977' }).appUrl).toBe('http://localhost:3977')
    expect(wrongOf({ ...secrets, MAIL_FROM: 'not an address', TEXT_TRANSPORT: 'pigeon' })).toMatch(/MAIL_FROM[^]*TEXT_TRANSPORT|TEXT_TRANSPORT[^]*MAIL_FROM/)
  })

  it('counts an empty value as absent', () => {
    expect(wrongOf({ ...secrets, CRON_SECRET: '' })).toContain('CRON_SECRET is missing')
    expect(readEnv({ ...secrets, PORT: '' }).port).toBe(3000)
  })

  it('signs links with the first secret and verifies with all', () => {
    expect(readEnv({ ...secrets, LINK_SECRET: `${'n'.repeat(32)}, ${secret}` }).linkKeys).toEqual(['n'.repeat(32), secret])
    expect(wrongOf({ ...secrets, LINK_SECRET: `${secret},short` })).toContain('LINK_SECRET')
  })

  it('S6: does not start with published captcha keys where people are, nor with the local mailbox', () => {
    const production = { ...secrets, APP_URL: 'https://track.example.gov' }
    expect(wrongOf(production)).toContain('MAIL_TRANSPORT mailbox')
    expect(wrongOf({
      ...production, RESEND_API_KEY: 'key', HCAPTCHA_SITE_KEY: '10000000-ffff-ffff-ffff-000000000001', HCAPTCHA_SECRET: '0x0000000000000000000000000000000000000000',
    })).toContain('published test keys')
    expect(readEnv({ ...production, RESEND_API_KEY: 'key' })).toMatchObject({ isProduction: true, mail: { transport: 'resend', ratePerSecond: 2 } })
  })

  it('chooses transports by the keys that are set', () => {
    expect(readEnv({ ...secrets, SMTP_URL: 'smtp://mail.example.gov' }).mail).toEqual({ transport: 'smtp', url: 'smtp://mail.example.gov' })
    expect(readEnv({ ...secrets, HCAPTCHA_SITE_KEY: 'site', HCAPTCHA_SECRET: 'secret' }).captcha.provider).toBe('hcaptcha')
  })

  it('sends texts to the local mailbox, or as it is told', () => {
    expect(readEnv(secrets).texts).toEqual({ transport: 'mailbox' })
    expect(readEnv({ ...secrets, TEXT_TRANSPORT: 'gateway' }).texts).toEqual({ transport: 'gateway' })
    const twilio = { TEXT_TRANSPORT: 'twilio', TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+15735550100' }
    expect(readEnv({ ...secrets, ...twilio }).texts).toEqual({
      transport: 'twilio', accountSid: 'AC1', authToken: 'token', from: '+15735550100', baseUrl: 'https://api.twilio.com',
    })
    expect(readEnv({ ...secrets, ...twilio, TWILIO_BASE_URL: 'http://127.0.0.1:9/' }).texts).toMatchObject({ baseUrl: 'http://127.0.0.1:9' })
    const said = wrongOf({ ...secrets, TEXT_TRANSPORT: 'twilio', PORT: 'many' })
    for (const name of ['TWILIO_ACCOUNT_SID is missing', 'TWILIO_AUTH_TOKEN is missing', 'TWILIO_FROM is missing', 'PORT must']) expect(said).toContain(name)
    const wrong = wrongOf({ ...secrets, ...twilio, TWILIO_ACCOUNT_SID: 'SK1', TWILIO_FROM: 'Court', TWILIO_BASE_URL: 'here' })
    for (const name of ['TWILIO_ACCOUNT_SID must', 'TWILIO_FROM must', 'TWILIO_BASE_URL is not right']) expect(wrong).toContain(name)
  })

  it('offers no texts where people are and no way for them was named, and refuses one that goes nowhere', () => {
    const production = { ...secrets, APP_URL: 'https://track.example.gov', RESEND_API_KEY: 'key' }
    expect(readEnv(production).texts).toEqual({ transport: 'none' })
    expect(readEnv({ ...production, TEXT_TRANSPORT: 'gateway' }).texts).toEqual({ transport: 'gateway' })
    const said = wrongOf({ ...production, TEXT_TRANSPORT: 'mailbox', CRON_SECRET: 'short' })
    for (const words of ['TEXT_TRANSPORT mailbox sends nothing to anybody', 'CRON_SECRET must']) expect(said).toContain(words)
  })
})
