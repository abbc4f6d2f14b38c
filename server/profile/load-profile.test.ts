import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadProfile, parseProfile } from './load-profile.ts'

const folder = mkdtempSync(join(tmpdir(), 'court-profile-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string): string {
  const path = join(folder, 'court.json')
  writeFileSync(path, content)
  return path
}

const court = {
  code: 'N',
  name: 'Northern District Court',
  shortName: 'Northern District',
  circuit: '1',
  counties: ['Harlow'],
  isTakingPart: true,
  takingPartSince: '2026-02-28',
}

/** The least that a court has to say; the rest takes its defaults. */
const small = {
  name: 'Courts of Arden',
  state: 'Arden',
  serviceName: 'Docket Watch',
  legalAuthority: 'Clerk of Courts, under chapter 12',
  timeZone: 'America/Denver',
  helpDesk: { name: 'Clerk', email: 'clerk@courts.example', phone: '555-010-0199', hours: '9 a.m. to 4 p.m.' },
  sender: { name: 'Docket Watch', email: 'watch@courts.example' },
  textSender: { name: 'Docket Watch' },
  carriers: [{ code: 'plain', name: 'Plain Mobile', gatewayDomain: 'text.plain.example', gatewayEndsOn: null }],
  circuits: [{ code: '1', name: 'First Circuit', number: 1 }],
  courts: [court],
  caseTypes: [{ code: 'CV', name: 'Civil', isExcluded: false }],
  docketCodes: [{ code: 'ORD', title: 'Order', explanation: 'The judge ordered something.' }],
}

/** The sentences with which a profile is refused; empty when it is taken. */
function refusals(value: unknown): string[] {
  try {
    parseProfile(value)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n- ').slice(1) : ['not an Error']
  }
}

describe('parseProfile', () => {
  it('fills what may be left out with the defaults that the rules name', () => {
    expect(parseProfile(small)).toMatchObject({
      leadDays: { events: [10, 2], payments: [2] },
      digest: { hour: 19, days: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
      sendingHours: { from: '08:00', to: '21:00' },
      serviceHours: null,
      limits: { unconfirmedPerHour: 3, casePerHour: 200 },
      policy: { whoMayTrack: 'anyone', noticeDetail: 'full', schedulingChanges: 'told', texts: 'on', captchaForAccounts: true },
    })
  })

  it('names every wrong value at once, also across fields', () => {
    const sentences = refusals({
      ...small,
      timeZone: 'America/Nowhere',
      helpDesk: { ...small.helpDesk, email: 'clerk at courts', fax: 'none' },
      carriers: [{ code: 'two words', name: '', gatewayDomain: null, gatewayEndsOn: '2026-01-01' }],
      courts: [court, { ...court, takingPartSince: '2026-02-30' }, { ...court, code: 'S', circuit: '9', isTakingPart: 'yes' }],
      leadDays: { events: [2, 10], payments: [0.5] },
      digest: { hour: 24, days: [] },
      policy: { texts: 'maybe' },
      limits: { clientPerHour: 0 },
      colour: 'blue',
    })
    expect(sentences.sort()).toEqual([
      'carriers[0].code must be letters and digits, with ".", "_" or "-" between them.',
      'carriers[0].gatewayEndsOn must be null where there is no gatewayDomain.',
      'carriers[0].name must be one line of text and not empty.',
      'colour is not a field of a court profile.',
      'courts[1].code repeats "N", which another row has.',
      'courts[1].takingPartSince must be a day like "2026-08-14".',
      'courts[2].circuit names circuit "9", which circuits does not list.',
      'courts[2].isTakingPart must be true or false.',
      'digest.days must have 1 or more values.',
      'digest.hour must be 23 or less.',
      'helpDesk.email must be an e-mail address.',
      'helpDesk.fax is not a field of a court profile.',
      'leadDays.events must name the longer time first.',
      'leadDays.payments[0] must be 1 or more.',
      'leadDays.payments[0] must be a whole number.',
      'limits.clientPerHour must be 1 or more.',
      'policy.texts must be "on" or "off".',
      'timeZone must be a time zone of the IANA list, like "America/Chicago".',
    ])
  })

  it('names every missing field of an empty profile', () => {
    expect(refusals({})).toHaveLength(13)
    expect(refusals({})).toContain('helpDesk is missing.')
  })

  it.each([null, 'Missouri', 7, []])('refuses %j as a whole', (value) => {
    expect(refusals(value)).toEqual(['The whole must be an object.'])
  })

  it.each(['carriers', 'circuits', 'courts', 'caseTypes', 'docketCodes'] as const)('refuses a code that %s has twice', (list) => {
    const rows = [...small[list], ...small[list]]
    expect(refusals({ ...small, [list]: rows })).toEqual([`${list}[1].code repeats "${rows[1]?.code ?? ''}", which another row has.`])
  })

  it('refuses a court of a circuit that is not listed, and takes one outside the circuits', () => {
    expect(refusals({ ...small, circuits: [] })).toEqual(['courts[0].circuit names circuit "1", which circuits does not list.'])
    expect(refusals({ ...small, circuits: [], courts: [{ ...court, circuit: null }] })).toEqual([])
  })

  it.each([['UTC', true], ['America/Kentucky/Louisville', true], ['+05:00', false], ['Central', false], ['', false]])(
    'takes the zone %j of a court: %s', (timeZone, isTaken) => {
      expect(refusals({ ...small, courts: [{ ...court, timeZone }] }).length === 0).toBe(isTaken)
    },
  )

  it.each([['2028-02-29', true], ['2027-02-29', false], ['2026-8-14', false], ['2026-08-14T00:00:00Z', false]])(
    'takes the day %j: %s', (takingPartSince, isTaken) => {
      expect(refusals({ ...small, courts: [{ ...court, takingPartSince }] }).length === 0).toBe(isTaken)
    },
  )

  it.each([[0, true], [23, true], [-1, false], [24, false], [19.5, false]])('takes the digest hour %d: %s', (hour, isTaken) => {
    expect(refusals({ ...small, digest: { hour } }).length === 0).toBe(isTaken)
  })

  it.each([[[1, 7], true], [[0], false], [[8], false], [[1, 1], false], [[], false]])('takes the digest days %j: %s', (days, isTaken) => {
    expect(refusals({ ...small, digest: { days } }).length === 0).toBe(isTaken)
  })

  it('takes service hours that pass midnight, and refuses hours without length', () => {
    const days = [1, 2, 3, 4, 5]
    expect(refusals({ ...small, serviceHours: { days, open: '06:00', close: '01:00' } })).toEqual([])
    expect(refusals({ ...small, serviceHours: { days, open: '06:00', close: '06:00' } })).toHaveLength(1)
    expect(refusals({ ...small, serviceHours: { days, open: '6:00', close: '24:00' } })).toHaveLength(2)
  })

  it('takes hours that are switched off for none', () => {
    const serviceHours = { isOn: false, days: [1], open: '06:00', close: '01:00' }
    expect(parseProfile({ ...small, serviceHours }).serviceHours).toBeNull()
    expect(parseProfile({ ...small, serviceHours: { ...serviceHours, isOn: true } }).serviceHours).toEqual({ days: [1], open: '06:00', close: '01:00' })
    // What is switched off must be right all the same.
    expect(refusals({ ...small, serviceHours: { ...serviceHours, days: [8] } })).toHaveLength(1)
  })

  it.each([
    [{ days: [1], open: '08:00', close: '17:00' }, { hour: 19 }, false], [{ days: [1], open: '08:00', close: '17:00' }, { hour: 17 }, false],
    [{ days: [1], open: '08:00', close: '17:00' }, { hour: 8 }, true], [{ days: [1], open: '08:00', close: '17:00' }, { hour: 8, days: [2] }, false],
    [{ days: [7], open: '18:00', close: '01:00' }, { hour: 0, days: [1] }, true], [{ days: [7], open: '18:00', close: '01:00' }, { hour: 0, days: [7] }, false],
    [{ days: [7], open: '18:00', close: '01:00' }, { hour: 19, days: [7] }, true],
  ])('asks for an evening within the service hours %j: %j', (serviceHours, digest, isTaken) => {
    expect(refusals({ ...small, serviceHours, digest })).toEqual(
      isTaken ? [] : ['digest.hour must lie within serviceHours on one of digest.days, or no evening is ever held.'])
  })

  it('refuses sending hours that end before they begin', () => {
    expect(refusals({ ...small, sendingHours: { from: '21:00', to: '08:00' } })).toEqual([
      'sendingHours.to must be later than sendingHours.from.',
    ])
  })

  it('refuses a line break in what goes into mail headers', () => {
    expect(refusals({ ...small, sender: { name: 'Watch\r\nBcc: all', email: 'watch@courts.example\n' } })).toHaveLength(2)
  })

  it('refuses docket and case type codes that are not in capitals', () => {
    expect(refusals({ ...small, caseTypes: [{ code: 'cv', name: 'Civil', isExcluded: false }] })).toEqual([
      'caseTypes[0].code must be a code in capital letters without spaces.',
    ])
  })
})

describe('loadProfile', () => {
  it('reads the profile at a path', () => {
    expect(loadProfile(fileOf(JSON.stringify(small))).serviceName).toBe('Docket Watch')
  })

  it('reads the shipped one without a path', () => {
    expect(loadProfile().state).toBe('Missouri')
  })

  it('names the file and its wrong values', () => {
    const path = fileOf(JSON.stringify({ ...small, state: 5 }))
    expect(() => loadProfile(path)).toThrow(`The court profile ${path} cannot be used:\n- state must be text.`)
  })

  it('says that a file is not JSON or cannot be read', () => {
    expect(() => loadProfile(fileOf('{ "name": '))).toThrow('is not JSON: ')
    expect(() => loadProfile(join(folder, 'none.json'))).toThrow('cannot be read.')
  })
})
