import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putCase, putEvent, putPayment } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { listEvents } from './list-events.ts'
import { listParties } from './list-parties.ts'
import { listPayments } from './list-payments.ts'

let world: World
let caseId: number
beforeEach(async () => {
  world = await openWorld()
  caseId = await world.work((work) => putCase(work, {
    number: '26-1', parties: [{ name: 'Zeller, Otto', role: 'Plaintiff', attorney: 'Ada Marsh' }, { name: 'Bell, Una', role: 'Defendant' }],
  }))
})
afterEach(() => world.close())

const name = { number: '26-1' }

describe('the tabs of a case', () => {
  it('list parties in the order of the record', async () => {
    expect(await listParties(world.reading(), name)).toEqual([
      { name: 'Zeller, Otto', role: 'Plaintiff', attorney: 'Ada Marsh' }, { name: 'Bell, Una', role: 'Defendant', attorney: null },
    ])
  })

  it('list events by start, cancelled ones marked and sealed ones left out', async () => {
    await world.work(async (work) => {
      await putEvent(work, caseId, { startsAt: new Date('2026-12-03T15:00:00Z'), kind: 'Trial', endsAt: new Date('2026-12-03T17:00:00Z') })
      await putEvent(work, caseId, { startsAt: new Date('2026-12-02T15:00:00Z'), kind: 'Hearing', status: 'cancelled' })
      await putEvent(work, caseId, { startsAt: new Date('2026-12-01T15:00:00Z'), security: 'confidential' })
    })
    expect(await listEvents(world.reading(), name)).toMatchObject([
      { kind: 'Hearing', status: 'cancelled', endsAt: null },
      { kind: 'Trial', status: 'scheduled', endsAt: new Date('2026-12-03T17:00:00Z') },
    ])
  })

  it('list payments by due day', async () => {
    await world.work(async (work) => {
      await putPayment(work, caseId, { dueOn: '2026-12-10', amountDueCents: 5_050 })
      await putPayment(work, caseId, { dueOn: '2026-11-10', status: 'paid', pastDueCents: 1 })
    })
    expect(await listPayments(world.reading(), name)).toEqual([
      { plan: 'P-1', person: 'Lowell, Ada', dueOn: '2026-11-10', amountDueCents: 5_000, pastDueCents: 1, status: 'paid' },
      { plan: 'P-1', person: 'Lowell, Ada', dueOn: '2026-12-10', amountDueCents: 5_050, pastDueCents: 0, status: 'due' },
    ])
  })

  it('are refused, all alike, for a case that is not public', async () => {
    await world.work((work) => putCase(work, { number: '26-SECRET', security: 'confidential', parties: [{ name: 'Hidden, Una' }] }))
    for (const number of ['26-SECRET', '26-NONE']) {
      for (const list of [listParties, listEvents, listPayments]) {
        await expect(list(world.reading(), { number })).rejects.toMatchObject({ code: 'caseNotFound', message: 'No case with this number was found.' })
      }
    }
  })
})
