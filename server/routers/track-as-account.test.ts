import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, outboxMessages, subscribers, subscriptions, trackingRequests } from '../../db/schema.ts'
import { Refusal } from '../contract/refusals.ts'
import { accountAddressInvalid, fieldErrors, nowTracking, reportSent, textBeingSent } from '../contract/wording.ts'
import { findAccount } from '../domain/accounts/find-account.ts'
import { signLink } from '../domain/links/link-token.ts'
import { pauseTracking } from '../domain/tracking/pause-tracking.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys } from '../testing/a-context.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase, putCourt, putEntry } from '../testing/put-case.ts'
import { confirmNewestPhone, owed } from '../testing/text-subscriber.ts'
import { ask, track } from '../testing/visitor.ts'
import { openWorld, type World } from '../testing/world.ts'

const number = '26BA-CV00077'
const email = 'pat@example.com'
const form = { wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
const byText = { ...form, wantsText: true, phone: '573-555-0123' }

let world: World
let accountId: number
beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
  accountId = await putTestAccount(world, email)
})
afterEach(() => world.close())

const caller = (policy: Partial<World['profile']['policy']> = {}, id = accountId) => callerIn(aContext(world, {
  accountId: id, captcha: openCaptcha, site: { ...world.site, profile: { ...world.profile, policy: { ...world.profile.policy, ...policy } } },
})).tracking
const refused = async (asked: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await asked.then(() => 'nothing', (reason: unknown) => reason)
  return error instanceof Error && error.cause instanceof Refusal ? { code: error.cause.code, message: error.cause.message, fields: { ...error.cause.fields } } : error
}
const all = () => world.reading().tx.select().from(subscriptions).orderBy(asc(subscriptions.id))
const input = { number, form, captcha: 'x' }

describe('tracking by who is logged in (D1, D2)', () => {
  it('is at once, with no verification e-mail, and hears of the next change', async () => {
    const { changeId } = await world.work(async (work) => putEntry(work, 1))
    expect(await caller().trackAsAccount({ ...input, form: { ...form, eventTwoDays: true } })).toEqual({ message: nowTracking, textMessage: null, email })
    expect(await all()).toMatchObject([{ emailState: 'active', emailActiveAfter: changeId, textState: 'none', eventTwoDays: true }])
    expect(await world.reading().tx.select().from(outboxMessages)).toEqual([])
  })

  it('keeps what was asked for and confirmed (H6)', async () => {
    await caller().trackAsAccount(input)
    expect(await world.reading().tx.select().from(trackingRequests)).toMatchObject([{ isChange: false, confirmedAt: world.clock.now(), createdAt: world.clock.now() }])
  })

  it('says the same again and makes no second subscription', async () => {
    const first = await caller().trackAsAccount(input)
    expect(await caller().trackAsAccount(input)).toEqual(first)
    expect(await all()).toHaveLength(1)
    expect(await world.reading().tx.$count(trackingRequests)).toBe(1)
  })

  it('changes options at once when it is asked again with others', async () => {
    await caller().trackAsAccount(input)
    await caller().trackAsAccount({ ...input, form: { ...form, eventTenDays: true } })
    expect(await all()).toMatchObject([{ eventTenDays: true, eventTenDaysAt: world.clock.now() }])
    expect(await world.reading().tx.$count(outboxMessages)).toBe(0)
  })

  it('sends a chosen phone its verification text at once, and only one (C4)', async () => {
    const answer = await caller().trackAsAccount({ ...input, form: byText })
    expect(answer).toEqual({ message: nowTracking, textMessage: textBeingSent, email })
    expect(await caller().trackAsAccount({ ...input, form: byText })).toEqual(answer)
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    expect(await all()).toMatchObject([{ textState: 'pending' }])
    await confirmNewestPhone(world)
    expect(await all()).toMatchObject([{ textState: 'active' }])
  })

  it('needs no second text for a phone that it verified before (C4)', async () => {
    await caller().trackAsAccount({ ...input, form: byText })
    await confirmNewestPhone(world)
    await world.work((work) => putCase(work, { number: '26BA-CV00078' }))
    expect(await caller().trackAsAccount({ ...input, number: '26BA-CV00078', form: byText })).toMatchObject({ textMessage: null })
    expect(await owed(world, 'textVerification')).toHaveLength(1)
    expect(await all()).toMatchObject([{ textState: 'active' }, { textState: 'active' }])
  })

  it('sends no text where the court has them off, whatever the form says (I3)', async () => {
    expect(await caller({ texts: 'off' }).trackAsAccount({ ...input, form: byText })).toMatchObject({ textMessage: null })
    expect(await all()).toMatchObject([{ textState: 'none', pendingPhoneId: null }])
  })

  it('confirms what the address only asked for before, tracks anew after a stop, and ends a pause', async () => {
    await ask(world, email, number)
    await caller().trackAsAccount(input)
    expect(await all()).toMatchObject([{ emailState: 'active', linkVersion: 1 }])
    const [one] = await all()
    await world.work((work) => pauseTracking(work, [one?.id ?? 0], { because: 'asked', until: null }))
    await caller().trackAsAccount(input)
    expect(await all()).toMatchObject([{ emailState: 'active', pausedAt: null }])
    await callerIn(aContext(world)).links.stop({ token: signLink(testLinkKeys, 'stop', { id: one?.id ?? 0, version: 1 }), scope: 'case', choice: 'emailAndText' })
    await caller().trackAsAccount(input)
    expect(await all()).toMatchObject([{ id: one?.id, emailState: 'active', linkVersion: 2, stoppedAt: null }])
  })

  it('is of the one subscriber that the address was before it had an account (D6)', async () => {
    const { id } = await track(world, 'lee@example.com', number)
    const lee = await putTestAccount(world, 'Lee@example.com')
    await caller({}, lee).trackAsAccount(input)
    expect(await all()).toMatchObject([{ id }])
    expect((await world.reading().tx.select().from(subscribers).orderBy(asc(subscribers.id))).map((one) => one.emailKey)).toEqual([email, 'lee@example.com'])
  })

  it('names errors at their fields, and asks for the captcha unless the profile waives it (D1)', async () => {
    expect(await refused(caller().trackAsAccount({ ...input, form: { ...form, wantsText: true, phone: '12' }, captcha: '' })))
      .toMatchObject({ fields: { phone: fieldErrors.phoneFormat, captcha: fieldErrors.captchaMissing } })
    expect(await refused(caller().trackAsAccount({ ...input, captcha: '' }))).toMatchObject({ fields: { captcha: fieldErrors.captchaMissing } })
    expect(await all()).toEqual([])
    expect(await caller({ captchaForAccounts: false }).trackAsAccount({ ...input, captcha: '' })).toMatchObject({ message: nowTracking })
    expect(await caller({ captchaForAccounts: false }).settings()).toMatchObject({ account: { emailAddress: email, obstacle: null, needsCaptcha: false } })
  })

  it('refuses a court that takes no part with its sentence (A5), a case that is not public, and who is not logged in', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'OUT', name: 'Outside County', isTakingPart: false })
      await putCase(work, { number: '26OUT-1', court: 'OUT' })
      await putCase(work, { number: '26SEALED-1', security: 'confidential' })
    })
    expect(await refused(caller().trackAsAccount({ ...input, number: '26OUT-1' }))).toMatchObject({ code: 'courtTakesNoPart' })
    expect(await refused(caller().trackAsAccount({ ...input, number: '26SEALED-1' }))).toMatchObject({ code: 'caseNotFound' })
    expect(await refused(callerIn(aContext(world)).tracking.trackAsAccount(input))).toMatchObject({ code: 'loginNeeded' })
    expect(await all()).toEqual([])
  })

  it('goes on where the court lets only accounts track (I3)', async () => {
    expect(await caller({ whoMayTrack: 'accounts' }).trackAsAccount(input)).toMatchObject({ message: nowTracking })
  })
})

describe('the tracking report of who is logged in (D3)', () => {
  it('is asked for in the words of B4 and goes to the address of the account', async () => {
    await caller().trackAsAccount(input)
    expect(await caller().reportAsAccount(input)).toEqual({ message: reportSent, email })
    expect(await owed(world, 'report')).toMatchObject([{ emailAddress: email, cases: [{ caseNumber: number }] }])
  })
})

describe('an account whose address is missing or invalid', () => {
  const missing = 'Your account is missing a valid e-mail address. You cannot continue until your account is corrected. '
    + 'Please contact the OSCA Help Desk by e-mail at OSCA.HELP.DESK@courts.mo.gov or by phone at (888) 541-4894.'

  it('is told so in the exact words, when it was never verified and when mail came back (D4)', async () => {
    await world.work((work) => work.tx.update(accounts).set({ emailVerified: false }))
    expect(await refused(caller().trackAsAccount(input))).toMatchObject({ code: 'notAllowed', message: missing })
    expect(await refused(caller().reportAsAccount(input))).toMatchObject({ code: 'notAllowed', message: missing })
    expect(await caller().settings()).toMatchObject({ account: { obstacle: missing } })
    await world.work((work) => work.tx.update(accounts).set({ emailVerified: true }))
    await world.work((work) => work.tx.update(subscribers).set({ suppressedAt: work.now, suppressedBecause: 'bounced' }))
    expect(await findAccount(world.reading(), accountId)).toMatchObject({ isMailable: false })
    expect(await refused(caller().trackAsAccount(input))).toMatchObject({ code: 'notAllowed', message: missing })
    expect(await all()).toEqual([])
  })

  it('is told to correct it in My Account where it is a registered one (D5)', async () => {
    await world.work((work) => work.tx.update(accounts).set({ emailVerified: false, kind: 'registered' }))
    expect(accountAddressInvalid).toBe('The e-mail address is invalid, logon and access “My Account” to correct your e-mail address.')
    expect(await refused(caller().trackAsAccount(input))).toMatchObject({ code: 'notAllowed', message: accountAddressInvalid })
  })
})
