import { defineConfig } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hcaptchaKeys, origins, ports, secrets } from './e2e/service.ts'

const databases = process.env['TTC_BROWSER_TESTS'] ?? makeFolder()

/** A folder of this run; every process of the run reads this file, the first one makes the folder and takes it away. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ttc-browser-tests-'))
  process.env['TTC_BROWSER_TESTS'] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// Empty counts as absent: nothing of the developer's own settings reaches these tests.
const nothingElse = {
  HOSTNAME: '', EVENING_SCHEDULE: '', MAIL_FROM: '', RESEND_API_KEY: '', SMTP_URL: '', COURT_PROFILE: '', TRUSTED_PROXIES: '',
  HCAPTCHA_SITE_KEY: '', HCAPTCHA_SECRET: '', HCAPTCHA_VERIFY_URL: '', HCAPTCHA_SCRIPT_URL: '',
}

/** The service as people start it, on a database of its own. */
const service = (name: 'service' | 'hcaptcha', captcha: Record<string, string>) => ({
  name,
  command: 'node e2e/serve-quietly.mjs',
  url: `${origins[name]}/api/health`,
  env: {
    ...nothingElse,
    ...secrets,
    PORT: String(ports[name]),
    APP_URL: origins[name],
    DATABASE_URL: `file:${join(databases, `${name}.db`)}`,
    MAIL_TRANSPORT: 'mailbox',
    ...captcha,
  },
  // The first start may install and build.
  timeout: 600_000,
  gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
} as const)

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  reporter: 'list',
  // Two slow cores run browsers, two services and their workers at once.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  projects: [
    { name: 'service', testIgnore: ['hcaptcha.spec.ts', 'story.spec.ts'], use: { baseURL: origins.service } },
    { name: 'hcaptcha', testMatch: 'hcaptcha.spec.ts', use: { baseURL: origins.hcaptcha } },
    // Its buttons touch whichever case was confirmed last: it waits until no other test's is.
    { name: 'story', testMatch: 'story.spec.ts', use: { baseURL: origins.service }, dependencies: ['service'] },
  ],
  webServer: [
    service('service', { CAPTCHA_PROVIDER: 'local' }),
    {
      name: 'hcaptcha stand-in',
      command: 'node --import tsx e2e/hcaptcha-stand-in.ts',
      url: `${origins.standIn}/health`,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
    service('hcaptcha', {
      CAPTCHA_PROVIDER: 'hcaptcha',
      HCAPTCHA_SITE_KEY: hcaptchaKeys.siteKey,
      HCAPTCHA_SECRET: hcaptchaKeys.secret,
      HCAPTCHA_VERIFY_URL: `${origins.standIn}/siteverify`,
      HCAPTCHA_SCRIPT_URL: `${origins.standIn}/api.js`,
    }),
  ],
})
