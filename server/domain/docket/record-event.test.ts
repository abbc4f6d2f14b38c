import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { docketChanges, scheduledEvents } from '../../../db/schema.ts'
import type { EventRecord } from '../../contract/records.ts'
import { takeAll } from '../../testing/take-all.ts'
import { openWorld, type World } from '../../testing/world.ts'

const number = '25BE-CR00311'
const court = '13-BOONE'
const hearing = (facts: Partial<EventRecord> = {}): EventRecord =>
  ({ type: 'event', case: number, court, id: 'h-1', startsAt: '2026-12-11T09:00:00-06:00', kind: 'Plea or trial setting', ...facts })

let world: World
beforeEach(async () => {
  world = await openWorld()
  await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt' }])
})
afterEach(() => world.close())
const events = () => world.reading().tx.select().from(scheduledEvents)

describe('a scheduled event', () => {
  it('is kept with what the record says and nothing else, and is no docket change (F1)', async () => {
    expect(await takeAll(world, [hearing()])).toEqual({
      accepted: 1, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 },
    })
    expect(await events()).toMatchObject([{
      sourceId: 'h-1', startsAt: new Date('2026-12-11T15:00:00Z'), endsAt: null, kind: 'Plea or trial setting', place: null, judge: null,
      status: 'scheduled', security: 'public', sequence: 0,
    }])
    expect(await world.reading().tx.$count(docketChanges)).toBe(0)
  })

  it('counts each difference in its sequence', async () => {
    await takeAll(world, [hearing({ place: 'Courtroom 4E', endsAt: '2026-12-11T10:00:00-06:00' })])
    world.clock.passMinutes(5)
    expect(await takeAll(world, [hearing({ startsAt: '2026-12-12T09:00:00-06:00' })])).toMatchObject({ accepted: 1 })
    expect(await events()).toMatchObject([{
      sequence: 1, startsAt: new Date('2026-12-12T15:00:00Z'), place: 'Courtroom 4E', endsAt: new Date('2026-12-11T16:00:00Z'),
      recordedAt: new Date('2026-11-20T18:00:00Z'), lastActivityAt: new Date('2026-11-20T18:05:00Z'),
    }])
    await takeAll(world, [
      hearing({
        startsAt: '2026-12-12T09:00:00-06:00', endsAt: null, place: '', judge: 'R. Osei', status: 'cancelled', security: 'confidential',
      }),
    ])
    expect(await events()).toMatchObject([
      { sequence: 2, endsAt: null, place: null, judge: 'R. Osei', status: 'cancelled', security: 'confidential' },
    ])
  })

  it('is unchanged when only the writing of its instant differs, or a record leaves out what is known', async () => {
    await takeAll(world, [hearing({ judge: 'R. Osei', status: 'cancelled' })])
    expect(await takeAll(world, [hearing({ startsAt: '2026-12-11T15:00:00Z' })])).toMatchObject({ accepted: 0, unchanged: 1 })
    expect(await events()).toMatchObject([{ sequence: 0, judge: 'R. Osei', status: 'cancelled' }])
  })

  it('is refused when its case is unknown', async () => {
    expect((await takeAll(world, [hearing({ case: '25BE-CR99999' })])).rejected).toHaveLength(1)
  })
})
