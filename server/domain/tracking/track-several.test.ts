import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, outboxMessages, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { accountAddressInvalid, accountWithoutAddress } from '../../contract/wording.ts'
import type { CaseLine } from '../../contract/several-view.ts'
import { aContext, callerIn } from '../../testing/a-context.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { putCase, putCourt, putEntry } from '../../testing/put-case.ts'
import { takeAll } from '../../testing/take-all.ts'
import { watchQueries } from '../../testing/query-plans.ts'
import { track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { stopTracking } from './stop-tracking.ts'
import { pauseTracking } from './pause-tracking.ts'

let world: World
let mine: number
beforeEach(async () => {
  world = await openWorld()
  mine = await putTestAccount(world, 'pat@example.com')
  await world.work(async (work) => {
    await putCourt(work, { code: 'APART', name: 'Apart Court', isTakingPart: false })
    for (const number of ['26-1', '26-2', '26-3']) await putCase(work, { number })
    await putCase(work, { number: '26-TWIN', caption: 'Twin v. Boone' })
    await putCase(work, { number: '26-TWIN', court: '19-COLE' })
    await putCase(work, { number: '26-APART', court: 'APART' })
    await putCase(work, { number: '26-HIDDEN', security: 'confidential' })
  })
})
afterEach(() => world.close())

const line = (number: string, court: string | null = null): CaseLine => ({ number, court })
const none = { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
const several = (accountId = mine) => callerIn(aContext(world, { accountId })).myCases.several
const allSubscriptions = () => world.reading().tx.select().from(subscriptions).orderBy(subscriptions.id)

describe('several cases at once (G6)', () => {
  it('are tracked from their next change on, each line answered', async () => {
    await track(world, 'pat@example.com', '26-2')
    const { changeId } = await world.work(async (work) => putEntry(work, 1))
    const lines = [
      line('26-1'), line(' 26 2'), line('26-3', 'boone county'), line('26-TWIN'), line('26-twin', '19-cole'), line('26-HIDDEN'), line('26-NONE'),
      line('26-APART'), line('26-1', 'Nowhere'), line('26-1', '13-BOONE'), line(''),
    ]
    const before = (await world.reading().tx.select().from(outboxMessages)).length
    expect(await several().track({ lines, options: { ...none, eventTwoDays: true } })).toEqual([
      'now', 'already', 'now', 'wrong', 'now', 'wrong', 'wrong', 'wrong', 'wrong', 'repeated', 'wrong',
    ])
    expect((await allSubscriptions()).map(({ caseId, emailState, textState, eventTwoDays, emailActiveAfter }) => [caseId, emailState, textState, eventTwoDays, emailActiveAfter])).toEqual([
      [2, 'active', 'none', false, 0], [1, 'active', 'none', true, changeId], [3, 'active', 'none', true, changeId], [5, 'active', 'none', true, changeId],
    ])
    expect((await world.reading().tx.select().from(outboxMessages)).length, 'no e-mail').toBe(before)
    // H6: what was asked for is kept, and that it was confirmed.
    expect((await world.reading().tx.select().from(trackingRequests)).every(({ confirmedAt }) => confirmedAt !== null)).toBe(true)
    expect(await several().track({ lines: lines.slice(0, 3), options: none })).toEqual(['already', 'already', 'already'])
    expect((await allSubscriptions()).filter(({ eventTwoDays }) => eventTwoDays)).toHaveLength(3)
  })

  it('say of each line what it means, and of a confidential case what they say of none (A6)', async () => {
    await track(world, 'pat@example.com', '26-1')
    const [tracked, twin, hidden, absent, apart, unknown, again] = await several().look({
      lines: [line('26-1'), line('26-TWIN'), line('26-HIDDEN'), line('26-NONE'), line('26-APART'), line('26-2', '?'), line('26 1')],
    })
    expect(tracked).toMatchObject({ kind: 'case', isTracked: true, case: { number: '26-1', caption: 'Harbor v. Lowell', needsCourt: false } })
    expect(twin).toMatchObject({ kind: 'severalCourts', courts: [{ code: '13-BOONE' }, { code: '19-COLE' }] })
    expect(hidden).toEqual({ kind: 'notFound' })
    expect(absent).toEqual({ kind: 'notFound' })
    expect(apart).toMatchObject({ kind: 'untrackable', sentence: 'Apart Court does not take part in Track This Case, so its cases cannot be tracked.' })
    expect(unknown).toEqual({ kind: 'courtUnknown' })
    expect(again).toEqual({ kind: 'repeated', line: 1 })
  })

  it('lead from a number that a case had before to the case (A9)', async () => {
    const named = (number: string, more = {}) => ({ type: 'case' as const, number, court: '13-BOONE', caption: 'Marsh v. Quill', ...more })
    await takeAll(world, [named('25-9'), named('26-9', { formerNumber: '25-9' })])
    expect(await several().look({ lines: [line('25-9'), line('26-9')] })).toMatchObject([{ kind: 'case', case: { number: '26-9' } }, { kind: 'repeated', line: 1 }])
  })

  it('begin anew with new links where they were stopped, and end a pause (E1, G4)', async () => {
    const stoppedOne = await track(world, 'pat@example.com', '26-1')
    const pausedOne = await track(world, 'pat@example.com', '26-2')
    await world.work((work) => stopTracking(work, stoppedOne.id, 'emailAndText'))
    await world.work((work) => pauseTracking(work, [pausedOne.id], { because: 'asked', until: null }))
    expect(await several().track({ lines: [line('26-1'), line('26-2')], options: none })).toEqual(['now', 'already'])
    expect((await allSubscriptions()).map(({ emailState, linkVersion, stoppedAt, pausedAt }) => [emailState, linkVersion, stoppedAt, pausedAt])).toEqual([
      ['active', stoppedOne.linkVersion + 1, null, null], ['active', pausedOne.linkVersion, null, null],
    ])
  })

  it('are refused to an account whose address takes no mail, in the words of D4 and D5', async () => {
    const registered = await putTestAccount(world, 'sam@example.com', { kind: 'registered' })
    await world.work(({ tx }) => tx.update(subscribers).set({ suppressedAt: world.clock.now(), suppressedBecause: 'bounced' }))
    const asked = (accountId: number) => several(accountId).track({ lines: [line('26-1')], options: none })
    await expect(asked(mine)).rejects.toThrow(accountWithoutAddress(world.profile.helpDesk))
    await expect(asked(registered)).rejects.toThrow(accountAddressInvalid)
    expect(await allSubscriptions()).toEqual([])
  })

  it('are looked up together: 500 lines take few queries, and some tens of cases a transaction', async () => {
    await world.work(async (work) => {
      for (let nth = 0; nth < 500; nth += 1) await putCase(work, { number: `26-MANY${nth}` })
    })
    const lines = Array.from({ length: 500 }, (_, nth) => line(`26-many${nth}`))
    let outcomes: readonly string[] = []
    const queries = await watchQueries(async () => {
      outcomes = await several().track({ lines, options: none })
    })
    expect(outcomes.filter((outcome) => outcome === 'now')).toHaveLength(500)
    expect(await world.reading().tx.$count(subscriptions)).toBe(500)
    expect(queries.length).toBeLessThan(150)
    await expect(several().track({ lines: [...lines, line('26-1')], options: none })).rejects.toThrow()
  })

  it('belong to the account that asked, and to no other', async () => {
    const other = await putTestAccount(world, 'sam@example.com')
    await several().track({ lines: [line('26-1')], options: none })
    expect(await several(other).look({ lines: [line('26-1')] })).toMatchObject([{ isTracked: false }])
    await world.work(({ tx }) => tx.update(cases).set({ security: 'confidential' }).where(eq(cases.number, '26-1')))
    expect(await several().look({ lines: [line('26-1')] })).toEqual([{ kind: 'notFound' }])
  })
})
