import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountErrors } from '../contract/account-form.ts'
import { Refusal } from '../contract/refusals.ts'
import { accountMailSent } from '../contract/wording.ts'
import { signLink } from '../domain/links/link-token.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys } from '../testing/a-context.ts'
import { openWorld, type World } from '../testing/world.ts'

const email = 'pat@example.com'
const password = 'a long enough one'
let world: World
let cookies: string[] = []

beforeEach(async () => {
  world = await openWorld()
  cookies = []
})
afterEach(() => world.close())

const visitor = () => callerIn(aContext(world, { captcha: openCaptcha, setCookie: (cookie) => cookies.push(cookie) }))

/** Somebody with the cookies that were set last. */
function returning() {
  const context = aContext(world, { headers: new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }) })
  return callerIn({ ...context, setCookie: (cookie) => cookies.push(cookie), session: () => context.authenticator.findSession(context.headers) })
}

const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? error.cause : error
}

const register = (id = 1) => visitor().links.confirm({ token: signLink(testLinkKeys, 'register', { id, version: 1 }) })

describe('an account (G1)', () => {
  it('is there when its address has confirmed it, and not before', async () => {
    expect(await visitor().account.register({ email, password, captcha: 'x' })).toEqual({ message: accountMailSent, email })
    expect(await refusalOf(visitor().account.logIn({ email, password }))).toMatchObject({ code: 'loginWrong' })
    await register()
    await visitor().account.logIn({ email: ' PAT@example.com', password })
    expect(await returning().account.me()).toEqual({ emailAddress: email, kind: 'public', isOperator: false, hasSecondFactor: false, isMailable: true })
  })

  it('S16: has a cookie for this host alone that no script reads', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    await visitor().account.logIn({ email, password })
    expect(cookies.find((cookie) => cookie.startsWith('__Host-ttc-session='))).toMatch(/; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  it('is logged out for good', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    await visitor().account.logIn({ email, password })
    const before = returning()
    await before.account.logOut()
    cookies = cookies.filter((cookie) => !/Max-Age=0/.test(cookie))
    expect(await returning().account.me()).toBeNull()
  })

  it('has the password that came with the link that was used, not that of a stranger (N5)', async () => {
    await visitor().account.register({ email, password: 'laid by a stranger', captcha: 'x' })
    await visitor().account.register({ email, password, captcha: 'x' })
    await register(2)
    expect(await refusalOf(visitor().account.logIn({ email, password: 'laid by a stranger' }))).toMatchObject({ code: 'loginWrong' })
    await visitor().account.logIn({ email, password })
    expect(await refusalOf(register(1))).toMatchObject({ code: 'linkInvalid' })
  })

  it('answers alike when the address has one, and tells only the address', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    expect(await visitor().account.register({ email, password: 'another long one', captcha: 'x' })).toEqual({ message: accountMailSent, email })
    const rows = await world.rows('select dedupe_key from outbox_messages order by id')
    expect(rows.map((row) => row['dedupe_key'])).toEqual(['account/register/1', 'account/alreadyRegistered/2'])
  })

  it('refuses passwords that are too short, too long or the address', async () => {
    const tried = (chosen: string) => visitor().account.register({ email, password: chosen, captcha: 'x' })
    expect(await refusalOf(tried('1234567'))).toMatchObject({ fields: { password: accountErrors.passwordShort } })
    expect(await refusalOf(tried('x'.repeat(129)))).toMatchObject({ fields: { password: accountErrors.passwordLong } })
    expect(await refusalOf(tried('PAT@example.com'))).toMatchObject({ fields: { password: accountErrors.passwordIsEmail } })
    await tried('12345678')
  })

  it.each([
    ['an address', 'o&m@example.com', password],
    ['an address of another alphabet', 'pat@gericht.bücher.example', password],
    ['a password', email, '🪶'.repeat(128)],
  ])('can be logged in to with whatever was taken for %s', async (_, address, chosen) => {
    await visitor().account.register({ email: address, password: chosen, captcha: 'x' })
    await register()
    await visitor().account.logIn({ email: address, password: chosen })
    expect(await returning().account.me()).toMatchObject({ emailAddress: address })
  })

  it('is guarded against guessing, before the password is looked at (S19)', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    for (let tries = 0; tries < 10; tries++) await refusalOf(visitor().account.logIn({ email, password: 'wrong guess' }))
    expect(await refusalOf(visitor().account.logIn({ email, password }))).toMatchObject({ code: 'tooMany' })
    world.clock.passMinutes(16)
    await visitor().account.logIn({ email, password })
  })

  it('can be logged in to with a new password while guesses of the old one are refused', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    await visitor().account.requestReset({ email, captcha: 'x' })
    for (let tries = 0; tries < 11; tries++) await refusalOf(visitor().account.logIn({ email, password: 'wrong guess' }))
    await visitor().account.resetPassword({ token: signLink(testLinkKeys, 'resetPassword', { id: 2, version: 1 }), password: 'quite another one' })
    await visitor().account.logIn({ email, password: 'quite another one' })
  })

  it('S16: gets a new password by a link that works once, which ends its sessions', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await register()
    await visitor().account.logIn({ email, password })
    const before = returning()
    await visitor().account.requestReset({ email, captcha: 'x' })
    const token = signLink(testLinkKeys, 'resetPassword', { id: 2, version: 1 })
    expect(await visitor().links.describe({ token, purpose: 'resetPassword' })).toEqual({ kind: 'resetPassword' })
    await visitor().account.resetPassword({ token, password: 'quite another one' })
    expect(await before.account.me()).toBeNull()
    expect(await refusalOf(visitor().account.logIn({ email, password }))).toMatchObject({ code: 'loginWrong' })
    await visitor().account.logIn({ email, password: 'quite another one' })
    expect(await refusalOf(visitor().account.resetPassword({ token, password: 'and yet another' }))).toMatchObject({ code: 'linkInvalid' })
  })

  it('tells an address without one that there is none', async () => {
    await visitor().account.requestReset({ email, captcha: 'x' })
    expect(await world.rows('select dedupe_key from outbox_messages')).toEqual([{ dedupe_key: 'account/notRegistered/1' }])
  })
})
