import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { diceFor } from '../domain/demo/dice.ts'
import { projectRoot } from '../env.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { startResendStandIn } from '../testing/resend-stand-in.ts'
import { createKeptLog } from '../testing/stub-mailer.ts'
import { createStubTexter } from '../testing/stub-texter.ts'
import { report, seed, sized } from '../testing/torture/scale.ts'
import { tallyOf } from '../testing/torture/tally.ts'
import { openWorld } from '../testing/world.ts'
import { deliverOutbox } from './deliver-outbox.ts'

const secret = 'of-a-test-0123456789abcdef0123456789'
const secrets = { AUTH_SECRET: secret, CRON_SECRET: secret, FEED_SECRET: secret, METRICS_SECRET: secret, LINK_SECRET: secret }

// Everything of it but the database is the same on both.
describe.runIf(chosenEngine() === 'sqlite')('a worker that is told to end', { timeout: sized(60_000, 1_800_000) }, () => {
  it(`R18: lets go within ten seconds, answered or not, and the next one goes on (seed ${seed})`, async () => {
    const world = await openWorld(new Date().toISOString())
    const provider = await startResendStandIn({ latencyMs: 20, now: () => world.clock.now().getTime() })
    const dice = diceFor(seed, 'R18')
    const ends = sized(1, 20)
    try {
      const owed = await world.work((work) => oweNotices(work, { cases: sized(100, 1_000), recipients: 10 }))
      let slowestMs = 0
      for (let nth = 0; nth < ends; nth++) {
        // Every other time it is in the middle of a request that nobody answers.
        const isSilent = nth % 2 === 0
        provider.change({ fail: () => null })
        const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', 'worker'], {
          cwd: projectRoot, stdio: 'ignore',
          env: {
            ...process.env, ...secrets, LINK_SECRET: 'k'.repeat(32), NODE_ENV: 'production', APP_URL: 'http://localhost:3000', EVENING_SCHEDULE: 'off', CAPTCHA_PROVIDER: 'local',
            DATABASE_URL: world.url, MAIL_TRANSPORT: 'resend', RESEND_API_KEY: provider.apiKey, RESEND_BASE_URL: provider.url, MAIL_RATE_PER_SECOND: '3',
          },
        })
        const untilAsked = async (): Promise<void> => {
          for (const before = provider.requests.length; provider.requests.length === before;) await pause(5)
        }
        await untilAsked()
        await pause(dice.between(0, 1_000))
        if (isSilent) {
          provider.change({ fail: () => 'silence' })
          await untilAsked()
        }
        const began = performance.now()
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await gone
        slowestMs = Math.max(slowestMs, performance.now() - began)
        expect(child.exitCode).toBe(0)
      }
      provider.change({ fail: () => null, latencyMs: 0 })
      expect(provider.accepted.length).toBeGreaterThan(0)
      const left = owed.length - provider.accepted.length
      // What was let go with its lease is free when that has run out.
      world.clock.set(new Date(Date.now() + 120_000).toISOString())
      const last = await deliverOutbox({
        workplace: world.workplace, profile: world.profile, texter: createStubTexter(), linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'next',
        mailer: createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 500 }),
      })
      const { figure, isRight } = tallyOf(provider, owed.map(({ email }) => email), (mail) => mail.to)
      const isInTime = slowestMs < 10_000
      report('R18', `${figure} after ${ends} times, let go within ${(slowestMs / 1000).toFixed(1)} s`, isRight && isInTime)
      expect(isInTime).toBe(true)
      expect(left).toBeGreaterThan(0)
      expect(last).toMatchObject({ failed: 0, remaining: 0 })
      expect(isRight, figure).toBe(true)
      expect(await world.rows('select state, count(*) as messages from outbox_messages group by state')).toEqual([{ state: 'sent', messages: owed.length }])
    } finally {
      await provider.close()
      await world.close()
    }
  })
})
