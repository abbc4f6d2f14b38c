import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountRequests, consents, outboxMessages, reportRequests, subscribers, trackingRequests } from '../../db/schema.ts'
import { Refusal } from '../contract/refusals.ts'
import { textHeld } from '../contract/wording.ts'
import { putAccount } from '../domain/accounts/confirm-account.ts'
import { putSubscriber } from '../domain/tracking/put-subscriber.ts'
import { rateLimitsFor } from '../log-ins.ts'
import type { CaptchaVerifier, CaptchaVerdict, Session } from '../ports.ts'
import { aContext, callerIn, openCaptcha, testSecret } from '../testing/a-context.ts'
import { putTestSession } from '../testing/put-account.ts'
import { putCase } from '../testing/put-case.ts'
import { aPhone } from '../testing/text-subscriber.ts'
import { report } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Context } from '../trpc.ts'
import { appRouter } from './app-router.ts'

// Everything by which a visitor can cause an e-mail or a text (H1). A procedure that writes stands in one of these lists, or the first test fails.

const [number, password] = ['26BA-CV00077', 'a long enough one']
const form = (email: string) => ({
  email, confirmEmail: email, wantsText: true, phone: aPhone, carrier: '', eventTenDays: true, eventTwoDays: false, paymentTwoDays: false,
})

type Call = (caller: ReturnType<typeof callerIn>, captcha: string) => Promise<unknown>

/** Behind a captcha. */
const withCaptcha: Record<string, Call> = {
  'tracking.request': (caller, captcha) => caller.tracking.request({ number, form: form('pat@example.com'), captcha }),
  'tracking.requestReport': (caller, captcha) => caller.tracking.requestReport({ number, form: form('pat@example.com'), captcha }),
  'tracking.trackAsAccount': (caller, captcha) => caller.tracking.trackAsAccount({ number, form: form(''), captcha }),
  'tracking.reportAsAccount': (caller, captcha) => caller.tracking.reportAsAccount({ number, form: form(''), captcha }),
  'account.register': (caller, captcha) => caller.account.register({ email: 'pat@example.com', password, captcha }),
  'account.requestReset': (caller, captcha) => caller.account.requestReset({ email: 'pat@example.com', captcha }),
}

/** Behind a log-in: with the password again, or to the account's own address only. */
const withLogIn: Record<string, Call> = {
  'account.changeAddress': (caller) => caller.account.changeAddress({ email: 'new@example.com', password }),
  'account.requestMending': (caller) => caller.account.requestMending(),
}

/** By the link of a message that such a limit let through: the texts that it causes have the limits of their phone (N6). */
const byLink = ['links.confirm']
/** While mail goes to the local mailbox only. */
const locally = ['mailbox.holdEvening', 'mailbox.addEntry', 'mailbox.reply']
/** Operators: what was owed before. */
const byOperator = ['operator.retry', 'operator.redriveJobs']
const causingNothing = [
  'links.stop', 'links.stopWatch', 'account.logIn', 'account.logOut', 'account.resetPassword', 'account.chooseNotices', 'account.changePassword',
  'account.endSession', 'account.endOtherSessions', 'account.editDetails', 'account.delete', 'account.proposeSecondFactor', 'account.confirmSecondFactor', 'account.giveSecondFactor',
  'myCases.seen', 'myCases.options', 'myCases.pause', 'myCases.resume', 'myCases.stop', 'myCases.track', 'myCases.several.track',
  'myCases.searches.save', 'myCases.searches.rename', 'myCases.searches.delete', 'myCases.searches.watch', 'myCases.searches.stopWatching',
  'myCases.feeds.make', 'myCases.feeds.revoke',
  'operator.liftSuppression', 'operator.announceOutage', 'operator.endOutage', 'operator.releaseEvening', 'operator.grantRegistered', 'operator.addOperator',
]
const causing = { ...withCaptcha, ...withLogIn }

let world: World
let session: Session
let passwordHash: string | undefined
beforeEach(async () => {
  world = await openWorld()
  const hash = passwordHash ??= await aContext(world).authenticator.hashPassword(password)
  session = await putTestSession(world, await world.work(async (work) => {
    await putCase(work, { number })
    return putAccount(work, await putSubscriber(work, 'lee@example.com'), { passwordHash: hash })
  }))
})
afterEach(() => world.close())

const contextOf = (more: Partial<Context> = {}): Context => aContext(world, { session: async () => session, captcha: openCaptcha, ...more })
const captchaSaying = (verdict: CaptchaVerdict): CaptchaVerifier => ({ ...openCaptcha, verify: async () => verdict })

async function countAll(): Promise<Record<string, number>> {
  const { tx } = world.reading()
  const counts: Record<string, number> = {}
  for (const [name, table] of Object.entries({ outboxMessages, subscribers, trackingRequests, reportRequests, accountRequests, consents })) counts[name] = await tx.$count(table)
  return counts
}

async function useUp(context: Context): Promise<void> {
  for (let asked = 0; asked < world.profile.limits.clientPerHour; asked++) await context.rateLimits.take('requestFrom', context.clientAddress)
}

const isMutation = (procedure: unknown): boolean =>
  typeof procedure === 'function' && '_def' in procedure && typeof procedure._def === 'object' && procedure._def !== null
  && 'type' in procedure._def && procedure._def.type === 'mutation'

const refusalOf = (failing: Promise<unknown>): Promise<unknown> => failing.then(() => 'done', (error: unknown) =>
  error instanceof Error && error.cause instanceof Refusal ? error.cause.code : error)

describe('everything that a visitor can cause', () => {
  it('is known: each procedure that writes, and each rule that owes a message', () => {
    const writing = Object.entries(appRouter._def.procedures).filter(([, procedure]) => isMutation(procedure)).map(([name]) => name)
    expect([...Object.keys(causing), ...byLink, ...locally, ...byOperator, ...causingNothing].sort()).toEqual(writing.sort())
    const owing = readdirSync('server/domain', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && /import \{[^}]*putMessage[^}]*\} from/.test(readFileSync(`server/domain/${file}`, 'utf8')))
    expect(owing.sort()).toEqual([
      'accounts/owe-account-mail.ts', 'digest/evening-holds.ts', 'texts/send-phone-verification.ts', 'texts/take-reply.ts', 'tracking/send-verification.ts', 'tracking/tracking-report.ts',
    ])
  })

  it.each(Object.keys(causing))('is caused where nothing is in its way: %s', async (name) => {
    const before = await countAll()
    await causing[name]?.(callerIn(contextOf()), 'x')
    expect((await countAll())['outboxMessages']).toBeGreaterThan(before['outboxMessages'] ?? 0)
  })
})

describe('S6: the captcha', () => {
  const held: string[] = []
  afterAll(() => report('S6', `${held.length} of ${Object.keys(withCaptcha).length} procedures`, held.length === Object.keys(withCaptcha).length))

  it.each(Object.keys(withCaptcha))('lets nothing be sent while it is missing, wrong, used or cannot be checked: %s', async (name) => {
    const call = async (captcha: string, verdict: CaptchaVerdict): Promise<unknown> =>
      refusalOf(withCaptcha[name]?.(callerIn(contextOf({ captcha: captchaSaying(verdict) })), captcha) ?? Promise.reject(new Error('No such call.')))
    const before = await countAll()
    expect(await call('', { kind: 'passed', answerKey: null, expiresAt: null })).toBe('captchaMissing')
    expect(await call('wrong', { kind: 'failed' })).toBe('captchaInvalid')
    expect(await call('x', { kind: 'unavailable' })).toBe('captchaUnavailable')
    expect(await countAll()).toEqual(before)
    const good = { kind: 'passed', answerKey: 'once', expiresAt: new Date(world.clock.now().getTime() + 60_000) } as const
    expect(await call('x', good)).toBe('done')
    const after = await countAll()
    expect(await call('x', good)).toBe('captchaInvalid')
    expect(await countAll()).toEqual(after)
    held.push(name)
  })

  it.each(Object.keys(withLogIn))('is not asked of who is logged in, and nothing is sent for who is not: %s', async (name) => {
    const before = await countAll()
    const context = aContext(world, { captcha: openCaptcha })
    expect(await refusalOf(withLogIn[name]?.(callerIn(context), '') ?? Promise.resolve())).toBe('loginNeeded')
    expect(await countAll()).toEqual(before)
  })
})

describe('S5: the limit of a client address', () => {
  it.each(Object.keys(causing).filter((name) => name !== 'tracking.trackAsAccount'))('writes nothing and causes nothing, and answers alike: %s', async (name) => {
    const [used, fresh] = [contextOf({ clientAddress: '192.0.2.1' }), contextOf({ clientAddress: '192.0.2.2' })]
    await useUp(used)
    const before = await countAll()
    const answer = await causing[name]?.(callerIn(used), 'x')
    expect(await countAll()).toEqual(before)
    expect(answer).toEqual(await causing[name]?.(callerIn(fresh), 'x'))
    expect(await countAll()).not.toEqual(before)
    world.clock.passMinutes(61)
    const later = await countAll()
    await causing[name]?.(callerIn(used), 'x')
    expect(await countAll(), 'an hour later').not.toEqual(later)
  })

  it('holds for who is logged in the text alone: the case is tracked', async () => {
    const used = contextOf({ clientAddress: '192.0.2.1' })
    await useUp(used)
    expect(await causing['tracking.trackAsAccount']?.(callerIn(used), 'x')).toMatchObject({ message: 'You are now tracking this case.', textMessage: textHeld })
    expect(await countAll()).toMatchObject({ outboxMessages: 0, trackingRequests: 1 })
  })

  it('is one for a /64 of IPv6, counts what can cause something only, and holds for every process', async () => {
    const beside = world.openBeside()
    const otherProcess = rateLimitsFor(beside, testSecret, world.profile.limits)
    for (let asked = 0; asked < world.profile.limits.clientPerHour; asked++) {
      expect(await (asked % 2 === 0 ? otherProcess : contextOf().rateLimits).take('requestFrom', '2001:db8:0:1::/64')).toBeNull()
    }
    await beside.close()
    const before = await countAll()
    for (const clientAddress of ['2001:db8:0:1::1', '2001:db8:0:1:a:b:c:d']) await causing['tracking.request']?.(callerIn(contextOf({ clientAddress })), 'x')
    expect(await countAll()).toEqual(before)
    await causing['tracking.request']?.(callerIn(contextOf({ clientAddress: '2001:db8:0:2::1' })), 'x')
    expect(await countAll()).not.toEqual(before)
  })

  it('is not spent by a form with errors or a captcha that fails', async () => {
    const context = contextOf({ captcha: captchaSaying({ kind: 'failed' }) })
    for (let asked = 0; asked < 3; asked++) await refusalOf(causing['tracking.request']?.(callerIn(context), 'x') ?? Promise.resolve())
    expect(await world.rows('select * from rate_limits')).toEqual([])
  })
})
