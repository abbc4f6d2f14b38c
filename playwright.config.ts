import { defineConfig, type Project } from '@playwright/test'
import { originOf } from './e2e/run.ts'

/** Those that start services of their own, on SQLite (e2e/own-service.ts): once is enough. */
const onTheirOwn = [
  'attacks.spec.ts', 'attacks-in-browser.spec.ts', 'floods.spec.ts', 'nothing-private.spec.ts', 'bounce.spec.ts', 'confidential.spec.ts', 'operator.spec.ts', 'outages.spec.ts', 'policy.spec.ts', 'schedule.spec.ts', 'service-hours.spec.ts', 'text-replies.spec.ts', 'texts.spec.ts',
]
/** What is about markup, scripts and forms, which know no engine: once is enough too. */
const aboutMarkup = [
  'case-page.spec.ts', 'every-page.spec.ts', 'form-errors.spec.ts', 'keyboard.spec.ts', 'lighthouse.spec.ts', 'login.spec.ts', 'page-weight.spec.ts', 'phone.spec.ts', 'reading.spec.ts', 'without-javascript.spec.ts',
]

/** Long stories of accounts, whose rules unit tests show on both engines. */
const aboutAccounts = ['my-cases.spec.ts', 'sent-and-feeds.spec.ts', 'several.spec.ts', 'watch.spec.ts', 'every-account-page.spec.ts']

/** Every test there is, on one engine. Other ports, other databases: nothing of one engine's tests meets another's. */
const onEngine = (engine: 'sqlite' | 'postgres'): Project[] => [
  {
    name: engine, testIgnore: ['hcaptcha.spec.ts', 'story.spec.ts', ...(engine === 'sqlite' ? [] : [...onTheirOwn, ...aboutMarkup, ...aboutAccounts])],
    use: { baseURL: originOf(engine) },
  },
  // Its buttons touch whichever case was confirmed last: it waits until no other test's is.
  { name: `${engine}-story`, testMatch: 'story.spec.ts', use: { baseURL: originOf(engine) }, dependencies: [engine] },
]

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  // Two cores: while one waits for mail or an evening, another works.
  workers: 3,
  retries: 0,
  reporter: 'list',
  // Two slow cores run browsers, four services and their workers at once.
  timeout: 180_000,
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
    ...onEngine('sqlite'),
    { name: 'hcaptcha', testMatch: 'hcaptcha.spec.ts', use: { baseURL: originOf('hcaptcha') } },
    ...onEngine('postgres'),
  ],
  webServer: {
    name: 'services',
    command: `"${process.execPath}" --import tsx e2e/serve.ts`,
    // Answers when the service does on each engine.
    url: `${originOf('standIn')}/health`,
    // The first start may install and build.
    timeout: 600_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
})
