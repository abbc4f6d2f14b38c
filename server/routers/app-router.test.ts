import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages, phones, subscribers, usedCaptchas } from '../../db/schema.ts'
import { localCaptcha } from '../adapters/local-captcha.ts'
import { fieldErrors, reportSent, verificationSent } from '../contract/wording.ts'
import { Refusal } from '../contract/refusals.ts'
import { aContext, callerIn, testLinkKeys as keys } from '../testing/a-context.ts'
import { oweTexts } from '../testing/owe-texts.ts'
import { putCase } from '../testing/put-case.ts'
import { track } from '../testing/visitor.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Access, Context } from '../trpc.ts'
import { signLink } from '../domain/links/link-token.ts'
import { putMail } from '../domain/mailbox/put-mail.ts'
import { appRouter } from './app-router.ts'

// Who may call what. A procedure that is not listed here, or listed wrongly, fails.
const expected: Record<string, Access> = {
  'cases.search': 'anyoneWhileOpen', 'cases.byNumber': 'anyoneWhileOpen', 'cases.docket': 'anyoneWhileOpen', 'cases.parties': 'anyoneWhileOpen',
  'cases.events': 'anyoneWhileOpen', 'cases.payments': 'anyoneWhileOpen', 'cases.courts': 'anyone',
  'tracking.settings': 'anyone', 'tracking.request': 'anyoneWhileOpen', 'tracking.requestReport': 'anyoneWhileOpen', 'tracking.report': 'anyone',
  'tracking.trackAsAccount': 'account', 'tracking.reportAsAccount': 'account',
  'links.describe': 'anyone', 'links.confirm': 'anyone', 'links.stop': 'anyone',
  'links.stopWatch': 'anyone', 'myCases.several.look': 'account', 'myCases.several.track': 'account',
  'myCases.searches.list': 'account', 'myCases.searches.save': 'account', 'myCases.searches.rename': 'account', 'myCases.searches.delete': 'account',
  'myCases.searches.watch': 'account', 'myCases.searches.stopWatching': 'account',
  'account.noticeChoices': 'account', 'account.chooseNotices': 'account', 'account.requestMending': 'account', 'myCases.preview.entries': 'account',
  'account.me': 'anyone', 'account.register': 'anyoneWhileOpen', 'account.logIn': 'anyone', 'account.logOut': 'anyone',
  'account.requestReset': 'anyoneWhileOpen', 'account.resetPassword': 'anyone',
  'account.secondFactor': 'operatorByPassword', 'account.proposeSecondFactor': 'operatorByPassword', 'account.confirmSecondFactor': 'operatorByPassword', 'account.giveSecondFactor': 'operatorByPassword',
  'account.page': 'account', 'account.data': 'account', 'account.changeAddress': 'account', 'account.changePassword': 'account', 'account.endSession': 'account',
  'account.endOtherSessions': 'account', 'account.editDetails': 'account', 'account.delete': 'account',
  'myCases.sent.list': 'account', 'myCases.sent.byId': 'account', 'myCases.sent.why': 'account', 'myCases.sent.explained': 'account',
  'myCases.feeds.show': 'account', 'myCases.feeds.make': 'account', 'myCases.feeds.revoke': 'account',
  'myCases.list': 'account', 'myCases.listAll': 'account', 'myCases.one': 'account', 'myCases.mailWait': 'account', 'myCases.seen': 'account', 'myCases.options': 'account',
  'myCases.pause': 'account', 'myCases.resume': 'account', 'myCases.stop': 'account', 'myCases.track': 'account',
  'site.frame': 'anyone', 'site.rules': 'anyone', 'site.announcements': 'anyone', 'site.outages': 'anyone',
  'operator.overview': 'operator', 'operator.troubles': 'operator', 'operator.outages': 'operator', 'operator.retry': 'operator', 'operator.releaseEvening': 'operator', 'operator.redriveJobs': 'operator',
  'operator.liftSuppression': 'operator', 'operator.announceOutage': 'operator', 'operator.endOutage': 'operator', 'operator.grantRegistered': 'operator', 'operator.addOperator': 'operator',
  'mailbox.list': 'localMailbox', 'mailbox.byId': 'localMailbox', 'mailbox.holdEvening': 'localMailbox', 'mailbox.addEntry': 'localMailbox', 'mailbox.reply': 'localMailbox',
}

describe('the router', () => {
  it('declares for every procedure who may call it', () => {
    const declared = Object.fromEntries(Object.entries(appRouter._def.procedures).map(([name, procedure]) => [name, accessOf(procedure)]))
    expect(declared).toEqual(expected)
  })
})

const accessOf = (procedure: unknown): unknown =>
  typeof procedure === 'function' && '_def' in procedure && typeof procedure._def === 'object' && procedure._def !== null
  && 'meta' in procedure._def && typeof procedure._def.meta === 'object' && procedure._def.meta !== null && 'access' in procedure._def.meta
    ? procedure._def.meta.access
    : undefined

let world: World
const logged: unknown[] = []

beforeEach(async () => {
  world = await openWorld()
  // The captcha library knows the time by itself: the world's clock must be close to it.
  world.clock.set(new Date().toISOString())
  logged.length = 0
  await world.work((work) => putCase(work, { number: '26BA-CV00077' }))
})
afterEach(() => world.close())

function contextOf(overrides: Partial<Context> = {}): Context {
  return aContext(world, { log: { info: () => undefined, error: (...words) => logged.push(words) }, ...overrides })
}
const callerOf = callerIn

async function solved(context: Context): Promise<string> {
  const challenge = await context.captcha.createChallenge() as Parameters<typeof solveChallenge>[0]['challenge']
  const solution = await solveChallenge({ challenge, deriveKey })
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

const form = {
  email: 'pat@example.com', confirmEmail: 'pat@example.com', wantsText: false, phone: '', carrier: '',
  eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
}
const fieldsOf = async (failing: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await failing.then(() => undefined, (reason: unknown) => reason)
  const refusal = error instanceof Error ? error.cause : undefined
  return refusal instanceof Refusal ? { ...refusal.fields } : error
}

describe('tracking.request', () => {
  it('answers with the exact words and owes one e-mail', async () => {
    const context = contextOf()
    const answer = await callerOf(context).tracking.request({ number: '26BA-CV00077', form, captcha: await solved(context) })
    expect(answer).toEqual({ message: verificationSent, textMessage: null, email: 'pat@example.com' })
    expect(await world.reading().tx.$count(outboxMessages)).toBe(1)
  })

  it('answers alike for an address that tracks the case already', async () => {
    const context = contextOf()
    await track(world, 'pat@example.com', '26BA-CV00077')
    const answer = await callerOf(context).tracking.request({ number: '26BA-CV00077', form, captcha: await solved(context) })
    expect(answer).toEqual({ message: verificationSent, textMessage: null, email: 'pat@example.com' })
    expect(await world.reading().tx.$count(outboxMessages)).toBe(1)
  })

  it('names every error at its field, and a typing error does not spend the captcha', async () => {
    const context = contextOf()
    const caller = callerOf(context)
    const captcha = await solved(context)
    const wrong = { ...form, email: 'pat@example', confirmEmail: '', wantsText: true, phone: '12' }
    expect(await fieldsOf(caller.tracking.request({ number: '26BA-CV00077', form: wrong, captcha }))).toEqual({
      email: fieldErrors.emailFormat, confirmEmail: fieldErrors.confirmMissing, phone: fieldErrors.phoneFormat,
    })
    expect(await fieldsOf(caller.tracking.request({ number: '26BA-CV00077', form: { ...form, email: '' }, captcha: '' }))).toEqual({
      email: fieldErrors.emailMissing, confirmEmail: fieldErrors.confirmDiffers, captcha: fieldErrors.captchaMissing,
    })
    expect(await world.reading().tx.$count(usedCaptchas)).toBe(0)
    await caller.tracking.request({ number: '26BA-CV00077', form, captcha })
  })

  it('refuses a captcha that is missing, wrong, forged or used, and sends nothing', async () => {
    const context = contextOf()
    const caller = callerOf(context)
    const attempt = (captcha: string) => fieldsOf(caller.tracking.request({ number: '26BA-CV00077', form, captcha }))
    expect(await attempt('')).toEqual({ captcha: fieldErrors.captchaMissing })
    expect(await attempt('nonsense')).toEqual({ captcha: fieldErrors.captchaInvalid })
    const other = contextOf({ captcha: localCaptcha('b'.repeat(32), '/', world.clock) })
    expect(await attempt(await solved(other)), 'solved under another secret').toEqual({ captcha: fieldErrors.captchaInvalid })
    const captcha = await solved(context)
    await caller.tracking.requestReport({ number: '26BA-CV00077', form, captcha })
    expect(await attempt(captcha), 'a replay').toEqual({ captcha: fieldErrors.captchaInvalid })
    // The same bits in another spelling are the same answer.
    expect(await attempt(`${captcha} `)).toEqual({ captcha: fieldErrors.captchaInvalid })
    expect(await world.reading().tx.$count(outboxMessages)).toBe(1)
  })

  it('sends nothing while the captcha cannot be checked', async () => {
    const local = contextOf().captcha
    const context = contextOf({ captcha: { settings: local.settings, createChallenge: async () => null, verify: async () => ({ kind: 'unavailable' }) } })
    expect(await fieldsOf(callerOf(context).tracking.request({ number: '26BA-CV00077', form, captcha: 'x' }))).toEqual({ captcha: fieldErrors.captchaUnavailable })
    expect(await world.reading().tx.$count(subscribers)).toBe(0)
  })
})

describe('tracking.requestReport', () => {
  it('answers with the exact words whether or not the address is known', async () => {
    await track(world, 'pat@example.com', '26BA-CV00077')
    const context = contextOf()
    for (const email of ['pat@example.com', 'nobody@example.com']) {
      const answer = await callerOf(context).tracking.requestReport({
        number: '26BA-CV00077', form: { ...form, email, confirmEmail: email }, captcha: await solved(context),
      })
      expect(answer).toEqual({ message: reportSent, email })
    }
  })
})

describe('links', () => {
  it('confirms and stops with the exact words, again with the same', async () => {
    const caller = callerOf(contextOf())
    const { id } = await track(world, 'pat@example.com', '26BA-CV00077')
    const confirm = signLink(keys, 'confirm', { id: 1, version: 1 })
    for (let time = 0; time < 2; time++) expect(await caller.links.confirm({ token: confirm })).toEqual({ message: 'You are now tracking this case.', textMessage: null })
    const stop = signLink(keys, 'stop', { id, version: 1 })
    for (let time = 0; time < 2; time++) {
      expect(await caller.links.stop({ token: stop, scope: 'case', choice: 'textOnly' })).toEqual({ message: 'You are no longer tracking this case by text.' })
      expect(await caller.links.stop({ token: stop, scope: 'case', choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking this case.' })
    }
    const all = signLink(keys, 'stopAll', { id: 1, version: 1 })
    expect(await caller.links.stop({ token: all, scope: 'all', choice: 'emailAndText' })).toEqual({ message: 'You are no longer tracking any cases.' })
    expect(await caller.links.stop({ token: all, scope: 'all', choice: 'textOnly' })).toEqual({ message: 'You are no longer tracking any cases by text.' })
    await expect(caller.links.stop({ token: stop, scope: 'all', choice: 'emailAndText' }), 'a token of another purpose').rejects.toThrow('no longer works')
  })
})

describe('the local mailbox', () => {
  it('is not there where mail goes elsewhere', async () => {
    const { mailbox } = callerOf(contextOf({ isMailboxOpen: false }))
    for (const call of [() => mailbox.list(), () => mailbox.byId({ id: 1 }), () => mailbox.holdEvening(), () => mailbox.addEntry(), () => mailbox.reply({ id: 1, body: 'STOP' })]) {
      await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

describe('a text in the local mailbox', () => {
  it('is answered there as its phone would (E6)', async () => {
    const { mailbox } = callerOf(contextOf())
    const { number } = await world.work((work) => oweTexts(work, world.site))
    await world.work((work) => putMail(work, [
      { channel: 'text', messageKey: 'm1', from: 'Court', to: number, subject: '', html: '', text: 'Court: Hello.', headers: {} },
      { messageKey: 'm2', from: 'a@b.example', to: 'c@d.example', subject: 'Hello', html: '', text: 'Hello', headers: {} },
    ]))
    const [mail, text] = await mailbox.list()
    expect(await mailbox.reply({ id: text?.id ?? 0, body: 'STOP' })).toEqual({ message: `${number} answered “STOP”.` })
    expect((await world.reading().tx.select().from(phones))[0]?.stoppedAt).toEqual(world.clock.now())
    expect((await mailbox.reply({ id: text?.id ?? 0, body: 'Who is this?' })).message).toContain('means nothing to us')
    await expect(mailbox.reply({ id: mail?.id ?? 0, body: 'STOP' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('what goes wrong inside', () => {
  it('is logged once and said neutrally', async () => {
    const context = contextOf({ reading: () => { throw new Error('secret of the inside') } })
    const error: unknown = await callerOf(context).links.describe({ token: signLink(keys, 'stop', { id: 1, version: 1 }), purpose: 'stop' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', message: 'Sorry, there is a problem with the service. Try again later.' })
    // Whoever prints this error, Next for one, prints nothing of the inside.
    expect(inspect(error, { depth: 9 })).not.toContain('secret of the inside')
    expect(logged).toHaveLength(1)
  })
})
