import { asc, eq, inArray } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, phones, subscribers } from '../../../db/schema.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putCase, putEntry } from '../../testing/put-case.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { withdrawEntryContents } from '../docket/withdraw-contents.ts'
import type { NoticeContent, TextContent } from '../outbox/message-content.ts'
import { isChosen } from './entry-choice.ts'

let world: World
const number = '26BA-CV00077'

beforeEach(async () => {
  world = await openWorld()
  await world.work((work) => putCase(work, { number }))
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
const follow = (email: string, facts: Partial<Parameters<typeof putSubscription>[2]> = {}) => world.work((work) => putSubscription(work, 1, { ...facts, email }))
const enter = (description: string, code: string | null, more: Parameters<typeof putEntry>[2] = {}) => world.work((work) => putEntry(work, 1, { description, code, ...more }))

async function told(): Promise<Record<string, string[]>> {
  const rows = await world.reading().tx.select({ email: subscribers.email, payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
  return Object.fromEntries(rows.map(({ email, payload }) => [email, (payload as NoticeContent).entries.map(({ title }) => title).sort()]))
}

describe('a choice of docket entries', () => {
  it('is decided by the profile’s weight of the code, and by an evident first word where it knows none', () => {
    const { profile } = world
    const chosen = (code: string | null, description: string) => (['all', 'withoutRoutine', 'decisions'] as const).map((choice) => isChosen(profile, choice, { code, description }))
    expect(chosen('CERS', 'Certificate of Service')).toEqual([true, false, false])
    expect(chosen('je ', 'Judgment Entered')).toEqual([true, true, true])
    expect(chosen('MOT', 'Motion')).toEqual([true, true, false])
    expect(chosen('MOT', 'Order asked for'), 'a known code decides').toEqual([true, true, false])
    expect(chosen(null, 'Order granting leave')).toEqual([true, true, true])
    expect(chosen('ZZZZ', 'Amended Judgment')).toEqual([true, true, true])
    expect(chosen(null, 'Proposed order filed')).toEqual([true, true, false])
    expect(chosen(null, 'Ordering of transcripts')).toEqual([true, true, false])
    expect(isChosen(profile, 'decisions', null), 'a case opened again').toBe(true)
  })

  it('tells each what it chose, those alike once, and nothing where nothing of it was chosen', async () => {
    await follow('all@example.com')
    await follow('some@example.com', { entryChoice: 'withoutRoutine' })
    await follow('few@example.com', { entryChoice: 'decisions' })
    await follow('few2@example.com', { entryChoice: 'decisions' })
    await enter('Certificate of Service', 'CERS')
    await enter('Motion', 'MOT')
    expect(await evening()).toMatchObject({ notices: 2 })
    expect(await told()).toEqual({ 'all@example.com': ['Certificate of Service', 'Motion'], 'some@example.com': ['Motion'] })
    await enter('Order', 'ORD')
    await enter('Receipt', 'PMTR')
    await evening()
    expect(await told()).toEqual({ 'all@example.com': ['Order', 'Receipt'], 'some@example.com': ['Order'], 'few@example.com': ['Order'], 'few2@example.com': ['Order'] })
    expect(await world.reading().tx.$count(messageContents), 'one a group').toBe(5)
    await enter('Order again', 'ORD')
    await evening()
    expect(await world.reading().tx.$count(messageContents), 'who would hear the same is told with everybody').toBe(6)
  })

  it('leaves nobody behind who became active in between, and lets a sealed entry go from what was chosen', async () => {
    await follow('few@example.com', { entryChoice: 'decisions' })
    await enter('Order one', 'ORD')
    const { entryId: sealed } = await enter('Order two', 'ORD')
    await follow('later@example.com', { entryChoice: 'decisions' })
    await enter('Motion', 'MOT')
    await enter('Order three', 'ORD')
    await evening()
    expect(await told()).toEqual({ 'few@example.com': ['Order one', 'Order three', 'Order two'], 'later@example.com': ['Order three'] })
    await world.work((work) => withdrawEntryContents(work, 1, sealed))
    expect(await told()).toEqual({ 'few@example.com': ['Order one', 'Order three'], 'later@example.com': ['Order three'] })
  })

  it('holds for texts, one by one and counted', async () => {
    await follow('a@example.com', { phone: '+15735550101' })
    await follow('b@example.com', { phone: '+15735550102', entryChoice: 'decisions' })
    await follow('c@example.com', { phone: '+15735550101', entryChoice: 'decisions' })
    const entry = (id: string, code: string, description: string) =>
      ({ type: 'docketEntry' as const, case: number, court: '13-BOONE', id, filedAt: '2026-11-20T10:00:00-06:00', code, description, text: '' })
    const texts = async () => {
      const rows = await world.reading().tx.select({ to: phones.number, payload: messageContents.payload }).from(outboxMessages)
        .innerJoin(phones, eq(phones.id, outboxMessages.phoneId)).innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
        .where(inArray(outboxMessages.state, ['waiting'])).orderBy(asc(outboxMessages.id))
      return rows.map(({ to, payload }) => [to.slice(-3), (payload as TextContent).told])
    }
    await takeAll(world, [entry('1', 'CERS', 'Certificate'), entry('2', 'ORD', 'Order')])
    expect(await texts()).toEqual([
      ['101', `Case ${number}: New entry: Certificate.`], ['101', `Case ${number}: New entry: Order.`], ['102', `Case ${number}: New entry: Order.`],
    ])
    await world.work(({ tx }) => tx.delete(outboxMessages))
    await takeAll(world, Array.from({ length: 12 }, (_, nth) => entry(`n${nth}`, nth < 2 ? 'ORD' : 'CERS', `Entry ${nth}`)))
    expect(await texts()).toEqual([
      ['101', `Case ${number}: 12 docket entries were added, corrected or voided.`],
      ['102', `Case ${number}: New entry: Entry 0.`], ['102', `Case ${number}: New entry: Entry 1.`],
    ])
  })
})
