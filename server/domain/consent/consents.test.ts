import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, cases, consents, consentWords, phones, subscribers } from '../../../db/schema.ts'
import { accountAskedWords, accountConfirmedWords, askedWords, confirmedWords, myCasesStopWords, oneClickWords, stopWords } from '../../contract/consent-wording.ts'
import { hashClientAddress } from '../../client-address.ts'
import type { FeedRecord } from '../../contract/records.ts'
import { aContext, callerIn, openCaptcha, testLinkKeys, testSecret } from '../../testing/a-context.ts'
import { putTestAccount, putTestSession } from '../../testing/put-account.ts'
import { takeAll } from '../../testing/take-all.ts'
import { aPhone, trackByText } from '../../testing/text-subscriber.ts'
import { ask, track } from '../../testing/visitor.ts'
import { openWorldOfCases } from '../../testing/world-of-cases.ts'
import type { World } from '../../testing/world.ts'
import { deleteAccount } from '../accounts/delete-account.ts'
import { findAccount, findAccountOf } from '../accounts/find-account.ts'
import { mergeSubscribers } from '../accounts/merge-subscribers.ts'
import { signLink } from '../links/link-token.ts'
import { takeReply } from '../texts/take-reply.ts'
import { findConsents, listOwnConsents } from './list-consents.ts'
import { termsOf } from './terms-of.ts'

const password = 'seven quiet herons'
const [email, number, other] = ['pat@example.com', '26BA-CV00077', '26BA-CV00033']
let world: World
beforeEach(async () => {
  world = await openWorldOfCases([number, other])
})
afterEach(() => world.close())

const proven = async (who = email) => await findConsents(world.reading(), who) ?? []
const acts = async (who = email) => (await proven(who)).map(({ act }) => act)
const visitor = (clientAddress = '192.0.2.1') => callerIn(aContext(world, { captcha: openCaptcha, clientAddress }))
const formOf = (phone = '') => ({
  email, confirmEmail: email, wantsText: phone !== '', phone, carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
})
const confirm = (id: number) => visitor('192.0.2.2').links.confirm({ token: signLink(testLinkKeys, 'confirm', { id, version: 1 }) })

describe('the proof of consent (H6)', () => {
  it('says when, from where and in which words an address and a phone asked, confirmed and stopped', async () => {
    const terms = termsOf(world.site, false)
    await visitor().tracking.request({ number, form: formOf(aPhone), captcha: 'x' })
    world.clock.passMinutes(5)
    await confirm(1)
    await visitor().links.confirm({ token: signLink(testLinkKeys, 'confirmText', { id: 1, version: 1 }) })
    world.clock.passMinutes(5)
    await visitor().links.stop({ token: signLink(testLinkKeys, 'stop', { id: 1, version: 1 }), scope: 'case', choice: 'textOnly' })
    await visitor().links.stop({ token: signLink(testLinkKeys, 'stop', { id: 1, version: 1 }), scope: 'case', choice: 'emailAndText', isOneClick: true })
    const [first] = await proven()
    expect(first).toEqual({
      at: new Date('2026-11-20T18:00:00Z'), act: 'asked', emailAddress: email, phone: null, caseNumber: number, court: '13-BOONE',
      words: askedWords(terms, false), fromHash: hashClientAddress(testSecret, '192.0.2.1'),
    })
    expect((await proven()).map(({ act, phone, words, at }) => [act, phone, words, at.toISOString().slice(14, 16)])).toEqual([
      ['asked', null, askedWords(terms, false), '00'], ['askedText', aPhone, askedWords(terms, true), '00'],
      ['confirmed', null, confirmedWords('tracking'), '05'], ['confirmedText', aPhone, confirmedWords('text'), '05'],
      ['stoppedText', aPhone, stopWords.case('textOnly'), '10'], ['stopped', null, oneClickWords, '10'],
    ])
    expect((await proven(aPhone)).map(({ act }) => act)).toEqual(['askedText', 'confirmedText', 'stoppedText'])
  })

  it('tells places apart without keeping an address, in any table', async () => {
    await visitor('192.0.2.77').tracking.request({ number, form: formOf(), captcha: 'x' })
    await visitor('192.0.2.78').tracking.request({ number: other, form: formOf(), captcha: 'x' })
    await visitor('192.0.2.77').tracking.request({ number, form: formOf(), captcha: 'x' })
    const [first, second, third] = (await proven()).map(({ fromHash }) => fromHash)
    expect(first).toBe(third)
    expect(first).not.toBe(second)
    for (const table of ['consents', 'consent_words', 'rate_limits', 'tracking_requests']) expect(JSON.stringify(await world.rows(`select * from ${table}`))).not.toContain('192.0.2.7')
  })

  it('is written alike whatever is known of the address (S4)', async () => {
    await track(world, email, number)
    const written = async (who: string): Promise<unknown> => {
      const before = await world.reading().tx.$count(consents)
      await ask(world, who, number, { phone: aPhone })
      return [await world.reading().tx.$count(consents) - before, await world.reading().tx.$count(phones)]
    }
    expect([await written(email), await written('new@example.com'), await written('new@example.com')]).toEqual([[2, 1], [2, 1], [2, 1]])
  })

  it('is kept of an account that tracks at once, by the form, from a list, by number and again after a stop', async () => {
    const accountId = await putTestAccount(world, email)
    const { tracking, myCases } = callerIn(aContext(world, { accountId, captcha: openCaptcha, clientAddress: '192.0.2.9' }))
    await tracking.trackAsAccount({ number, form: formOf(aPhone), captcha: 'x' })
    await myCases.track({ number: other, court: null })
    await myCases.stop({ ids: [1, 2], choice: 'emailAndText' })
    await myCases.resume({ ids: [1] })
    await myCases.several.track({ lines: [{ number: other, court: null }], options: { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false } })
    expect(await acts()).toEqual([
      'asked', 'askedText', 'confirmed', 'asked', 'confirmed', 'stopped', 'stoppedText', 'stopped', 'asked', 'confirmed', 'asked', 'confirmed',
    ])
    expect(new Set((await proven()).map(({ fromHash }) => fromHash)).size).toBe(1)
    expect((await proven()).find(({ act }) => act === 'stopped')?.words).toBe(myCasesStopWords('emailAndText'))
  })

  it('is kept of an address that registers and of one that an account moves to, from where tracking goes to it', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await visitor('192.0.2.2').links.confirm({ token: signLink(testLinkKeys, 'register', { id: 1, version: 1 }) })
    const account = await findAccountOf(world.reading(), email)
    const session = await putTestSession(world, account?.id ?? 0)
    const { account: mine } = callerIn(aContext(world, { accountId: account?.id ?? 0, session: async () => session, clientAddress: '192.0.2.3' }))
    await mine.changeAddress({ email: 'new@example.com', password })
    // Whoever asked for it without its reader's yes is not found to have one.
    expect(await acts('new@example.com')).toEqual(['asked'])
    await visitor('192.0.2.4').links.confirm({ token: signLink(testLinkKeys, 'changeAddress', { id: 2, version: 1 }) })
    // What the old address said stays the proof of the old one.
    expect([...await proven(), ...await proven('new@example.com')]).toMatchObject([
      { act: 'asked', emailAddress: email, words: accountAskedWords('register') }, { act: 'confirmed', emailAddress: email, words: accountConfirmedWords('register') },
      { act: 'asked', emailAddress: 'new@example.com', words: accountAskedWords('changeAddress') },
      { act: 'confirmed', emailAddress: 'new@example.com', words: accountConfirmedWords('changeAddress') },
    ].map((one, nth) => ({ ...one, caseNumber: null, phone: null, fromHash: hashClientAddress(testSecret, `192.0.2.${nth + 1}`) })))
  })

  it('is of the address that asked where a link of its mail is used after the account has moved on', async () => {
    await visitor().account.register({ email, password, captcha: 'x' })
    await visitor().links.confirm({ token: signLink(testLinkKeys, 'register', { id: 1, version: 1 }) })
    const account = await findAccountOf(world.reading(), email)
    await visitor().tracking.request({ number, form: formOf(), captcha: 'x' })
    const session = await putTestSession(world, account?.id ?? 0)
    const { account: mine } = callerIn(aContext(world, { accountId: account?.id ?? 0, session: async () => session }))
    await mine.changeAddress({ email: 'new@example.com', password })
    await visitor().links.confirm({ token: signLink(testLinkKeys, 'changeAddress', { id: 2, version: 1 }) })
    await confirm(1)
    expect([await acts(), await acts('new@example.com')]).toEqual([['asked', 'confirmed', 'asked', 'confirmed'], ['asked', 'confirmed']])
    const { consents: told } = await callerIn(aContext(world, { accountId: account?.id ?? 0 })).account.data()
    expect(new Set(told.map(({ emailAddress }) => emailAddress))).toEqual(new Set([email, 'new@example.com']))
  })

  it('is kept of STOP and START replies, for every address whose texts they stop', async () => {
    for (const one of [email, 'lee@example.com']) await trackByText(world, one, number)
    const reply = (body: string) => world.work((work) => takeReply(work, world.site, { providerId: body, from: aPhone, body, isAnswered: true }))
    await reply('STOP')
    await reply('START')
    for (const one of [email, 'lee@example.com']) {
      expect((await proven(one)).slice(-2)).toMatchObject([
        { act: 'stoppedText', phone: aPhone, caseNumber: null, words: 'Reply to a text: STOP', fromHash: null },
        { act: 'askedText', phone: aPhone, caseNumber: null, words: 'Reply to a text: START', fromHash: null },
      ])
    }
  })

  it('says nothing again that was said already', async () => {
    const { id } = await track(world, email, number)
    await confirm(1)
    const token = signLink(testLinkKeys, 'stop', { id, version: 1 })
    for (let times = 0; times < 10; times++) await visitor().links.stop({ token, scope: 'case', choice: 'emailAndText', isOneClick: true })
    await visitor().links.stop({ token: signLink(testLinkKeys, 'stopAll', { id: 1, version: 1 }), scope: 'all', choice: 'emailAndText' })
    expect(await acts()).toEqual(['asked', 'confirmed', 'stopped'])
  })

  it('keeps each wording once, and another one when the words change', async () => {
    await ask(world, email, number)
    await ask(world, email, other)
    expect(await world.reading().tx.$count(consentWords)).toBe(1)
    world = { ...world, site: { ...world.site, profile: { ...world.profile, sender: { name: 'Another Court', email: 'ttc@court.example' } } } }
    await ask(world, email, number)
    expect((await world.reading().tx.select().from(consentWords)).map(({ words }) => words.includes('Another Court')).sort()).toEqual([false, true])
  })

  it('names no case in its words, which outlive one that is expunged (A9)', async () => {
    await ask(world, email, number)
    expect(JSON.stringify(await world.rows('select * from consent_words'))).not.toContain(number)
  })
})

describe('what becomes of the proof', () => {
  it('goes with an account that is deleted, and with a case that is expunged', async () => {
    const accountId = await putTestAccount(world, email)
    await trackByText(world, email, number)
    await track(world, email, other)
    await track(world, 'lee@example.com', other)
    const record: FeedRecord = { type: 'caseRemoved', number: other, court: '13-BOONE' }
    await takeAll(world, [record])
    expect((await proven()).map((one) => one.caseNumber)).toEqual(Array.from({ length: 4 }, () => number))
    expect(await proven('lee@example.com')).toEqual([])
    const account = await findAccount(world.reading(), accountId)
    await world.work((work) => deleteAccount(work, account ?? { id: 0, subscriberId: 0 }))
    expect(await world.reading().tx.$count(consents)).toBe(0)
    expect(await world.reading().tx.$count(phones)).toBe(0)
  })

  it('keeps a phone that another address named as well', async () => {
    const accountId = await putTestAccount(world, email)
    await trackByText(world, email, number)
    await ask(world, 'lee@example.com', number, { phone: aPhone })
    await world.work(async (work) => deleteAccount(work, await findAccount(work, accountId) ?? { id: 0, subscriberId: 0 }))
    expect(await acts('lee@example.com')).toEqual(['asked', 'askedText'])
  })

  it('moves with an address that becomes one with another, and with a case that does', async () => {
    await track(world, email, number)
    await track(world, 'lee@example.com', other)
    await world.work((work) => mergeSubscribers(work, 1, 2))
    expect((await listOwnConsents(world.reading(), 2)).map(({ act, emailAddress }) => [act, emailAddress])).toEqual([
      ['asked', email], ['confirmed', email], ['asked', 'lee@example.com'], ['confirmed', 'lee@example.com'],
    ])
    expect([await acts(), await acts('lee@example.com')]).toEqual([['asked', 'confirmed'], ['asked', 'confirmed']])
    await takeAll(world, [{ type: 'case', number, court: '13-BOONE', caption: 'A v. B', caseType: 'CV', filedOn: '2026-01-05', formerNumber: other }])
    expect((await listOwnConsents(world.reading(), 2)).map((one) => one.caseNumber)).toEqual([number, number, number, number])
  })

  it('is in the download of the account, without what is of a case that is not public (A6)', async () => {
    const accountId = await putTestAccount(world, email)
    await track(world, email, number)
    await track(world, email, other)
    await world.work((work) => work.tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, other)))
    const { consents: told } = await callerIn(aContext(world, { accountId })).account.data()
    expect(told.map(({ act, caseNumber }) => [act, caseNumber])).toEqual([['asked', number], ['confirmed', number]])
    const [row] = await world.reading().tx.select({ id: subscribers.id }).from(subscribers).innerJoin(accounts, eq(accounts.subscriberId, subscribers.id))
    expect(await listOwnConsents(world.reading(), row?.id ?? 0)).toHaveLength(2)
    // An operator is told that there was something, and not of what.
    expect((await proven()).map((one) => one.caseNumber)).toEqual([number, number, null, null])
  })

  it('is found by an address in any spelling of its case, by a phone in any spelling, and by nothing else', async () => {
    await ask(world, email, number, { phone: aPhone })
    expect(await acts('PAT@Example.com')).toEqual(['asked', 'askedText'])
    expect(await acts('(573) 555-0123')).toEqual(['askedText'])
    expect(await proven('nobody@example.com')).toEqual([])
    expect(await findConsents(world.reading(), 'neither')).toBeNull()
  })
})
