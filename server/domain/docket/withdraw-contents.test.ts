import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, subscribers } from '../../../db/schema.ts'
import type { DocketEntryRecord, FeedRecord } from '../../contract/records.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
import { takeAll } from '../../testing/take-all.ts'
import { track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import type { LeasedBatch } from '../outbox/leased-batch.ts'
import type { NoticeContent } from '../outbox/message-content.ts'
import { settleBatch } from '../outbox/settle-batch.ts'

const number = '26BA-CR00411'
const court = '13-BOONE'
const entry = (id: string, facts: Partial<DocketEntryRecord> = {}): DocketEntryRecord =>
  ({ type: 'docketEntry', case: number, court, id, filedAt: '2026-11-20', description: `Entry ${id}`, text: `Words of ${id}.`, ...facts })
const seal = (id: string): FeedRecord => entry(id, { security: 'confidential' })

let world: World
beforeEach(async () => {
  world = await openWorld()
  await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt' }])
  for (const name of ['a', 'b']) await track(world, `${name}@mail.example.com`, number)
  // What the visitors were asked is of no interest here.
  await world.work(({ tx }) => tx.delete(outboxMessages))
})
afterEach(() => world.close())

const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
async function lease(limit = 100): Promise<LeasedBatch> {
  const { batch } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit, seconds: 60, remembersForMs: 86_400_000 }))
  if (!batch) throw new Error('Nothing was leased.')
  return batch
}
const settle = (batch: LeasedBatch, answer: Parameters<typeof settleBatch>[2]) =>
  world.work((work) => settleBatch(work, batch, answer, { remembersForMs: 86_400_000, jitter: 0.5 }))
/** What each address is told in a batch. */
function toldIn({ messages, contents }: LeasedBatch): { to: string; content: NoticeContent }[] {
  // What the evening wrote, or this change of it.
  return messages.map(({ address, contentId }) => ({ to: address, content: JSON.parse(contents.get(contentId) ?? '') as NoticeContent }))
}
const states = async () => (await world.reading().tx.select({ state: outboxMessages.state }).from(outboxMessages).orderBy(asc(outboxMessages.id)))
  .map(({ state }) => state)

describe('sealing one of several entries after the evening (A9, N1)', () => {
  it('leaves the others to be told, and no word of it', async () => {
    await takeAll(world, [entry('one'), entry('two'), entry('three', { status: 'voided' })])
    await evening()
    await takeAll(world, [seal('two')])
    const told = toldIn(await lease())
    expect(told.map(({ to }) => to)).toEqual(['a@mail.example.com', 'b@mail.example.com'])
    for (const { content } of told) {
      expect(content).toMatchObject({
        subject: `Case ${number}: 1 new entry, 1 voided entry`, heading: `1 new entry, 1 voided entry in case ${number}`, more: 0,
      })
      expect(content.entries.map(({ title }) => title)).toEqual(['Entry three', 'Entry one'])
      expect(JSON.stringify(content)).not.toContain('two')
    }
  })

  it('can be done again and again, until nothing is left to tell', async () => {
    await takeAll(world, [entry('one'), entry('two'), entry('three')])
    await evening()
    await takeAll(world, [seal('two')])
    await takeAll(world, [entry('two', { security: 'public' }), seal('two'), seal('one')])
    expect(toldIn(await lease(1)).map(({ content }) => content.entries.map(({ title }) => title))).toEqual([['Entry three']])
    await takeAll(world, [seal('three')])
    const { batch, settled } = await world.work((work) => leaseBatch(work, { channel: 'email', profile: world.profile, worker: 'w', limit: 9, seconds: 60, remembersForMs: 1 }))
    expect(batch).toBeNull()
    expect(settled.cancelled).toBe(1)
  })

  it('counts one entry fewer where it was only counted', async () => {
    await takeAll(world, Array.from({ length: 30 }, (_, index) => entry(`${100 + index}`, { text: '' })))
    await evening()
    // The oldest are the ones that are not shown.
    await takeAll(world, [seal('100')])
    await takeAll(world, [seal('129')])
    const [first] = toldIn(await lease())
    expect(first?.content).toMatchObject({ subject: `Case ${number}: 28 new entries`, more: 4 })
    expect(first?.content.entries).toHaveLength(24)
  })

  it('says only the days of what is left', async () => {
    await takeAll(world, [entry('one')])
    world.clock.passMinutes(24 * 60)
    await takeAll(world, [entry('two')])
    world.clock.passMinutes(24 * 60)
    await evening()
    await takeAll(world, [seal('one')])
    expect(toldIn(await lease())[0]?.content.leads).toEqual(['This covers what was entered on November 21, 2026.'])
  })

  it('still tells that a case was opened again', async () => {
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', status: 'closed' }])
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', status: 'open' }, entry('one')])
    await evening()
    await takeAll(world, [seal('one')])
    expect(toldIn(await lease())[0]?.content).toMatchObject({ subject: `Case ${number}: case reopened`, entries: [], more: 0 })
  })

  it('writes it anew for what was tried without an answer too: if it arrived, the provider takes no other words under its key', async () => {
    await takeAll(world, [entry('one'), entry('two')])
    await evening()
    const tried = await lease(1)
    await settle(tried, { kind: 'failed', reason: 'No answer.', isFinal: false, isUnanswered: true, retryAfterMs: null })
    await takeAll(world, [seal('two')])
    const [other] = toldIn(await lease())
    expect(other?.to).toBe('b@mail.example.com')
    expect(other?.content.entries.map(({ title }) => title)).toEqual(['Entry one'])
    world.clock.passMinutes(1)
    const again = await lease()
    expect(again.providerKey).toBe(tried.providerKey)
    expect(toldIn(again)[0]?.content.entries.map(({ title }) => title)).toEqual(['Entry one'])
    await settle(again, { kind: 'replayed' })
    expect(await states()).toEqual(['sent', 'leased'])
  })

  it('writes it anew for what was refused, should an operator let it leave', async () => {
    await takeAll(world, [entry('one'), entry('two')])
    await evening()
    await settle(await lease(), { kind: 'answered', mails: [
      { kind: 'refused', reason: 'Unknown.', isFinal: true }, { kind: 'sent', providerId: null },
    ] })
    await takeAll(world, [seal('two')])
    const said = await world.reading().tx.select({ email: subscribers.email, at: messageContents.withdrawnAt }).from(outboxMessages)
      .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId)).orderBy(asc(outboxMessages.id))
    expect(said).toEqual([{ email: 'a@mail.example.com', at: null }, { email: 'b@mail.example.com', at: world.clock.now() }])
  })

  it('leaves alone a notice that does not tell it after all', async () => {
    await takeAll(world, [entry('one')])
    await evening()
    await world.work(({ tx }) => tx.delete(outboxMessages))
    await takeAll(world, [entry('one', { text: 'Other words.' }), entry('one'), entry('two')])
    await evening()
    const before = await world.reading().tx.select().from(messageContents).orderBy(asc(messageContents.id))
    await takeAll(world, [seal('one')])
    const after = await world.reading().tx.select().from(messageContents).orderBy(asc(messageContents.id))
    expect(after.at(-1)).toEqual(before.at(-1))
  })

  it('adds no message when the evening is held again', async () => {
    await takeAll(world, [entry('one'), entry('two')])
    await evening()
    await takeAll(world, [seal('two')])
    await evening()
    expect(await states()).toEqual(['waiting', 'waiting'])
  })
})

describe('texts that wait (F8, A9)', () => {
  const waiting = async () => (await world.rows('select payload from message_contents where withdrawn_at is null and run_id is null and first_change_id is not null'))
    .map(({ payload }) => JSON.stringify(payload))
  beforeEach(() => world.work((work) => putSubscription(work, 1, { email: 'c@mail.example.com', phone: '+15735550123' })))

  it('do not tell an entry that was sealed, and tell the others', async () => {
    await takeAll(world, [entry('one'), entry('two')])
    expect(await waiting()).toHaveLength(2)
    await takeAll(world, [seal('two')])
    const left = await waiting()
    expect(left).toHaveLength(1)
    expect(left[0]).toContain('Entry one')
  })

  it('tell nothing of a case that turned confidential', async () => {
    await takeAll(world, [entry('one'), { type: 'case', number, court, caption: 'State v. Ilse Brandt', security: 'confidential' }])
    expect(await waiting()).toEqual([])
  })
})
