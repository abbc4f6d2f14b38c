import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountRequests, accounts, accountSessions } from '../../db/schema.ts'
import { accountErrors } from '../contract/account-form.ts'
import { Refusal } from '../contract/refusals.ts'
import { addressChangeSent, fieldErrors } from '../contract/wording.ts'
import { endOtherSessions } from '../domain/accounts/account-sessions.ts'
import { setPassword } from '../domain/accounts/reset-password.ts'
import { signLink } from '../domain/links/link-token.ts'
import { authenticatorFor } from '../log-ins.ts'
import { aContext, callerIn, testLinkKeys, testSecret } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { openWorld, type World } from '../testing/world.ts'

const email = 'pat@example.com'
const password = 'a long enough one'
let world: World
let id: number

beforeEach(async () => {
  world = await openWorld()
  id = await putTestAccount(world, email)
  const hash = await aContext(world).authenticator.hashPassword(password)
  await world.work((work) => setPassword(work, id, hash))
})
afterEach(() => world.close())

/** A browser that keeps the cookie it was last given, or one that copied `cookie`. */
function browser(cookie = '') {
  let kept = cookie
  const caller = (userAgent = '') => {
    const context = aContext(world, { headers: new Headers({ 'user-agent': userAgent, cookie: kept }), setCookie: (given) => (kept = given.split(';')[0] ?? '') })
    return callerIn({ ...context, session: () => context.authenticator.findSession(context.headers) })
  }
  return { caller, cookie: () => kept }
}

/** Logs in with a browser of that name; answers procedures as who has its cookie. */
async function logIn(userAgent = '', chosen = password) {
  const one = browser()
  await one.caller(userAgent).account.logIn({ email, password: chosen })
  return new Proxy(one.caller().account, { get: (_, name): unknown => Reflect.get(one.caller().account, name) })
}
const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? { code: error.cause.code, fields: { ...error.cause.fields } } : error
}
const sessions = async () => (await world.reading().tx.select().from(accountSessions).orderBy(asc(accountSessions.id))).map((row) => row.id)

describe('My Account (G1)', () => {
  it('shows the address, the kind of account and its sessions, this one marked', async () => {
    await logIn('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1')
    const here = await logIn('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0')
    expect(await here.page()).toMatchObject({
      emailAddress: email, kind: 'public', isMailable: true, awaitedAddress: null,
      sessions: [{ browser: 'Firefox on Windows', isThis: true }, { browser: 'Safari on iPhone', isThis: false }],
    })
  })

  it('ends one session, or all others', async () => {
    const there = await logIn()
    const here = await logIn()
    await logIn()
    const [newest] = (await here.page()).sessions
    expect(await here.endSession({ id: newest?.id ?? 0 })).toEqual({ message: 'The session has ended.' })
    expect(await sessions()).toEqual([1, 2])
    expect(await here.endOtherSessions()).toEqual({ message: 'Every other session has ended.' })
    expect(await sessions()).toEqual([2])
    expect(await refusalOf(there.page())).toMatchObject({ code: 'loginNeeded' })
    expect((await here.page()).sessions).toMatchObject([{ isThis: true }])
  })

  it('S16: changes the password when the old one is known, and ends the other sessions', async () => {
    const there = await logIn()
    const here = await logIn()
    expect(await refusalOf(here.changePassword({ password: 'wrong guess', newPassword: 'quite another one' }))).toMatchObject({ fields: { password: accountErrors.passwordWrong } })
    expect(await refusalOf(here.changePassword({ password: '', newPassword: 'short' })))
      .toMatchObject({ fields: { password: accountErrors.passwordMissing, newPassword: accountErrors.passwordShort } })
    await here.changePassword({ password, newPassword: 'quite another one' })
    expect(await refusalOf(there.page())).toMatchObject({ code: 'loginNeeded' })
    await here.page()
    expect(await refusalOf(logIn())).toMatchObject({ code: 'loginWrong' })
    await logIn('', 'quite another one')
  })

  it.each([
    ['a new password', (here: ReturnType<typeof browser>) => here.caller().account.changePassword({ password, newPassword: 'quite another one' })],
    ['the end of all other sessions', (here: ReturnType<typeof browser>) => here.caller().account.endOtherSessions()],
    ['a new address', async (here: ReturnType<typeof browser>) => {
      await here.caller().account.changeAddress({ email: 'new@example.com', password })
      const [request] = await world.reading().tx.select({ id: accountRequests.id }).from(accountRequests)
      await here.caller().links.confirm({ token: signLink(testLinkKeys, 'changeAddress', { id: request?.id ?? 0, version: 1 }) })
    }],
  ])('S16: gives the session another token with %s, so that who knew it before has no part in it', async (_, change) => {
    const here = browser()
    await here.caller().account.logIn({ email, password })
    const before = here.cookie()
    await change(here)
    expect(here.cookie()).not.toBe(before)
    await here.caller().account.page()
    expect(await refusalOf(browser(before).caller().account.page())).toMatchObject({ code: 'loginNeeded' })
  })

  it.each([
    ['a new password', (here: ReturnType<typeof browser>) => here.caller().account.changePassword({ password, newPassword: 'quite another one' })],
    ['the end of all other sessions', (here: ReturnType<typeof browser>) => here.caller().account.endOtherSessions()],
  ])('S16: lets nobody keep the session who asked by its token before %s and is served after it', async (_, change) => {
    const here = browser()
    await here.caller().account.logIn({ email, password })
    const given: string[] = []
    const context = aContext(world, { headers: new Headers({ cookie: here.cookie() }), setCookie: (cookie) => void given.push(cookie) })
    const found = await context.authenticator.findSession(context.headers)
    await change(here)
    expect(await refusalOf(callerIn({ ...context, session: async () => found }).account.endOtherSessions())).toMatchObject({ code: 'loginNeeded' })
    expect(given).toEqual([])
    await here.caller().account.page()
  })

  it('S16: lets nobody ask for another address whose password and session were right until a moment ago', async () => {
    const here = browser()
    await here.caller().account.logIn({ email, password })
    const context = aContext(world, { headers: new Headers({ cookie: here.cookie() }) })
    const found = await context.authenticator.findSession(context.headers)
    await here.caller().account.changePassword({ password, newPassword: 'quite another one' })
    const late = callerIn({ ...context, session: async () => found, authenticator: { ...context.authenticator, isPassword: async () => true } })
    expect(await refusalOf(late.account.changeAddress({ email: 'new@example.com', password }))).toMatchObject({ code: 'loginNeeded' })
    expect(await here.caller().account.page()).toMatchObject({ awaitedAddress: null })
  })

  it('S16: lets nobody begin a session with a password that was changed while it was looked at', async () => {
    const inOneTransaction: typeof world.workplace.inOneTransaction = async (todo) => {
      await world.work(async (work) => {
        await endOtherSessions(work, id, null)
        await setPassword(work, id, 'another')
      })
      return world.workplace.inOneTransaction(todo)
    }
    const authenticator = authenticatorFor({ ...world.workplace, inOneTransaction }, { secret: testSecret, origin: world.site.origin })
    expect(await refusalOf(callerIn(aContext(world, { authenticator })).account.logIn({ email, password }))).toMatchObject({ code: 'loginWrong' })
    expect(await sessions()).toEqual([])
  })

  it('lets nobody guess the password from an open session (S19)', async () => {
    const here = await logIn()
    for (let tries = 0; tries < 10; tries++) await refusalOf(here.delete({ password: 'wrong guess' }))
    expect(await refusalOf(here.delete({ password }))).toMatchObject({ code: 'tooMany' })
    expect(await world.reading().tx.$count(accounts)).toBe(1)
  })

  it('asks for another address with the password, and answers alike whoever has that (N5)', async () => {
    const here = await logIn()
    await putTestAccount(world, 'lee@example.com')
    expect(await refusalOf(here.changeAddress({ email: 'nonsense', password: '' }))).toMatchObject({ fields: { email: fieldErrors.emailFormat, password: accountErrors.passwordMissing } })
    expect(await refusalOf(here.changeAddress({ email: 'PAT@example.com', password }))).toMatchObject({ fields: { email: accountErrors.addressIsSame } })
    expect(await refusalOf(here.changeAddress({ email: 'new@example.com', password: 'wrong guess' }))).toMatchObject({ fields: { password: accountErrors.passwordWrong } })
    for (const wanted of ['lee@example.com', 'new@example.com']) {
      expect(await here.changeAddress({ email: wanted, password })).toEqual({ message: addressChangeSent, email: wanted })
    }
    expect(await here.page()).toMatchObject({ emailAddress: email, awaitedAddress: 'new@example.com' })
  })

  it('withdraws a change of address with the password, as its warning says', async () => {
    const here = await logIn()
    await here.changeAddress({ email: 'new@example.com', password })
    await here.changePassword({ password, newPassword: 'quite another one' })
    expect(await here.page()).toMatchObject({ awaitedAddress: null })
  })

  it('lets a registered account say who its owner is, and no other', async () => {
    const details = { name: ' Pat Lee ', mailingAddress: '1 Court St', barNumber: '12345' }
    expect(await refusalOf((await logIn()).editDetails(details))).toMatchObject({ code: 'notFound' })
    await world.work((work) => work.tx.update(accounts).set({ kind: 'registered' }))
    await (await logIn()).editDetails(details)
    expect(await (await logIn()).page()).toMatchObject({ kind: 'registered', name: 'Pat Lee', mailingAddress: '1 Court St', barNumber: '12345' })
  })

  it('is deleted with the password, and every session of it ends', async () => {
    const there = await logIn()
    const here = await logIn()
    expect(await refusalOf(here.delete({ password: 'wrong guess' }))).toMatchObject({ fields: { password: accountErrors.passwordWrong } })
    await here.delete({ password })
    expect(await refusalOf(there.page())).toMatchObject({ code: 'loginNeeded' })
    expect(await refusalOf(logIn())).toMatchObject({ code: 'loginWrong' })
    expect(await world.reading().tx.$count(accounts)).toBe(0)
  })
})
