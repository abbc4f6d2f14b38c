import { describe, expect, it } from 'vitest'
import { federalCourts } from './federal-courts.ts'
import { nameCourt } from './name-court.ts'

describe('federalCourts', () => {
  it('has the 94 districts, a bankruptcy court for each, and the 13 courts of appeals', () => {
    const codes = [...federalCourts.keys()]
    expect(codes.filter((code) => /^[a-z]{2,4}d$/.test(code))).toHaveLength(94)
    expect(codes.filter((code) => /^[a-z]{2,4}b$/.test(code))).toHaveLength(94)
    expect(codes.filter((code) => /^ca(\d+|dc|fc)$/.test(code))).toHaveLength(13)
  })
  it('names time zones that exist', () => {
    for (const { timeZone } of federalCourts.values()) expect(() => new Intl.DateTimeFormat('en-US', { timeZone })).not.toThrow()
  })
  it.each([
    ['nysd', 'Southern District of New York', 'America/New_York'], ['mdb', 'District of Maryland Bankruptcy Court', 'America/New_York'],
    ['azd', 'District of Arizona', 'America/Phoenix'], ['hid', 'District of Hawaii', 'Pacific/Honolulu'],
    ['gud', 'District of Guam', 'Pacific/Guam'],
    ['kywd', 'Western District of Kentucky', 'America/Kentucky/Louisville'], ['tned', 'Eastern District of Tennessee', 'America/New_York'],
    ['tnwd', 'Western District of Tennessee', 'America/Chicago'], ['nmid', 'District of the Northern Mariana Islands', 'Pacific/Saipan'],
    ['dcd', 'District of Columbia', 'America/New_York'], ['ca10', 'Tenth Circuit Court of Appeals', 'America/Denver'],
  ])('knows %s', (code, name, timeZone) => {
    expect(federalCourts.get(code)).toEqual({ name, timeZone })
  })
})

describe('nameCourt', () => {
  it('lets the caller decide, then the source, then what is known', () => {
    expect(nameCourt({ code: 'azd', name: 'Arizona' }))
      .toEqual({ type: 'court', code: 'azd', name: 'Arizona', timeZone: 'America/Phoenix' })
    expect(nameCourt({ code: 'azd' })).toMatchObject({ name: 'District of Arizona' })
    expect(nameCourt({ code: 'azd', name: 'Arizona' }, { code: 'OURS' }))
      .toEqual({ type: 'court', code: 'OURS', name: 'Arizona', timeZone: 'America/Phoenix' })
    expect(nameCourt({}, { code: 'OURS', name: 'Ours', timeZone: 'America/Chicago' }))
      .toEqual({ type: 'court', code: 'OURS', name: 'Ours', timeZone: 'America/Chicago' })
  })
  it('says what is missing', () => {
    expect(nameCourt({})).toMatch(/does not say which court/)
    expect(nameCourt({ code: 'zzz' })).toBe('"zzz" is not a federal court known here. Give the court with --court, and its time zone.')
    expect(nameCourt({ code: 'azd' }, { code: 'azd', timeZone: 'Mars/Olympus' })).toBe('"Mars/Olympus" is not a time zone.')
  })
})
