import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outboxMessages } from '../../../db/schema.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import { oweTexts } from '../../testing/owe-texts.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { takeDeliveryReport, type DeliveryReport } from './take-delivery-report.ts'

type Facts = Partial<DeliveryReport> & { readonly isFinal?: boolean }
type Told = (facts?: Facts) => Promise<string>

/** All orders of some things. */
const ordersOf = <T>(things: readonly T[]): T[][] =>
  things.length === 0 ? [[]] : things.flatMap((thing, at) => ordersOf(things.toSpliced(at, 1)).map((rest) => [thing, ...rest]))

describe('what a provider tells of a text', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  async function owed(state: MessageState, facts: Partial<typeof outboxMessages.$inferInsert> = {}): Promise<{ id: number; tell: Told; row: () => Promise<typeof outboxMessages.$inferSelect | undefined> }> {
    const { phoneId, number } = await world.work((work) => oweTexts(work, world.site))
    const lease = state === 'leased' ? { leasedBy: 'w', leasedUntil: new Date(world.clock.now().getTime() + 60_000) } : {}
    const [message] = await world.work(({ tx }) => tx.update(outboxMessages).set({ state, attempts: 1, ...lease, ...facts })
      .where(eq(outboxMessages.phoneId, phoneId)).returning({ id: outboxMessages.id }))
    const id = message?.id ?? 0
    return {
      id,
      tell: ({ isFinal = true, ...given } = {}) => world.work((work) => takeDeliveryReport(work, {
        messageKey: `m${id}`, to: number, providerId: 'SM1', fate: 'delivered', errorCode: '', ...given,
      }, isFinal)),
      row: async () => (await world.reading().tx.select().from(outboxMessages).where(eq(outboxMessages.id, id)))[0],
    }
  }

  it('is written down where it arrived and where it did not, with the code and nothing else', async () => {
    const arrived = await owed('sent', { providerId: 'SM1' })
    expect(await arrived.tell()).toBe('taken')
    expect(await arrived.row()).toMatchObject({ state: 'delivered', reason: null, providerId: 'SM1' })
    const lost = await owed('sent', { providerId: 'SM1' })
    await lost.tell({ fate: 'undelivered', errorCode: '30003' })
    expect(await lost.row()).toMatchObject({ state: 'bounced', reason: 'Undelivered: 30003.' })
    const odd = await owed('sent', { providerId: 'SM1' })
    await odd.tell({ fate: 'undelivered', errorCode: 'call +15735550123' })
    expect(await odd.row()).toMatchObject({ state: 'bounced', reason: 'Undelivered.' })
  })

  it('ends alike in all orders, doubled or not (R17)', async () => {
    const reports: readonly Facts[] = [{ fate: 'taken' }, { fate: 'delivered' }, { fate: 'undelivered', errorCode: '30003' }, { fate: 'delivered' }]
    for (const order of ordersOf(reports)) {
      for (const first of ['sent', 'parked', 'leased'] as const) {
        const text = await owed(first)
        for (const report of order) await text.tell(report)
        expect(await text.row()).toMatchObject({ state: 'delivered', reason: null, leasedBy: null, leasedUntil: null })
      }
    }
  })

  it('settles what was parked because nobody knew', async () => {
    const states = { taken: 'sent', delivered: 'delivered', undelivered: 'bounced' } as const
    for (const fate of ['taken', 'delivered', 'undelivered'] as const) {
      const text = await owed('parked', { reason: 'Whether it left is not known: No answer.' })
      await text.tell({ fate })
      expect(await text.row()).toMatchObject({ state: states[fate], providerId: 'SM1', settledAt: world.clock.now() })
    }
  })

  it('waits for our own answer first, and does not wait for ever', async () => {
    const text = await owed('leased')
    expect(await text.tell({ isFinal: false })).toBe('underWay')
    expect((await text.row())?.state).toBe('leased')
    expect(await text.tell()).toBe('taken')
    expect((await text.row())?.state).toBe('delivered')
  })

  it('keeps what arrived from being tried anew, and lets another try go on', async () => {
    const text = await owed('waiting')
    await text.tell({ fate: 'undelivered' })
    expect((await text.row())?.state).toBe('waiting')
    await text.tell()
    expect((await text.row())?.state).toBe('delivered')
    const again = await owed('sent', { providerId: 'SM2' })
    await again.tell({ fate: 'undelivered', providerId: 'SM1' })
    expect((await again.row())?.state).toBe('sent')
  })

  it('changes nothing for a message that is not ours, not of that number, or never left', async () => {
    const text = await owed('sent')
    for (const wrong of [{ messageKey: 'm999999' }, { messageKey: '' }, { messageKey: 'x1' }, { messageKey: `${text.id}` }, { to: '+15735550000' }]) {
      expect(await text.tell(wrong)).toBe('unknown')
    }
    expect((await text.row())?.state).toBe('sent')
    const fresh = await owed('waiting', { attempts: 0 })
    expect(await fresh.tell()).toBe('unknown')
    for (const state of ['cancelled', 'failed'] as const) {
      const ended = await owed(state)
      await ended.tell()
      expect((await ended.row())?.state).toBe(state)
    }
  })
})
