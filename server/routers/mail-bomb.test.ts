import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { messageContents, outboxMessages, phones, phoneVerifications, subscribers, trackingRequests } from '../../db/schema.ts'
import { clientAddressOf } from '../client-address.ts'
import { putAccount } from '../domain/accounts/confirm-account.ts'
import { putSubscriber } from '../domain/tracking/put-subscriber.ts'
import { aContext, callerIn, openCaptcha } from '../testing/a-context.ts'
import { putTestSession } from '../testing/put-account.ts'
import { putCase } from '../testing/put-case.ts'
import { confirmNewest, owed } from '../testing/text-subscriber.ts'
import { track } from '../testing/visitor.ts'
import { counted, report, sized } from '../testing/torture/scale.ts'
import { openWorld, type World } from '../testing/world.ts'

// One victim, many client addresses, plus-tags, dots and forged forwarding headers.

const numbers = ['26BA-CV00001', '26BA-CV00002', '26BA-CV00003', '26BA-CV00004']
const hourMs = 3_600_000
let world: World
beforeEach(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    for (const number of numbers) await putCase(work, { number })
  })
})
afterEach(() => world.close())

/** A visitor behind one trusted proxy, who writes a forwarding header of his own before what the proxy adds. */
function fromPlace(place: number) {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.9' })
  const request = new IncomingMessage(socket)
  request.headers['x-forwarded-for'] = `6.6.6.${place % 200}, 7.7.7.7, 198.51.${Math.floor(place / 250) % 4}.${place % 250}`
  return callerIn(aContext(world, { captcha: openCaptcha, clientAddress: clientAddressOf(request, 1) }))
}

const spellings = (at: number): string =>
  ['victim.name@gmail.com', `victimname+${at}@gmail.com`, 'v.i.c.t.i.m.n.a.m.e@googlemail.com', 'VictimName@Gmail.com', `v.ictimname+a.${at}@googlemail.com`][at % 5] ?? ''
const formOf = (email: string) => ({
  email, confirmEmail: email, wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
})

/** Every way to have a mail sent to a stranger, one after the other. */
async function bomb(at: number, email = spellings(at)): Promise<unknown> {
  const { tracking, account } = fromPlace(at)
  const number = numbers[at % numbers.length] ?? ''
  switch (at % 4) {
    case 0: return tracking.request({ number, form: formOf(email), captcha: 'x' })
    case 1: return tracking.requestReport({ number, form: formOf(email), captcha: 'x' })
    case 2: return account.requestReset({ email, captcha: 'x' })
    default: return tracking.request({ number, form: formOf(email), captcha: 'x' })
  }
}

/** When mail was owed, and the most of it in any stretch of time. */
async function mostWithin(ms: number): Promise<number> {
  const at = (await world.reading().tx.select({ at: outboxMessages.createdAt }).from(outboxMessages)).map((one) => one.at.getTime()).sort((a, b) => a - b)
  return Math.max(0, ...at.map((from) => at.filter((one) => one >= from && one < from + ms).length))
}

describe('S5: a mail bomb', () => {
  it('brings a mailbox that has confirmed nothing 3 mails an hour and 6 a day, whoever asks, however it is spelt', async () => {
    const requests = sized(160, 10_000)
    for (let at = 0; at < requests; at++) {
      await bomb(at)
      world.clock.passMinutes(sized(17, 1))
    }
    const [inHour, inDay] = [await mostWithin(hourMs), await mostWithin(24 * hourMs)]
    report('S5', `${inHour} an hour and ${inDay} a day of ${counted(requests)} requests from ${counted(Math.min(requests, 1_000))} addresses`, inHour <= 3 && inDay <= 6)
    expect([inHour, inDay]).toEqual([3, 6])
    expect(await world.reading().tx.$count(subscribers)).toBeGreaterThan(20)
  })

  it('is as small all at once, and by every way that there is', async () => {
    const accountId = await world.work(async (work) => putAccount(work, await putSubscriber(work, 'lee@example.com'), { passwordHash: null, emailVerified: true }))
    for (let at = 0; at < 40; at++) await bomb(at)
    await fromPlace(1).account.register({ email: spellings(1), password: 'a long enough one', captcha: 'x' })
    const session = await putTestSession(world, accountId)
    const context = aContext(world, { session: async () => session, captcha: openCaptcha })
    const { account } = callerIn({ ...context, authenticator: { ...context.authenticator, isPassword: async () => true } })
    await account.changeAddress({ email: spellings(2), password: 'x' })
    const sent = await world.reading().tx.select({ to: subscribers.mailboxKey }).from(outboxMessages).innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    expect(sent.filter(({ to }) => to === 'victimname@gmail.com')).toHaveLength(3)
  })

  it('says the same to whoever is over the limit, and keeps what was asked for the next mail (C1)', async () => {
    const email = 'pat@example.com'
    const answers: unknown[] = []
    for (const number of numbers) answers.push(await fromPlace(1).tracking.request({ number, form: formOf(email), captcha: 'x' }))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await world.reading().tx.$count(outboxMessages)).toBe(3)
    expect(await world.reading().tx.$count(trackingRequests)).toBe(4)
    world.clock.passMinutes(61)
    await fromPlace(2).tracking.request({ number: numbers[0] ?? '', form: formOf(email), captcha: 'x' })
    expect((await owed(world, 'verification')).at(-1)?.requests.map(({ caseNumber }) => caseNumber)).toEqual(expect.arrayContaining(numbers))
  })

  it('gets no more through by other spellings of a mailbox that has confirmed, which has 20 an hour in all', async () => {
    await track(world, 'victimname@gmail.com', numbers[0] ?? '')
    world.clock.passMinutes(24 * 60)
    await world.work((work) => work.tx.delete(messageContents))
    for (let at = 0; at < 30; at++) await bomb(at, `victimname+${at}@gmail.com`)
    expect(await world.reading().tx.$count(outboxMessages)).toBe(3)
    for (let at = 0; at < 40; at++) await bomb(at * 4 + 1, 'victimname@gmail.com')
    expect(await world.reading().tx.$count(outboxMessages)).toBe(20)
  })

  it('counts an address that was stored before its mailbox was known', async () => {
    for (let at = 0; at < 3; at++) await bomb(1, 'pat@example.com')
    await world.work((work) => work.tx.update(subscribers).set({ mailboxKey: '' }))
    await bomb(1, 'pat@example.com')
    await bomb(1, 'pat+1@example.com')
    expect(await world.reading().tx.$count(outboxMessages)).toBe(3)
  })

  it('ends for all mailboxes together at the limit of the day, and begins anew on the next one', async () => {
    world = { ...world, site: { ...world.site, profile: { ...world.profile, limits: { ...world.profile.limits, visitorMailsPerDay: 5 } } } }
    const answers: unknown[] = []
    for (let at = 0; at < 9; at++) answers.push(await bomb(1, `pat${at}@example.com`).then((answer) => JSON.stringify(answer).replace(/pat\d/, '')))
    expect(new Set(answers).size).toBe(1)
    expect(await world.reading().tx.$count(outboxMessages)).toBe(5)
    world.clock.set('2026-11-21T00:01:00-06:00')
    await bomb(1, 'pat9@example.com')
    expect(await world.reading().tx.$count(outboxMessages)).toBe(6)
  })
})

describe('S7: text pumping', () => {
  const phoneAt = (at: number): string => `573-555-${String(1000 + at)}`
  const askByText = (at: number, email: string, phone: string) => fromPlace(at).tracking.request({
    number: numbers[at % numbers.length] ?? '', form: { ...formOf(email), wantsText: true, phone }, captcha: 'x',
  })
  const texts = () => world.reading().tx.$count(outboxMessages, eq(outboxMessages.kind, 'textVerification'))

  it('gets no text through before an e-mail is verified, however many phones are named', async () => {
    for (let at = 0; at < 20; at++) await askByText(at, `pat${at}@example.com`, phoneAt(at))
    expect(await texts()).toBe(0)
    expect(await world.reading().tx.$count(phoneVerifications)).toBe(0)
  })

  it('takes no number of another country, nor one that costs or gets no texts', async () => {
    for (const phone of ['+44 7911 123456', '+1 876 234 5678', '900-234-5678', '212-976-1234', '888-555-0123', '500-234-5678']) {
      await expect(askByText(1, 'pat@example.com', phone), phone).rejects.toThrow()
    }
    expect(await world.reading().tx.$count(phones)).toBe(0)
  })

  it('brings one phone 2 texts an hour and 4 a day, whoever asks (N6)', async () => {
    const sentAt: number[] = []
    for (let at = 0; at < 60; at++) {
      await askByText(at, `pat${at}@example.com`, phoneAt(0))
      const before = await texts()
      await confirmNewest(world)
      if (await texts() > before) sentAt.push(world.clock.now().getTime())
      world.clock.passMinutes(25)
    }
    const mostIn = (ms: number): number => Math.max(...sentAt.map((from) => sentAt.filter((one) => one >= from && one < from + ms).length))
    expect(mostIn(hourMs)).toBe(2)
    expect(mostIn(24 * hourMs)).toBe(4)
  })

  it('ends at the limit of the day for all phones together, which the operator sees', async () => {
    world = { ...world, site: { ...world.site, profile: { ...world.profile, limits: { ...world.profile.limits, verificationTextsPerDay: 3 } } } }
    for (let at = 0; at < 6; at++) {
      await askByText(at, `pat${at}@example.com`, phoneAt(at))
      await confirmNewest(world)
    }
    report('S7', `${await texts()} texts of a most of 3, asked for 6 phones`, await texts() === 3)
    expect(await texts()).toBe(3)
    const operator = await world.work(async (work) => putAccount(work, await putSubscriber(work, 'op@example.com'), { passwordHash: null, isOperator: true }))
    const { caused } = await callerIn(aContext(world, { accountId: operator })).operator.overview()
    expect(caused).toEqual({ mails: { count: 6, most: world.profile.limits.visitorMailsPerDay }, texts: { count: 3, most: 3 } })
  })
})
