import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addOperator } from '../domain/accounts/add-operator.ts'
import { setPassword } from '../domain/accounts/reset-password.ts'
import { resetSecondFactor } from '../domain/accounts/second-factor.ts'
import { Refusal } from '../contract/refusals.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { aContext, callerIn } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { openWorld, type World } from '../testing/world.ts'

const email = 'clerk@example.com'
const password = 'seven quiet herons'
let world: World
let operatorId: number
beforeEach(async () => {
  world = await openWorld()
  // Log-ins are counted and end by the machine's own clock.
  world.clock.set(new Date().toISOString())
  const { authenticator } = aContext(world)
  const hash = await authenticator.hashPassword(password)
  operatorId = await world.work(async (work) => (await addOperator(work, email)).id)
  await world.work((work) => setPassword(work, operatorId, hash))
})
afterEach(() => world.close())

/** A browser of its own that logged in with the password. */
async function logIn(who = email, profile: CourtProfile = world.profile) {
  const cookies: string[] = []
  const site = { ...world.site, profile }
  const answer = await callerIn(aContext(world, { site, session: async () => null, setCookie: (cookie) => cookies.push(cookie.split(';')[0] ?? '') }))
    .account.logIn({ email: who, password })
  const { authenticator } = aContext(world)
  // As a browser: what is set takes the place of what it had.
  const setCookie = (cookie: string): void => {
    cookies.splice(0, 1, cookie.split(';')[0] ?? '')
  }
  const callerWith = (cookie: string) => {
    const headers = new Headers({ cookie })
    return callerIn(aContext(world, { site, headers, session: () => authenticator.findSession(headers), setCookie }))
  }
  return { answer, cookies, callerWith, caller: () => callerWith(cookies.join('; ')) }
}

const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.clock.now().getTime() + steps * 30_000 })
const refusalOf = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? error.cause.code : String(error)
}

/** A session that set the factor up, with what it was shown. */
async function setUp() {
  const { caller, answer } = await logIn()
  expect(answer).toEqual({ isDone: true, needsSecondFactor: true })
  await caller().account.proposeSecondFactor({ code: '' })
  const { proposed } = await caller().account.secondFactor()
  if (!proposed) throw new Error('Nothing was proposed.')
  await caller().account.confirmSecondFactor({ code: codeOf(proposed.secret) })
  return { caller, ...proposed }
}

describe('the second factor of operators (H6)', () => {
  it('S16: gives the session another token with the code, so that who knew it before has no part in it', async () => {
    const { secret } = await setUp()
    const { cookies, caller, callerWith } = await logIn()
    const [before = ''] = cookies
    expect((await callerWith(before).account.me())?.hasSecondFactor).toBe(false)
    world.clock.passMinutes(1)
    await caller().account.giveSecondFactor({ code: codeOf(secret) })
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^__Host-ttc-session=/)
    expect(cookies[0]).not.toBe(before)
    expect(await callerWith(before).account.me()).toBeNull()
    expect((await caller().account.me())?.hasSecondFactor).toBe(true)
  })

  it('is set up before anything of an operator is there, and its recovery codes are shown until then only', async () => {
    const { caller } = await logIn()
    expect(await refusalOf(caller().operator.overview())).toBe('secondFactorNeeded')
    expect(await caller().account.secondFactor()).toEqual({ state: 'none', proposed: null, recoveryCodesLeft: 0 })
    expect(await refusalOf(caller().account.confirmSecondFactor({ code: '123456' }))).toBe('notFound')
    await caller().account.proposeSecondFactor({ code: '' })
    const { proposed } = await caller().account.secondFactor()
    expect(proposed?.address).toMatch(/^otpauth:\/\/totp\/.*clerk%40example\.com\?.*secret=[A-Z2-7]{32}/)
    expect(new Set(proposed?.recoveryCodes).size).toBe(10)
    for (const wrong of ['', '000', 'abcdef', proposed?.recoveryCodes[0] ?? '']) {
      expect(await refusalOf(caller().account.confirmSecondFactor({ code: wrong })), wrong).toBe('inputInvalid')
    }
    expect(await refusalOf(caller().operator.overview())).toBe('secondFactorNeeded')
    await caller().account.confirmSecondFactor({ code: codeOf(proposed?.secret ?? '') })
    expect((await caller().operator.overview()).runs).toEqual([])
    expect(await caller().account.secondFactor()).toEqual({ state: 'given', proposed: null, recoveryCodesLeft: 10 })
  })

  it('is asked for at every log-in, and no code is taken twice', async () => {
    const { secret } = await setUp()
    const { caller } = await logIn()
    expect(await caller().account.secondFactor(), 'nothing of it is shown').toEqual({ state: 'due', proposed: null, recoveryCodesLeft: 0 })
    expect(await refusalOf(caller().operator.overview())).toBe('secondFactorNeeded')
    expect(await refusalOf(caller().account.proposeSecondFactor({ code: codeOf(secret, 1) })), 'no way round').toBe('secondFactorNeeded')
    expect(await refusalOf(caller().account.giveSecondFactor({ code: codeOf(secret) })), 'the one it was set up with').toBe('inputInvalid')
    expect(await refusalOf(caller().account.giveSecondFactor({ code: codeOf(secret, 3) })), 'of later').toBe('inputInvalid')
    world.clock.passMinutes(1)
    const code = codeOf(secret)
    await caller().account.giveSecondFactor({ code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })
    expect(await refusalOf(caller().operator.overview())).toBe('nothing')
    const other = await logIn()
    expect(await refusalOf(other.caller().account.giveSecondFactor({ code })), 'used in another session').toBe('inputInvalid')
    expect(await refusalOf(other.caller().operator.overview())).toBe('secondFactorNeeded')
  })

  it('may be given by each recovery code once', async () => {
    const { recoveryCodes: [one = '', two = ''] } = await setUp()
    const first = await logIn()
    await first.caller().account.giveSecondFactor({ code: one.toLowerCase().replaceAll('-', ' ') })
    expect((await first.caller().account.secondFactor()).recoveryCodesLeft).toBe(9)
    const second = await logIn()
    expect(await refusalOf(second.caller().account.giveSecondFactor({ code: one }))).toBe('inputInvalid')
    await second.caller().account.giveSecondFactor({ code: two })
    expect(await refusalOf(second.caller().operator.overview())).toBe('nothing')
  })

  it('cannot be guessed: after five wrong codes none is looked at for a while', async () => {
    const { secret } = await setUp()
    const { caller } = await logIn()
    world.clock.passMinutes(1)
    const wrong = codeOf(secret) === '123456' ? '654321' : '123456'
    for (let tries = 0; tries < 5; tries++) expect(await refusalOf(caller().account.giveSecondFactor({ code: wrong }))).toBe('inputInvalid')
    expect(await refusalOf(caller().account.giveSecondFactor({ code: codeOf(secret) }))).toBe('tooMany')
    world.clock.passMinutes(16)
    expect(await refusalOf(caller().account.giveSecondFactor({ code: codeOf(secret) }))).toBe('nothing')
  })

  it('is changed with a code of the old one, which works until the new one was given; then other sessions end', async () => {
    const { caller, secret, recoveryCodes: [old = ''] } = await setUp()
    const other = await logIn()
    world.clock.passMinutes(1)
    await other.caller().account.giveSecondFactor({ code: codeOf(secret) })
    expect(await refusalOf(caller().account.proposeSecondFactor({ code: '' }))).toBe('inputInvalid')
    world.clock.passMinutes(1)
    await caller().account.proposeSecondFactor({ code: codeOf(secret) })
    const { proposed } = await caller().account.secondFactor()
    world.clock.passMinutes(1)
    const meanwhile = await logIn()
    expect((await meanwhile.caller().account.secondFactor()).proposed, 'not shown to a password alone').toBeNull()
    expect(await refusalOf(meanwhile.caller().account.confirmSecondFactor({ code: codeOf(proposed?.secret ?? '') }))).toBe('secondFactorNeeded')
    await meanwhile.caller().account.giveSecondFactor({ code: codeOf(secret) })
    await caller().account.confirmSecondFactor({ code: codeOf(proposed?.secret ?? '') })
    expect(await refusalOf(caller().operator.overview())).toBe('nothing')
    expect(await refusalOf(other.caller().operator.overview()), 'it ended').toBe('notFound')
    world.clock.passMinutes(1)
    const after = await logIn()
    for (const code of [codeOf(secret), old]) expect(await refusalOf(after.caller().account.giveSecondFactor({ code }))).toBe('inputInvalid')
    await after.caller().account.giveSecondFactor({ code: codeOf(proposed?.secret ?? '') })
  })

  it('is kept so that the database alone gives no code, and for its own account only (H2)', async () => {
    const { secret, recoveryCodes } = await setUp()
    const rows = JSON.stringify(await world.rows('select * from second_factors'))
    for (const said of [secret, ...recoveryCodes]) expect(rows).not.toContain(said)
    const { secondFactors } = aContext(world)
    const sealed = secondFactors.seal(1, secret)
    expect(secondFactors.open(1, sealed)).toBe(secret)
    expect(() => secondFactors.open(2, sealed)).toThrow()
    expect(secondFactors.seal(1, secret)).not.toBe(sealed)
  })

  it('is gone when it was lost and reset, with every session', async () => {
    const { caller } = await setUp()
    expect(await world.work((work) => resetSecondFactor(work, operatorId))).toBe(true)
    expect(await refusalOf(caller().operator.overview())).toBe('notFound')
    const { caller: again } = await logIn()
    expect((await again().account.secondFactor()).state).toBe('none')
  })

  it('is not there for who is no operator', async () => {
    const id = await putTestAccount(world, 'pat@example.com')
    const { account } = callerIn(aContext(world, { accountId: id }))
    expect(await refusalOf(account.secondFactor())).toBe('notFound')
    expect(await refusalOf(account.proposeSecondFactor({ code: '' }))).toBe('notFound')
    expect(await refusalOf(account.giveSecondFactor({ code: '1' }))).toBe('notFound')
  })
})

describe('outside service hours (I4)', () => {
  it('operators log in and nobody else does, which only a right password tells', async () => {
    const reader = await putTestAccount(world, 'pat@example.com')
    const hash = await aContext(world).authenticator.hashPassword(password)
    await world.work((work) => setPassword(work, reader, hash))
    // Closed for a day around now, whatever the day is.
    const today = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: world.profile.timeZone }).format(world.clock.now())
    const far = ((['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(today) + 3) % 7) + 1
    const closed: CourtProfile = { ...world.profile, serviceHours: { days: [far], open: '08:00', close: '09:00' } }
    const { caller, answer } = await logIn(email, closed)
    expect(answer.needsSecondFactor).toBe(true)
    expect((await caller().account.secondFactor()).state).toBe('none')
    expect(await refusalOf(logIn('pat@example.com', closed))).toBe('serviceClosed')
    const [sessions] = await world.rows(`select count(*) as n from account_sessions where user_id = ${reader}`)
    expect(Number(sessions?.['n'])).toBe(0)
    const wrong = callerIn(aContext(world, { site: { ...world.site, profile: closed }, session: async () => null }))
    for (const who of [email, 'pat@example.com', 'nobody@example.com']) expect(await refusalOf(wrong.account.logIn({ email: who, password: 'not it at all' }))).toBe('loginWrong')
  })
})
