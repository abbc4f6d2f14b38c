import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scheduledPayments } from '../../../db/schema.ts'
import type { PaymentRecord } from '../../contract/records.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'

const number = '25BE-CR00311'
const court = '13-BOONE'
const instalment = (facts: Partial<PaymentRecord> = {}): PaymentRecord => ({
  type: 'payment', case: number, court, plan: 'P-12', person: 'Brandt, Ilse', dueOn: '2026-12-10',
  amountDueCents: 5_000, pastDueCents: 0, ...facts,
})

let world: World
beforeEach(async () => {
  world = await openWorld()
  await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt' }])
})
afterEach(() => world.close())
const payments = () => world.reading().tx.select().from(scheduledPayments).orderBy(asc(scheduledPayments.dueOn))

describe('a scheduled payment (F6)', () => {
  it('is known by its case, plan and due date', async () => {
    await takeAll(world, [instalment(), instalment({ dueOn: '2027-01-10' }), instalment({ plan: 'P-13' })])
    expect(await payments()).toHaveLength(3)
    expect(await takeAll(world, [instalment()])).toMatchObject({ accepted: 0, unchanged: 1 })
  })

  it('takes what differs, and keeps its state where the record says none', async () => {
    await takeAll(world, [instalment({ status: 'paid' })])
    world.clock.passMinutes(5)
    expect(await takeAll(world, [instalment({ amountDueCents: 7_500, pastDueCents: 2_500 })]))
      .toMatchObject({ accepted: 1, changes: { added: 0 } })
    expect(await payments()).toMatchObject([{
      amountDueCents: 7_500, pastDueCents: 2_500, status: 'paid', recordedAt: new Date('2026-11-20T18:00:00Z'),
      lastActivityAt: new Date('2026-11-20T18:05:00Z'),
    }])
  })

  it('is due when nothing is said', async () => {
    await takeAll(world, [instalment()])
    expect(await payments()).toMatchObject([{ status: 'due', person: 'Brandt, Ilse' }])
  })

  it('is untaken when it is new or differs, but not as history or in a confidential case (I7, F8)', async () => {
    const areUntaken = async () => (await payments()).map(({ isUntaken }) => isUntaken)
    await takeAll(world, [instalment()])
    expect(await areUntaken()).toEqual([true])
    await world.work(({ tx }) => tx.update(scheduledPayments).set({ isUntaken: false }))
    await takeAll(world, [instalment()])
    expect(await areUntaken()).toEqual([false])
    for (const facts of [{ amountDueCents: 1 }, { pastDueCents: 1 }, { status: 'cancelled' }, { person: 'Brandt, I.' }] as const) {
      await world.work(({ tx }) => tx.update(scheduledPayments).set({ isUntaken: false }))
      await takeAll(world, [instalment(facts)])
      expect(await areUntaken()).toEqual([true])
    }
    await takeAll(world, [instalment(), instalment({ dueOn: '2027-01-10' })], { isQuiet: true })
    expect(await areUntaken()).toEqual([false, false])
    await takeAll(world, [instalment({ amountDueCents: 2 })])
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', security: 'confidential' }, instalment({ dueOn: '2027-02-10' })])
    expect(await areUntaken()).toEqual([false, false, false])
  })
})
