import { asc, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { cases, courts, messageContents, outboxMessages, phones, phoneVerifications, subscriptions } from '../../db/schema.ts'
import { countRemaining } from '../domain/outbox/count-remaining.ts'
import { putMessage } from '../domain/outbox/put-message.ts'
import { textFrame } from '../domain/outbox/message-frame.ts'
import { DeliveryError } from '../ports.ts'
import { oweNotices } from '../testing/owe-notices.ts'
import { owePhoneVerification, oweTexts, type OwedTexts } from '../testing/owe-texts.ts'
import { createKeptLog, createStubMailer } from '../testing/stub-mailer.ts'
import { createStubTexter, type StubTexter } from '../testing/stub-texter.ts'
import { openWorld, type World } from '../testing/world.ts'
import type { Work } from '../work.ts'
import { deliverOutbox } from './deliver-outbox.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const deliver = (texter: StubTexter, mailer = createStubMailer()) => deliverOutbox({
  workplace: world.workplace, profile: world.profile, mailer, texter, linkKeys: ['k'.repeat(32)], log: createKeptLog(), workerName: 'test',
})
const owe = (count = 1): Promise<OwedTexts> => world.work((work) => oweTexts(work, world.site, count))
const rows = () => world.reading().tx.select().from(outboxMessages).orderBy(asc(outboxMessages.id))
const remaining = () => countRemaining(world.reading(), world.profile)

describe('delivering texts', () => {
  it('hands each to the phone with its carrier, beside the mail', async () => {
    const owed = await owe(2)
    await world.work((work) => oweNotices(work, { cases: 3 }))
    const [texter, mailer] = [createStubTexter(), createStubMailer()]
    expect(await deliver(texter, mailer)).toMatchObject({ sent: 5, remaining: 0 })
    expect(texter.texts.map(({ to, carrier }) => ({ to, carrier }))).toEqual([1, 2].map(() => ({ to: owed.number, carrier: 'verizon' })))
    expect(mailer.batches.map(({ mails }) => mails.length)).toEqual([3])
  })

  it('leaves what tells a fact for the sending hours and does not count it as remaining; what was asked for leaves at once', async () => {
    world.clock.set('2026-11-20T21:00:00-06:00')
    const owed = await owe()
    await world.work((work) => owePhoneVerification(work, world.site, owed))
    const texter = createStubTexter()
    expect(await remaining()).toBe(1)
    expect(await deliver(texter)).toMatchObject({ sent: 1, remaining: 0 })
    expect(texter.texts).toMatchObject([{ carrier: 'att' }])
    expect(texter.texts[0]?.body).toContain('/confirm/')
    world.clock.set('2026-11-21T07:59:59.999-06:00')
    expect(await deliver(texter)).toMatchObject({ sent: 0, remaining: 0 })
    world.clock.set('2026-11-21T08:00:00-06:00')
    expect(await remaining()).toBe(1)
    expect(await deliver(texter)).toMatchObject({ sent: 1, remaining: 0 })
    expect(texter.texts[1]?.body).toContain('Motion filed')
  })

  it('R19: lets one poisoned verification fail alone, with its reason', async () => {
    const owed = await owe(2)
    await world.work((work) => owePhoneVerification(work, world.site, owed))
    const [verification] = (await rows()).filter(({ kind }) => kind === 'textVerification')
    // Postgres keeps nothing that is no JSON.
    const poison = chosenEngine() === 'postgres' ? { kind: 'something else' } : sql`'{"kind":"textVerification",'`
    await world.work(({ tx }) => tx.update(messageContents).set({ payload: poison }).where(eq(messageContents.id, verification?.contentId ?? 0)))
    expect(await deliver(createStubTexter())).toMatchObject({ sent: 2, failed: 1, remaining: 0 })
    expect((await rows()).find(({ kind }) => kind === 'textVerification')).toMatchObject({ state: 'failed', reason: 'No mail could be made of it: What it says cannot be read.' })
  })

  it('holds a text that is tried again outside the sending hours', async () => {
    world.clock.set('2026-11-20T20:59:50-06:00')
    await owe()
    let isBroken = true
    const texter = createStubTexter({}, (texts) => {
      if (isBroken) throw new DeliveryError('Busy.', { isFinal: false, isUnanswered: false })
      return { kind: 'answered', mails: texts.map(() => ({ kind: 'sent', providerId: null })) }
    })
    expect(await deliver(texter)).toMatchObject({ retrying: 1 })
    isBroken = false
    world.clock.set('2026-11-20T22:00:00-06:00')
    expect(await deliver(texter)).toMatchObject({ sent: 0, remaining: 0 })
    world.clock.set('2026-11-21T08:00:00-06:00')
    expect(await deliver(texter)).toMatchObject({ sent: 1 })
  })

  it('parks a text of which nobody knows whether it left, and tries a verification anew', async () => {
    const owed = await owe()
    await world.work((work) => owePhoneVerification(work, world.site, owed))
    const texter = createStubTexter({}, () => {
      throw new DeliveryError('No answer.', { isFinal: false, isUnanswered: true })
    })
    expect(await deliver(texter)).toMatchObject({ sent: 0, retrying: 1, failed: 1 })
    expect(Object.fromEntries((await rows()).map(({ kind, state }) => [kind, state]))).toEqual({ text: 'parked', textVerification: 'waiting' })
  })

  const changes: readonly (readonly [string, (work: Work, owed: OwedTexts) => Promise<unknown>, string])[] = [
    ['its case turned confidential', ({ tx }) => tx.update(cases).set({ security: 'confidential' }), 'A case that it names is not public any more.'],
    ['its court stopped taking part', ({ tx }) => tx.update(courts).set({ isTakingPart: false }), 'Its court or kind of case takes no part any more.'],
    ['its kind of case is excluded', ({ tx }) => tx.update(cases).set({ caseType: 'JU' }), 'Its court or kind of case takes no part any more.'],
    ['texts were stopped', ({ tx }) => tx.update(subscriptions).set({ textState: 'stopped' }), 'Nobody asks for texts of this case to this phone any more.'],
    ['they were stopped and begun anew', async ({ tx }, { changeIds }) => tx.update(subscriptions).set({ textActiveAfter: changeIds[0] ?? 0 }), 'Nobody asks for texts of this case to this phone any more.'],
    ['the phone answered STOP', ({ tx, now }) => tx.update(phones).set({ stoppedAt: now }), 'The phone answered STOP.'],
    ['what it says was withdrawn', ({ tx, now }) => tx.update(messageContents).set({ withdrawnAt: now }), 'What it says was withdrawn.'],
  ]
  it.each(changes)('sends nothing once %s', async (_what, change, reason) => {
    const owed = await owe()
    expect(world.profile.caseTypes.find((type) => type.code === 'JU')?.isExcluded).toBe(true)
    await world.work((work) => change(work, owed))
    const texter = createStubTexter()
    expect(await deliver(texter)).toMatchObject({ sent: 0, cancelled: 1, remaining: 0 })
    expect(await rows()).toMatchObject([{ state: 'cancelled', reason }])
    expect(texter.texts).toEqual([])
  })

  it('goes on while another address asks for texts of the case to the same phone', async () => {
    const owed = await owe()
    await world.work(async ({ tx, now }) => {
      const [other] = await tx.select().from(subscriptions)
      if (!other) throw new Error('Nothing is tracked.')
      await tx.update(subscriptions).set({ textState: 'stopped' }).where(eq(subscriptions.id, owed.subscriptionId))
      const [subscriber] = await tx.select({ id: subscriptions.subscriberId }).from(subscriptions)
      const { id: _, ...rest } = other
      await oweNotices({ tx, now, promiseDelivery: async () => {} }, { cases: 1, name: 'other' })
      await tx.update(subscriptions).set({ ...rest, subscriberId: (subscriber?.id ?? 0) + 1, textState: 'active' }).where(eq(subscriptions.id, owed.subscriptionId + 1))
    })
    const texter = createStubTexter()
    await deliver(texter)
    expect(texter.texts).toMatchObject([{ to: owed.number }])
  })

  it.each([
    ['confirmed', { confirmedAt: new Date() }], ['withdrawn', { withdrawnAt: new Date() }], ['too old', { expiresAt: new Date(0) }],
  ])('sends no verification that is %s', async (_what, facts) => {
    const owed = await owe(0)
    await world.work(async (work) => {
      const id = await owePhoneVerification(work, world.site, owed)
      await work.tx.update(phoneVerifications).set(facts).where(eq(phoneVerifications.id, id))
    })
    const texter = createStubTexter()
    expect(await deliver(texter)).toMatchObject({ sent: 0, cancelled: 1 })
    expect(await rows()).toMatchObject([{ reason: 'Nothing that it asks waits to be confirmed any more.' }])
  })

  it('answers a phone that said STOP', async () => {
    const { phoneId } = await owe(0)
    await world.work(async (work) => {
      await work.tx.update(phones).set({ stoppedAt: work.now })
      await putMessage(work, { dedupeKey: 'answer/SM1', kind: 'textAnswer', phoneId, content: { ...textFrame(world.site), kind: 'textAnswer', told: 'You get no more texts.' } })
    })
    const texter = createStubTexter()
    expect(await deliver(texter)).toMatchObject({ sent: 1 })
    expect(texter.texts[0]?.body).toContain('You get no more texts.')
  })

  it('owes one phone one text a fact', async () => {
    const owed = await owe()
    const [row] = await rows()
    await expect(world.work(({ tx }) => tx.insert(outboxMessages).values({
      dedupeKey: row?.dedupeKey ?? '', kind: 'text', state: 'waiting', phoneId: owed.phoneId, subscriptionId: owed.subscriptionId, contentId: row?.contentId ?? 0,
      createdAt: world.clock.now(), dueAt: world.clock.now(), attempts: 0,
    }))).rejects.toThrow()
  })
})

describe('mail that carries a file', () => {
  it('has a request of its own, and keeps no other from sharing one', async () => {
    await world.work(async (work) => {
      const owed = await oweNotices(work, { cases: 6 })
      for (const at of [0, 3]) await work.tx.update(outboxMessages).set({ isAlone: true }).where(eq(outboxMessages.id, owed[at]?.messageId ?? 0))
    })
    const mailer = createStubMailer({ concurrency: 1 })
    await deliver(createStubTexter(), mailer)
    expect(mailer.batches.map(({ mails }) => mails.length).sort()).toEqual([1, 1, 4])
  })
})
