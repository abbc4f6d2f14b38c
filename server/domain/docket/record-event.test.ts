import { asc } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, digestRuns, docketChanges, messageContents, scheduledEvents } from '../../../db/schema.ts'
import type { EventRecord } from '../../contract/records.ts'
import { runEvening } from '../../evening/run-evening.ts'
import { putSubscription } from '../../testing/put-subscription.ts'
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
const events = () => world.reading().tx.select().from(scheduledEvents).orderBy(asc(scheduledEvents.id))

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

describe('a change of a scheduled event (F5)', () => {
  const changes = async () => (await world.reading().tx.select().from(docketChanges).orderBy(docketChanges.id))
    .map(({ kind, eventId, entryId, fields, isQuiet }) => ({ kind, eventId, entryId, fields, isQuiet }))
  const starts = async () => (await events()).map(({ startRecordedAt, isStartUntaken }) => ({ startRecordedAt, isStartUntaken }))
  const later = new Date('2026-11-20T18:05:00Z')
  const told = { kind: 'rescheduled', eventId: 1, entryId: null, isQuiet: false }

  it('stands in the one sequence of changes, and is neither counted by the feed nor activity on the docket', async () => {
    await takeAll(world, [hearing({ place: 'Courtroom 4E' })])
    const entry = { type: 'docketEntry', case: number, court, filedAt: '2026-11-20', description: 'Order entered' } as const
    await takeAll(world, [{ ...entry, id: 'e-1' }])
    world.clock.passMinutes(5)
    const report = await takeAll(world, [hearing({ startsAt: '2026-12-12T09:00:00-06:00', place: '', status: 'cancelled' })])
    expect(report).toEqual({ accepted: 1, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } })
    await takeAll(world, [hearing({ startsAt: '2026-12-12T09:00:00-06:00', place: 'Courtroom 2', status: 'scheduled' }), { ...entry, id: 'e-2' }])
    expect(await changes()).toMatchObject([
      { kind: 'added' },
      {
        ...told,
        fields: [
          { field: 'startsAt', from: '2026-12-11T15:00:00.000Z', to: '2026-12-12T15:00:00.000Z' },
          { field: 'place', from: 'Courtroom 4E', to: '' },
          { field: 'status', from: 'scheduled', to: 'cancelled' },
        ],
      },
      { ...told, fields: [{ field: 'place', from: '', to: 'Courtroom 2' }, { field: 'status', from: 'cancelled', to: 'scheduled' }] },
      { kind: 'added' },
    ])
  })

  it('leaves the last activity of its case', async () => {
    await takeAll(world, [hearing()])
    await takeAll(world, [hearing({ status: 'cancelled' })])
    expect(await world.reading().tx.select().from(cases)).toMatchObject([{ lastActivityAt: null }])
  })

  it('is none where only its end, its kind or its judge differ', async () => {
    await takeAll(world, [hearing()])
    expect(await takeAll(world, [hearing({ kind: 'Trial setting', judge: 'R. Osei', endsAt: '2026-12-11T10:00:00-06:00' })]))
      .toMatchObject({ accepted: 1 })
    expect(await changes()).toEqual([])
  })

  it('is quiet in history and in a confidential case', async () => {
    await takeAll(world, [hearing()])
    await takeAll(world, [hearing({ place: 'Courtroom 4E' })], { isQuiet: true })
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', security: 'confidential' }])
    await takeAll(world, [hearing({ place: 'Courtroom 2' })])
    expect(await changes()).toMatchObject([{ isQuiet: true }, { isQuiet: true }])
  })

  it('begins a start anew where the start is another, or stands again, and nowhere else', async () => {
    await takeAll(world, [hearing()])
    const first = { startRecordedAt: new Date('2026-11-20T18:00:00Z'), isStartUntaken: true }
    expect(await starts()).toEqual([first])
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ isStartUntaken: false }))
    world.clock.passMinutes(5)
    await takeAll(world, [hearing({ place: 'Courtroom 2' }), hearing({ status: 'cancelled' })])
    expect(await starts()).toEqual([{ ...first, isStartUntaken: false }])
    await takeAll(world, [hearing({ status: 'scheduled' })])
    expect(await starts()).toEqual([{ startRecordedAt: later, isStartUntaken: true }])
    await world.work(({ tx }) => tx.update(scheduledEvents).set({ isStartUntaken: false }))
    world.clock.passMinutes(5)
    await takeAll(world, [hearing({ startsAt: '2026-12-12T09:00:00-06:00' })])
    expect(await starts()).toEqual([{ startRecordedAt: new Date('2026-11-20T18:10:00Z'), isStartUntaken: true }])
  })

  it('owes nothing that fell due before it came where it came as history or into a confidential case (I7, F8)', async () => {
    await takeAll(world, [hearing(), hearing({ id: 'h-2' })])
    await takeAll(world, [hearing({ id: 'h-3' }), hearing({ id: 'h-2', startsAt: '2026-12-12T09:00:00-06:00' })], { isQuiet: true })
    expect((await events()).map(({ sourceId, isStartUntaken }) => [sourceId, isStartUntaken]).sort())
      .toEqual([['h-1', true], ['h-2', false], ['h-3', false]])
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', security: 'confidential' }, hearing({ id: 'h-4' })])
    await takeAll(world, [{ type: 'case', number, court, caption: 'State v. Ilse Brandt', security: 'public' }])
    expect((await events()).map(({ isStartUntaken }) => isStartUntaken)).toEqual([false, false, false, false])
  })
})

describe('an event that is sealed by itself (A9)', () => {
  const sealed = hearing({ security: 'confidential' })

  it('keeps from being told what no run has taken, and tells nothing of what changes meanwhile', async () => {
    await takeAll(world, [hearing(), hearing({ place: 'Courtroom 2' })])
    await takeAll(world, [{ ...sealed, place: 'Courtroom 3' }, { ...sealed, startsAt: '2026-12-12T09:00:00-06:00' }])
    expect(await world.reading().tx.select().from(docketChanges).orderBy(asc(docketChanges.id))).toMatchObject([
      { kind: 'rescheduled', isQuiet: true }, { kind: 'rescheduled', isQuiet: true },
    ])
    expect(await events()).toMatchObject([{ security: 'confidential', isStartUntaken: false }])
  })

  it('begins its start anew when it is public again', async () => {
    await takeAll(world, [sealed])
    expect(await events()).toMatchObject([{ isStartUntaken: false }])
    world.clock.passMinutes(5)
    await takeAll(world, [hearing({ security: 'public', place: 'Courtroom 2' })])
    expect(await events()).toMatchObject([{ isStartUntaken: true, startRecordedAt: new Date('2026-11-20T18:05:00Z') }])
    expect(await world.reading().tx.$count(docketChanges)).toBe(0)
  })

  it('tells once it is public again in what it differs from what was public before, and nothing of what it was meanwhile (F5)', async () => {
    await takeAll(world, [hearing({ place: 'Courtroom 1' }), hearing({ place: 'Courtroom 2' })])
    await takeAll(world, [sealed, { ...sealed, startsAt: '2026-12-14T09:00:00-06:00', place: 'Chambers' }])
    await takeAll(world, [hearing({ security: 'public', startsAt: '2026-12-12T09:00:00-06:00', status: 'cancelled', place: 'Courtroom 2' })])
    const untaken = (await world.reading().tx.select().from(docketChanges)).filter(({ isQuiet }) => !isQuiet)
    expect(untaken).toMatchObject([{
      kind: 'rescheduled', eventId: 1, fields: [
        { field: 'startsAt', from: '2026-12-11T15:00:00.000Z', to: '2026-12-12T15:00:00.000Z' },
        // That it had moved to this place no run had told.
        { field: 'place', from: 'Courtroom 1', to: 'Courtroom 2' },
        { field: 'status', from: 'scheduled', to: 'cancelled' },
      ],
    }])
  })

  it('tells nothing once it is public again as it was', async () => {
    await takeAll(world, [hearing(), sealed, { ...sealed, place: 'Chambers' }, hearing({ security: 'public', place: '' })])
    expect((await world.reading().tx.select().from(docketChanges)).filter(({ isQuiet }) => !isQuiet)).toEqual([])
  })

  it('takes back a text that told it and has not left', async () => {
    await takeAll(world, [hearing()])
    await world.work(async ({ tx, now }) => {
      const [run] = await tx.insert(digestRuns).values({
        day: '2026-11-20', startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
      }).returning()
      await tx.insert(messageContents).values({
        runId: run?.id ?? 0, caseId: 1, variant: 'event:1/2026-12-11T15:00:00.000Z', payload: { kind: 'text' }, createdAt: now,
      })
    })
    await takeAll(world, [sealed])
    expect(await world.reading().tx.select().from(messageContents)).toMatchObject([{ withdrawnAt: new Date('2026-11-20T18:00:00Z') }])
  })
})

describe('a text of a hearing that waits for the sending hours (F7)', () => {
  const evening = () => runEvening(world.workplace, world.site, { mayBeFuture: false })
  const soon = '2026-11-22T09:00:00-06:00'
  const texts = async () => (await world.rows("select m.state, c.withdrawn_at, c.payload from outbox_messages m join message_contents c on c.id = m.content_id where m.kind = 'text' order by m.id"))
    .map((row) => `${row['withdrawn_at'] === null ? 'may leave' : 'withdrawn'}: ${JSON.stringify(row['payload'])}`)
  beforeEach(async () => {
    await world.work((work) => putSubscription(work, 1, { email: 'kit@example.org', phone: '+15735550123', emailState: 'stopped', eventTwoDays: true }))
    await takeAll(world, [hearing({ startsAt: soon })])
    // Ten in the evening.
    world.clock.passMinutes(10 * 60)
    await evening()
    world.clock.passMinutes(60)
  })

  it('does not leave when the hearing was moved meanwhile: the next evening tells where to', async () => {
    expect(await texts()).toEqual([expect.stringMatching(/^may leave: .*9:00/) as string])
    await takeAll(world, [hearing({ startsAt: '2026-11-22T11:00:00-06:00' })])
    world.clock.passMinutes(20 * 60)
    await evening()
    expect(await texts()).toEqual([expect.stringMatching(/^withdrawn/) as string, expect.stringMatching(/^may leave: .*moved to .*11:00/) as string])
  })

  it('does not leave when it was cancelled, and is owed anew when it was moved back', async () => {
    await takeAll(world, [hearing({ startsAt: soon, status: 'cancelled' })])
    expect(await texts()).toEqual([expect.stringMatching(/^withdrawn/) as string])
    await takeAll(world, [hearing({ startsAt: soon, status: 'scheduled' })])
    world.clock.passMinutes(20 * 60)
    await evening()
    expect((await texts()).at(-1)).toMatch(/^may leave: .*9:00/)
  })
})
