import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isEmailAddress } from '../contract/tracking-form.ts'
import { Refusal } from '../contract/refusals.ts'
import { signLink } from '../domain/links/link-token.ts'
import { parsePhone } from '../domain/tracking/parse-phone.ts'
import { replyWord } from '../domain/texts/reply-word.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys } from '../testing/a-context.ts'
import { putCase } from '../testing/put-case.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { report } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Context } from '../trpc.ts'

let world: World
let hashed: number
beforeEach(async () => {
  world = await openWorld()
  hashed = 0
})
afterEach(() => world.close())

/** Counts what costs time: every look at a password and every hash. */
function counting(more: Partial<Context> & { readonly accountId?: number } = {}): Context {
  const context = aContext(world, { captcha: openCaptcha, ...more })
  const count = <T>(answer: T): Promise<T> => {
    hashed++
    return Promise.resolve(answer)
  }
  return { ...context, authenticator: { ...context.authenticator, hashPassword: () => count('hash'), isPassword: () => count(false), logIn: () => count(null) } }
}
const codeOf = (failing: Promise<unknown>): Promise<unknown> =>
  failing.then(() => 'done', (error: unknown) => (error instanceof Error && error.cause instanceof Refusal ? error.cause.code : error))
const password = 'a long enough one'

describe('S19: a flood', () => {
  it('of log-ins to one address is refused before a password is looked at', async () => {
    const codes = []
    for (let at = 0; at < 15; at++) codes.push(await codeOf(callerIn(counting({ clientAddress: `192.0.2.${at}` })).account.logIn({ email: 'Pat@example.com', password })))
    expect(codes.slice(10)).toEqual(Array.from({ length: 5 }, () => 'tooMany'))
    report('S19', `${hashed} hashes of a most of 10 in 15 log-ins`, hashed === 10)
    expect(hashed).toBe(10)
  })

  it('of log-ins from one place, a whole /64 of IPv6, is refused before a password is looked at', async () => {
    const from = (at: number) => callerIn(counting({ clientAddress: `2001:db8:0:1::${at.toString(16)}` }))
    for (let at = 0; at < 105; at++) await codeOf(from(at).account.logIn({ email: `pat${at}@example.com`, password }))
    expect(hashed).toBe(100)
  })

  it('of log-ins from one place, all at once, is refused past a hundred looks at a password', async () => {
    const codes = await Promise.all(Array.from({ length: 150 }, (_, at) => codeOf(callerIn(counting({ clientAddress: '192.0.2.1' })).account.logIn({ email: `pat${at}@example.com`, password }))))
    expect(codes.filter((code) => code === 'tooMany')).toHaveLength(50)
    expect(hashed).toBe(100)
  })

  it('of right passwords from one place is none', async () => {
    const right = counting()
    const logIn = (): Promise<string[]> => Promise.resolve([])
    for (let at = 0; at < 120; at++) expect(await codeOf(callerIn({ ...right, authenticator: { ...right.authenticator, logIn } }).account.logIn({ email: `pat${at}@example.com`, password }))).toBe('done')
  })

  it('is not let through by right passwords that were looked at for longer than tries count', async () => {
    const { rateLimits } = aContext(world)
    for (let at = 0; at < 5; at++) await rateLimits.take('failedLogInFrom', 'here')
    world.clock.passMinutes(61)
    for (let at = 0; at < 5; at++) await rateLimits.giveBack('failedLogInFrom', 'here')
    for (let at = 0; at < 100; at++) expect(await rateLimits.take('failedLogInFrom', 'here')).toBeNull()
    expect(await rateLimits.take('failedLogInFrom', 'here')).toBeGreaterThan(0)
  })

  it('of passwords from everywhere, all at once, is told to come again when a hundred wait', async () => {
    const { authenticator } = aContext(world)
    const codes = await Promise.all(Array.from({ length: 110 }, () => authenticator.hashPassword(password).then(() => 'done', (error: unknown) => (error instanceof Refusal ? error.code : error))))
    expect(codes.filter((code) => code === 'tooMany')).toHaveLength(10)
    expect(codes.filter((code) => code === 'done')).toHaveLength(100)
    await authenticator.hashPassword(password)
  }, 120_000)

  it('in which everybody is told to come again counts nobody’s tries', async () => {
    const full = counting()
    const refuseWhenFull = (): void => {
      throw new Refusal('tooMany', 'Come again.')
    }
    for (let at = 0; at < 15; at++) expect(await codeOf(callerIn({ ...full, authenticator: { ...full.authenticator, refuseWhenFull } }).account.logIn({ email: 'pat@example.com', password }))).toBe('tooMany')
    expect(await codeOf(callerIn(full).account.logIn({ email: 'pat@example.com', password }))).toBe('loginWrong')
    expect(hashed).toBe(1)
  })

  it('of tries of a password in an open session is refused before it is looked at', async () => {
    const accountId = await putTestAccount(world, 'pat@example.com')
    for (let at = 0; at < 15; at++) await codeOf(callerIn(counting({ accountId })).account.changeAddress({ email: 'new@example.com', password }))
    expect(hashed).toBe(10)
  })

  it('of registrations from one place makes no hash over the limit', async () => {
    for (let at = 0; at < 65; at++) await callerIn(counting()).account.register({ email: `pat${at}@example.com`, password, captcha: 'x' })
    expect(hashed).toBe(world.profile.limits.clientPerHour)
  })

  it('of passwords by links that are used, unknown or forged makes no hash', async () => {
    const { account } = callerIn(counting())
    for (const token of [signLink(testLinkKeys, 'resetPassword', { id: 7, version: 1 }), 'forged', '']) expect(await codeOf(account.resetPassword({ token, password }))).toBe('linkInvalid')
    expect(hashed).toBe(0)
  })
})

describe('S19: an evil input', () => {
  // What makes careless expressions walk every way through it.
  const evil = [
    'a'.repeat(50_000), '.'.repeat(50_000), `a@${'a.'.repeat(25_000)}`, 'a@'.repeat(25_000), `a@${'-'.repeat(50_000)}.`, ' '.repeat(50_000), `1${' '.repeat(50_000)}x`,
    '+1'.repeat(25_000), '5'.repeat(50_000), `${'('.repeat(25_000)}${')'.repeat(25_000)}`, '\u0301'.repeat(50_000), `${'ﬀ'.repeat(20_000)}@x`, `STOP${' '.repeat(50_000)}!`, '26BA-'.repeat(10_000), '"'.repeat(50_000),
  ]
  const took = (todo: () => unknown): number => {
    const begun = performance.now()
    todo()
    return performance.now() - begun
  }

  it('stalls none of what reads a form or a reply', () => {
    for (const typed of evil) {
      for (const [name, read] of Object.entries({ isEmailAddress, parsePhone, replyWord })) expect(took(() => read(typed)), `${name} of ${typed.slice(0, 12)}`).toBeLessThan(500)
    }
  })

  it('is refused or answered soon by every procedure that takes one from a visitor', async () => {
    await world.work((work) => putCase(work, { number: '26BA-CV00077' }))
    const { tracking, account, cases, links } = callerIn(counting())
    for (const typed of evil) {
      const form = { email: typed, confirmEmail: typed, wantsText: true, phone: typed, carrier: typed, eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
      const begun = performance.now()
      await Promise.allSettled([
        tracking.request({ number: typed, form, captcha: typed }), tracking.requestReport({ number: '26BA-CV00077', form, captcha: 'x' }),
        account.register({ email: typed, password: typed, captcha: 'x' }), account.requestReset({ email: typed, captcha: 'x' }), account.logIn({ email: typed, password: typed }),
        cases.search({ q: typed, court: typed, from: typed }), cases.byNumber({ number: typed }), links.confirm({ token: typed }),
        links.describe({ token: typed, purpose: 'confirm' }), tracking.report({ token: typed }),
      ])
      expect(performance.now() - begun, typed.slice(0, 12)).toBeLessThan(2000)
    }
    expect(hashed).toBe(0)
  })
})
