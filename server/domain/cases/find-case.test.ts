import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putCase, putCourt, putEntry, putEvent, putPayment } from '../../testing/put-case.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { findCase } from './find-case.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-11-20T12:00:00-06:00')
})
afterEach(() => world.close())

const find = (number: string, court?: string) => findCase(world.reading(), world.profile, { number, court })

async function view(number: string, court?: string) {
  const answer = await find(number, court)
  if (answer?.kind !== 'case') throw new Error('No case was found.')
  return answer.case
}

describe('the page of a case', () => {
  it('says what is known of it, however its number is written', async () => {
    await world.work((work) => putCase(work, {
      number: '26BA-CV00017', caption: 'Harbor v. Lowell', judge: 'R. Quill', status: 'closed', caseType: 'XX',
    }))
    expect(await view('26ba cv00017')).toEqual({
      number: '26BA-CV00017', caption: 'Harbor v. Lowell', caseType: 'XX', caseTypeName: 'XX', filedOn: '2026-08-14', status: 'closed',
      judge: 'R. Quill', lastActivityAt: null, counts: { entries: 0, parties: 0, events: 0, payments: 0 }, nextEvent: null,
      untrackable: null, needsCourt: false,
      court: { code: '13-BOONE', name: '13th Judicial Circuit, Boone County', shortName: 'Boone County', timeZone: 'America/Chicago' },
    })
  })

  it('counts what its tabs show, and nothing sealed', async () => {
    await world.work(async (work) => {
      const id = await putCase(work, { number: '26-1', parties: [{ name: 'Harbor, Otto' }, { name: 'Lowell, Ada' }] })
      await putEntry(work, id)
      await putEntry(work, id, { status: 'voided' })
      await putEntry(work, id, { security: 'confidential' })
      await putEvent(work, id, { startsAt: new Date('2026-11-01T15:00:00Z'), status: 'cancelled' })
      await putEvent(work, id, { startsAt: new Date('2026-11-02T15:00:00Z'), security: 'confidential' })
      await putPayment(work, id, { dueOn: '2026-12-01', status: 'paid' })
      await putEntry(work, await putCase(work, { number: '26-2' }))
    })
    const { counts, lastActivityAt } = await view('26-1')
    expect(counts).toEqual({ entries: 2, parties: 2, events: 1, payments: 1 })
    expect(lastActivityAt).toEqual(new Date('2026-11-20T18:00:00Z'))
  })

  it('brings as many of the newest entries as are asked for, and nothing sealed', async () => {
    await world.work(async (work) => {
      const id = await putCase(work, { number: '26-1' })
      await putEntry(work, id, { filedOn: '2026-11-01', description: 'first' })
      await putEntry(work, id, { filedOn: '2026-11-03', description: 'third' })
      await putEntry(work, id, { filedOn: '2026-11-02', description: 'second', status: 'voided' })
      await putEntry(work, id, { filedOn: '2026-11-04', description: 'hidden', security: 'confidential' })
    })
    const newest = async (amount?: number) => {
      const answer = await findCase(world.reading(), world.profile, { number: '26-1', newest: amount })
      return answer?.kind === 'case' ? answer.newestEntries.map(({ description }) => description) : null
    }
    expect(await newest(2)).toEqual(['third', 'second'])
    expect(await newest(10)).toEqual(['third', 'second', 'first'])
    expect(await newest()).toEqual([])
  })

  it('names the next event that stands, from this very moment on', async () => {
    await world.work(async (work) => {
      const id = await putCase(work, { number: '26-1' })
      await putEvent(work, id, { startsAt: new Date('2026-11-20T17:59:59Z'), kind: 'Past' })
      await putEvent(work, id, { startsAt: new Date('2026-11-21T15:00:00Z'), kind: 'Cancelled', status: 'cancelled' })
      await putEvent(work, id, { startsAt: new Date('2026-11-21T15:00:00Z'), kind: 'Sealed', security: 'confidential' })
      await putEvent(work, id, { startsAt: new Date('2026-12-03T15:00:00Z'), kind: 'Trial' })
      await putEvent(work, id, { startsAt: new Date('2026-11-24T15:00:00Z'), kind: 'Hearing', place: 'Courtroom 2' })
    })
    expect((await view('26-1')).nextEvent).toMatchObject({ kind: 'Hearing', place: 'Courtroom 2', endsAt: null, status: 'scheduled' })
    world.clock.set('2026-12-03T15:00:00Z')
    expect((await view('26-1')).nextEvent).toMatchObject({ kind: 'Trial' })
    world.clock.set('2026-12-03T15:00:01Z')
    expect((await view('26-1')).nextEvent).toBeNull()
  })

  it('says why it cannot be tracked', async () => {
    await world.work(async (work) => {
      await putCourt(work, { code: 'OUT', name: 'Harbor Municipal Court', isTakingPart: false })
      await putCase(work, { number: '26-OUT', court: 'OUT', caseType: 'AD' })
      await putCase(work, { number: '26-AD', caseType: 'AD' })
    })
    expect((await view('26-OUT')).untrackable)
      .toBe('Harbor Municipal Court does not take part in Track This Case, so its cases cannot be tracked.')
    expect((await view('26-AD')).untrackable).toBe('Adoption records are closed to the public by law.')
  })
})

describe('a number of several courts', () => {
  beforeEach(() => world.work(async (work) => {
    for (const code of ['A', 'B', 'C']) await putCourt(work, { code })
    await putCase(work, { number: '26-7', court: 'B', caption: 'In B' })
    await putCase(work, { number: '26-7', court: 'A', caption: 'In A' })
    await putCase(work, { number: '26-7', court: 'C', security: 'confidential' })
  }))

  it('leads to a choice of the public ones', async () => {
    expect(await find('267')).toMatchObject({
      kind: 'choice', number: '26-7', cases: [{ caption: 'In A', needsCourt: true }, { caption: 'In B', needsCourt: true }],
    })
  })

  it('is one case where the court is named', async () => {
    expect(await view('26-7', 'A')).toMatchObject({ caption: 'In A', needsCourt: true })
    expect(await find('26-7', 'C')).toBeUndefined()
    expect(await find('26-7', '13-BOONE')).toBeUndefined()
  })

  it('offers them all however many they are', async () => {
    await world.work(async (work) => {
      for (let at = 0; at < 25; at++) {
        await putCourt(work, { code: `X${at}` })
        await putCase(work, { number: '26-8', court: `X${at}` })
      }
    })
    const answer = await find('26-8')
    expect(answer?.kind === 'choice' ? answer.cases.length : 0).toBe(25)
  })
})

describe('a confidential case', () => {
  it('is found no more than one that does not exist', async () => {
    await world.work((work) => putCase(work, { number: '26-SECRET', security: 'confidential' }))
    expect(await find('26-SECRET')).toBeUndefined()
    expect(await find('26-SECRET', '13-BOONE')).toBeUndefined()
    expect(await find('26-NONE')).toBeUndefined()
    expect(await find('')).toBeUndefined()
  })
})
