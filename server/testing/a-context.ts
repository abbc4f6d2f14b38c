import { inProcessJobs } from '../adapters/in-process-jobs.ts'
import { createTotpFactors } from '../adapters/totp-factors.ts'
import { localCaptcha } from '../adapters/local-captcha.ts'
import { hashClientAddress } from '../client-address.ts'
import { createCopyComposer } from '../delivery/copy-composer.ts'
import { authenticatorFor, rateLimitsFor } from '../log-ins.ts'
import type { CaptchaVerifier } from '../ports.ts'
import { createCallerFactory, type Context } from '../trpc.ts'
import { appRouter } from '../routers/app-router.ts'
import type { World } from './world.ts'

export const testLinkKeys = ['k'.repeat(32)]
export const testSecret = 'a'.repeat(32)

/** A captcha that everybody passes. */
export const openCaptcha: CaptchaVerifier = {
  settings: { provider: 'local', challengeAddress: '/' },
  createChallenge: async () => null,
  verify: async () => ({ kind: 'passed', answerKey: null, expiresAt: null }),
}

/**
 * What procedures reach in a world, with the shipped captcha and real log-ins, for a visitor without an account. With
 * `accountId`, for who is logged in to it, with the second factor.
 */
export const aContext = (world: World, { accountId, ...otherwise }: Partial<Context> & { readonly accountId?: number } = {}): Context => ({
  site: world.site, linkKeys: testLinkKeys, captcha: localCaptcha(testSecret, '/api/captcha/challenge', world.clock),
  log: { info: () => undefined, error: () => undefined },
  reading: world.workplace.reading, inOneTransaction: world.workplace.inOneTransaction,
  holdEvening: async () => ({ state: 'completed', notices: 0 }), composeCopy: createCopyComposer(), jobs: inProcessJobs(), isMailboxOpen: true, eveningGraceMinutes: 60, clientAddress: '127.0.0.1', clientHash: () => hashClientAddress(testSecret, otherwise.clientAddress ?? '127.0.0.1'), requestId: 'r', evenly: (todo) => todo(),
  authenticator: authenticatorFor(world.workplace, { secret: testSecret, origin: world.site.origin }), rateLimits: rateLimitsFor(world.workplace, testSecret, world.profile.limits),
  secondFactors: createTotpFactors({ secret: testSecret, issuer: world.profile.serviceName }),
  headers: new Headers(), setCookie: () => undefined,
  session: async () => (accountId === undefined ? null : { accountId, sessionId: 0, token: '', hasSecondFactor: true }),
  ...otherwise,
})

export const callerIn = (context: Context) => createCallerFactory(appRouter)(context)
