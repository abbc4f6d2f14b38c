import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docketChanges, subscribers, trackingRequests } from '../../../db/schema.ts'
import { caseSearch } from '../../contract/case-search.ts'
import { putCase, putCourt, putEntry, putEvent, putPayment } from '../../testing/put-case.ts'
import { track } from '../../testing/visitor.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { describeConfirmLink, describeStopLink } from '../links/describe-link.ts'
import { signLink } from '../links/link-token.ts'
import { describeReport, requestReport } from '../tracking/tracking-report.ts'
import { findCase } from './find-case.ts'
import { getTrackableCase } from './get-trackable-case.ts'
import { listCourts } from './list-courts.ts'
import { listDocket } from './list-docket.ts'
import { listEvents } from './list-events.ts'
import { listParties } from './list-parties.ts'
import { listPayments } from './list-payments.ts'
import { searchCases } from './search-cases.ts'

// An escape that steers a terminal, one control of the second range, and marks that turn the direction of writing.
const hostile = (words: string): string => `${words.slice(0, 2)}\u001b\u009b\u202e\u2066\u200f\u061c${words.slice(2)}`
const kept = hostile('26BA-CV00066')
const name = { number: '26BA-CV00066' }
const keys = ['k'.repeat(32)]
const email = 'pat@example.com'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await world.work(async (work) => {
    await putCourt(work, { code: 'EAST', name: hostile('East Court'), shortName: hostile('East') })
    await putCourt(work, { code: 'WEST', name: hostile('West Court') })
    await putCourt(work, { code: 'OUT', name: hostile('Harbor Court'), isTakingPart: false })
    const id = await putCase(work, {
      number: kept, court: 'EAST', caption: hostile('Harbor v. Lowell'), caseType: hostile('QQ'), judge: hostile('R. Quill'),
      parties: [{ name: hostile('Zeller, Otto'), role: hostile('Plaintiff'), attorney: hostile('Ada Marsh\n1 Elm Street') }],
    })
    const { entryId } = await putEntry(work, id, {
      entryNumber: hostile('7a'), code: hostile('MOT'), description: hostile('Motion filed'), text: hostile('Line one\n\tline two'),
    })
    await work.tx.insert(docketChanges).values({
      caseId: id, entryId, kind: 'updated', recordedAt: work.now, isQuiet: false,
      fields: [{ field: 'description', from: hostile('Motoin filed'), to: hostile('Motion filed') }],
    })
    await putEvent(work, id, {
      startsAt: new Date('2026-12-01T15:00:00Z'), kind: hostile('Trial'), place: hostile('Room 2'), judge: hostile('R. Quill'),
    })
    await putPayment(work, id, { dueOn: '2026-12-10', plan: hostile('P-2'), person: hostile('Lowell, Ada') })
    await putCase(work, { number: hostile('26-TWICE'), court: 'EAST' })
    await putCase(work, { number: hostile('26-TWICE'), court: 'WEST' })
    await putCase(work, { number: hostile('26-OUT'), court: 'OUT' })
  })
})
afterAll(() => world.close())

const reading = () => world.reading()
const court = { code: 'EAST', name: 'East Court', shortName: 'East', timeZone: 'America/Chicago' }

/** What is shown, when nothing in it steers; the whole answer is looked through, whatever fields it has. */
async function shown<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'string') expect(value).not.toMatch(/[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u)
    return value
  })
  return answer
}

describe('S11: text of a court that steers who shows it (H3)', () => {
  it('is not on the page of a case', async () => {
    expect(await shown(findCase(reading(), world.profile, name))).toMatchObject({
      case: {
        ...name, court, caption: 'Harbor v. Lowell', caseType: 'QQ', caseTypeName: 'QQ', judge: 'R. Quill',
        nextEvent: { kind: 'Trial', place: 'Room 2', judge: 'R. Quill' },
      },
    })
  })

  it('is not in the choice between courts', async () => {
    expect(await shown(findCase(reading(), world.profile, { number: '26-TWICE' }))).toMatchObject({
      kind: 'choice', number: '26-TWICE', cases: [{ number: '26-TWICE', court }, { court: { name: 'West Court' } }],
    })
  })

  it('is not in why a case cannot be tracked', async () => {
    const sentence = 'Harbor Court does not take part in Track This Case, so its cases cannot be tracked.'
    expect(await shown(findCase(reading(), world.profile, { number: '26-OUT' }))).toMatchObject({ case: { untrackable: sentence } })
    await expect(getTrackableCase(reading(), world.profile, { number: '26-OUT' })).rejects.toThrow(sentence)
  })

  it('is not on the tabs', async () => {
    expect(await shown(listParties(reading(), name))).toEqual([
      { name: 'Zeller, Otto', role: 'Plaintiff', attorney: 'Ada Marsh\n1 Elm Street' },
    ])
    expect(await shown(listEvents(reading(), name))).toMatchObject([{ kind: 'Trial', place: 'Room 2', judge: 'R. Quill' }])
    expect(await shown(listPayments(reading(), name))).toMatchObject([{ plan: 'P-2', person: 'Lowell, Ada' }])
    expect(await shown(listDocket(reading(), world.profile, { ...name, order: 'newest', page: 1 }))).toMatchObject({
      entries: [{
        entryNumber: '7a', code: 'MOT', description: 'Motion filed', text: 'Line one\n\tline two',
        corrections: [{ field: 'description', from: 'Motoin filed', to: 'Motion filed' }],
      }],
    })
  })

  it('is not among the results of a search', async () => {
    expect(await shown(searchCases(reading(), world.profile, caseSearch.parse({ q: name.number })))).toMatchObject({
      cases: [{ ...name, court, caption: 'Harbor v. Lowell', caseTypeName: 'QQ' }], exact: name,
    })
    // Where the mark stands the name parts into two words.
    expect(await shown(searchCases(reading(), world.profile, caseSearch.parse({ q: 'ller' })))).toMatchObject({
      cases: [{ matchedName: 'Zeller, Otto' }],
    })
  })

  it('is not in the list of courts', async () => {
    const { circuits } = await shown(listCourts(reading(), world.profile))
    const brought = circuits.at(-1)?.courts.filter(({ code }) => ['EAST', 'WEST'].includes(code))
    expect(brought).toMatchObject([{ name: 'East Court', shortName: 'East' }, { name: 'West Court' }])
  })

  it('is not behind the links of mail', async () => {
    const { id } = await track(world, email, name.number)
    const [request] = await reading().tx.select({ id: trackingRequests.id }).from(trackingRequests)
    const [subscriber] = await reading().tx.select({ id: subscribers.id }).from(subscribers)
    const confirm = signLink(keys, 'confirm', { id: request?.id ?? 0, version: 1 })
    expect(await shown(describeConfirmLink(reading(), world.site, keys, confirm))).toMatchObject({ kind: 'confirm', requests: [{ caseNumber: name.number }] })
    const confirmAll = signLink(keys, 'confirmAll', { id: subscriber?.id ?? 0, version: request?.id ?? 0 })
    expect(await shown(describeConfirmLink(reading(), world.site, keys, confirmAll))).toMatchObject({ kind: 'confirm', requests: [{ caseNumber: name.number }] })
    const stop = signLink(keys, 'stop', { id, version: 1 })
    expect(await shown(describeStopLink(reading(), keys, stop))).toEqual({ kind: 'stop', caseNumber: name.number })
    await world.work((work) => requestReport(work, world.site, email))
    expect(await shown(describeReport(reading(), world.site, keys, signLink(keys, 'report', { id: 1, version: 1 })))).toMatchObject({
      kind: 'report', cases: [{ caseNumber: name.number, caption: 'Harbor v. Lowell' }],
    })
  })
})
