import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { subscriptions } from '../../../db/schema.ts'
import { putEntry, putEvent } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { reportMail, sendMail } from '../../testing/send-mail.ts'
import { holdEvening, listNotices, moveToNew, nextEvening, old, putCaseAndAccount, wanted } from '../../testing/two-addresses.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { stopTracking } from '../tracking/stop-tracking.ts'

let world: World

beforeEach(async () => {
  world = await openWorld()
  await putCaseAndAccount(world)
})
afterEach(() => world.close())

const reading = () => world.reading().tx

describe('two that track the same and turn out to be one reader (G1)', () => {
  it.each([old, wanted])('are told once of a hearing of which only %s asked to be told, beside what the other chose', async (asked) => {
    for (const email of [old, wanted]) {
      const isAsked = email === asked
      await world.work((work) => putSubscription(work, 1, { email, eventTenDays: isAsked, entryChoice: isAsked ? 'decisions' : 'all' }))
    }
    await world.work((work) => putEntry(work, 1, { code: 'MOT' }))
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
    await holdEvening(world)
    await moveToNew(world)
    for (let days = 0; days < 12; days++) await nextEvening(world)
    expect((await listNotices(world)).map(({ state, subject }) => [state, subject.slice(subject.indexOf(':') + 2)]).sort()).toEqual([
      ['sent', '1 new entry'], ['sent', 'court in 10 days, Nov 30, 9:00 a.m.'],
    ])
    expect(await reading().select().from(subscriptions)).toMatchObject([{ entryChoice: 'all', eventTenDays: true }])
  })

  it.each([old, wanted])('with one choice within the other are told it once, by %s', async (wider) => {
    for (const email of [old, wanted]) {
      await world.work((work) => putSubscription(work, 1, { email, eventTenDays: true, entryChoice: email === wider ? 'all' : 'decisions' }))
    }
    for (const code of ['MOT', 'ORD']) await world.work((work) => putEntry(work, 1, { code }))
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
    await holdEvening(world)
    await moveToNew(world)
    await nextEvening(world)
    expect((await listNotices(world)).filter(({ state }) => state === 'sent')).toMatchObject([{ subject: 'Case 26BA-CV00001: 2 new entries, court in 10 days' }])
    expect(await listNotices(world)).toHaveLength(2)
  })

  it.each([old, wanted])('are told by the one that is tracked where %s was stopped before', async (stopped) => {
    const ids = new Map<string, number>()
    for (const email of [old, wanted]) ids.set(email, await world.work((work) => putSubscription(work, 1, { email })))
    await world.work((work) => putEntry(work, 1))
    await holdEvening(world)
    await world.work((work) => stopTracking(work, ids.get(stopped) ?? 0, 'emailAndText'))
    await moveToNew(world)
    await nextEvening(world)
    expect((await listNotices(world)).map(({ state }) => state).sort()).toEqual(['cancelled', 'sent'])
    expect(await reading().select().from(subscriptions)).toMatchObject([{ emailState: 'active' }])
  })

  it.each([['all of it', true], ['the entry only', false]] as const)('are told again what came back to the old one, but for what the other told: %s', async (_, eventTenDays) => {
    for (const email of [old, wanted]) await world.work((work) => putSubscription(work, 1, { email, eventTenDays: email === old || eventTenDays }))
    await world.work((work) => putEntry(work, 1))
    await world.work((work) => putEvent(work, 1, { startsAt: new Date('2026-11-30T15:00:00Z') }))
    await holdEvening(world)
    await sendMail(world)
    const both = await listNotices(world)
    await moveToNew(world)
    await reportMail(world, both[0]?.id ?? 0, 'bounced', old)
    for (let days = 0; days < 2; days++) await nextEvening(world)
    expect((await listNotices(world)).slice(both.length).map(({ subject }) => subject)).toEqual(eventTenDays ? [] : ['Case 26BA-CV00001: court in 9 days, Nov 30, 9:00 a.m.'])
  })

  it('are told by the older where the other began between two entries', async () => {
    await world.work((work) => putSubscription(work, 1, { email: old }))
    await world.work((work) => putEntry(work, 1))
    await world.work((work) => putSubscription(work, 1, { email: wanted }))
    await world.work((work) => putEntry(work, 1))
    await holdEvening(world)
    await moveToNew(world)
    await nextEvening(world)
    expect((await listNotices(world)).filter(({ state }) => state === 'sent')).toMatchObject([{ subject: 'Case 26BA-CV00001: 2 new entries' }])
    expect((await listNotices(world)).filter(({ state }) => state === 'cancelled')).toHaveLength(1)
  })
})
