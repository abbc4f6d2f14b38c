import { describe, expect, it } from 'vitest'
import { loadProfile, parseProfile } from './load-profile.ts'
import missouriFile from './missouri.json' with { type: 'json' }
import { courtOf, explainDocketCode } from './look-up.ts'

const missouri = loadProfile()
const countyCourts = missouri.courts.filter((court) => court.circuit !== null)

describe('the shipped Missouri profile', () => {
  it('names sender, help desk, authority and zone as rule I3 says', () => {
    expect(missouri.sender.email).toBe('ttc@courts.mo.gov')
    expect(missouri.legalAuthority).toContain('section 476.055, RSMo')
    expect(missouri.timeZone).toBe('America/Chicago')
    expect(missouri.helpDesk).toMatchObject({
      name: 'OSCA Help Desk',
      email: 'OSCA.HELP.DESK@courts.mo.gov',
      phone: '(888) 541-4894',
      hours: '7:30 a.m. to 5 p.m. Monday to Friday except state holidays',
    })
  })

  it('holds an evening at 19:00 every day, is always open, and has the limits of the contract', () => {
    expect(missouri.digest).toEqual({ hour: 19, days: [1, 2, 3, 4, 5, 6, 7], holidays: [] })
    expect(missouri.serviceHours).toBeNull()
    expect(missouri.sendingHours).toEqual({ from: '08:00', to: '21:00' })
    expect(missouri.leadDays).toEqual({ events: [10, 2], payments: [2] })
    expect(missouri.limits).toEqual({
      unconfirmedPerHour: 3,
      unconfirmedPerDay: 6,
      confirmedPerHour: 20,
      phonePerHour: 2,
      phonePerDay: 4,
      visitorMailsPerDay: 20_000,
      clientPerHour: 60,
      casePerHour: 200,
      verificationTextsPerDay: 5000,
    })
  })

  it('has its service hours ready: one word switches them on', () => {
    const on = parseProfile({ ...missouriFile, serviceHours: { ...missouriFile.serviceHours, isOn: true } })
    expect(on.serviceHours).toEqual({ days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' })
  })

  it('closes its offices on each of 13 holidays a year, on a weekday', () => {
    const { officesClosedOn } = missouri
    expect(officesClosedOn).toHaveLength(3 * 13)
    expect(officesClosedOn).toEqual([...new Set(officesClosedOn)].sort())
    for (const day of officesClosedOn) expect([1, 2, 3, 4, 5], day).toContain(new Date(`${day}T12:00:00Z`).getUTCDay())
  })

  it('lists 46 circuits, 115 county courts and 4 courts above them', () => {
    expect(missouri.circuits.map((circuit) => circuit.number)).toEqual(Array.from({ length: 46 }, (_, index) => index + 1))
    expect(countyCourts).toHaveLength(115)
    expect(missouri.courts.filter((court) => court.circuit === null).map((court) => court.code)).toEqual(['SC', 'ED', 'SD', 'WD'])
  })

  it('names every county once, and a court for every circuit', () => {
    const counties = countyCourts.flatMap((court) => court.counties)
    expect(counties).toHaveLength(115)
    expect(new Set(counties).size).toBe(115)
    expect(new Set(countyCourts.map((court) => court.circuit)).size).toBe(46)
  })

  it('tells St. Louis County and the City of St. Louis apart', () => {
    expect(courtOf(missouri, '21-STLOUIS')).toMatchObject({
      name: '21st Judicial Circuit, St. Louis County',
      counties: ['St. Louis County'],
    })
    expect(courtOf(missouri, '22-STLOUISCITY')).toMatchObject({
      name: '22nd Judicial Circuit, City of St. Louis',
      shortName: 'City of St. Louis',
    })
  })

  it('makes a court code of circuit number and county letters', () => {
    for (const court of countyCourts) {
      expect(court.code).toMatch(/^\d{1,2}-[A-Z]+$/)
      expect(court.code.split('-')[0]).toBe(court.circuit)
    }
    expect(courtOf(missouri, '13-BOONE')?.shortName).toBe('Boone County')
    expect(courtOf(missouri, '24-STEGENEVIEVE')?.name).toBe('24th Judicial Circuit, Ste. Genevieve County')
  })

  it('has some courts that take no part, and says of all others since when', () => {
    expect(missouri.courts.filter((court) => !court.isTakingPart).map((court) => court.shortName)).toEqual([
      'Schuyler County', 'Worth County', 'Carter County', 'Ozark County',
    ])
    for (const court of missouri.courts) expect(court.takingPartSince !== null).toBe(court.isTakingPart)
  })

  it('excludes juvenile, adoption and mental health cases, each with a reason', () => {
    const excluded = missouri.caseTypes.filter((type) => type.isExcluded)
    expect(excluded.map((type) => type.code).sort()).toEqual(['AD', 'JU', 'MH'])
    for (const type of excluded) expect(type.exclusionReason).toMatch(/\.$/)
    expect(missouri.caseTypes.length).toBeGreaterThanOrEqual(15)
  })

  it('explains the docket codes of rule A7 and many more', () => {
    const titles = ['JE', 'WARI', 'CONT', 'DISM', 'MOT'].map((code) => explainDocketCode(missouri, code)?.title)
    expect(titles).toEqual(['Judgment entered', 'Warrant issued', 'Continued', 'Dismissed', 'Motion filed'])
    expect(missouri.docketCodes.length).toBeGreaterThanOrEqual(80)
  })

  it('explains each docket code in one or two short sentences, under a title of its own', () => {
    for (const { code, explanation } of missouri.docketCodes) {
      const sentences = explanation.split(/(?<=[.!?])\s+/)
      expect(sentences.length, code).toBeLessThanOrEqual(2)
      for (const sentence of sentences) expect(sentence.split(' ').length, code).toBeLessThanOrEqual(24)
    }
    expect(new Set(missouri.docketCodes.map((row) => row.title)).size).toBe(missouri.docketCodes.length)
  })

  it('says from which day the dying e-mail gateways deliver nothing', () => {
    const ends = Object.fromEntries(missouri.carriers.map((carrier) => [carrier.code, carrier.gatewayEndsOn]))
    expect(ends).toMatchObject({ att: '2025-06-17', verizon: '2027-03-31' })
    expect(ends['t-mobile']).toMatch(/^2024-12-/)
  })
})
