import { describe, expect, it } from 'vitest'
import { loadProfile } from './load-profile.ts'
import { caseTypeName, courtOf, explainDocketCode, findCarrier, findCaseType, findCaseTypeInNumber } from './look-up.ts'

const profile = loadProfile()

describe('explainDocketCode', () => {
  it('finds an explanation whatever the case and spaces', () => {
    expect(explainDocketCode(profile, ' wari ')?.title).toBe('Warrant issued')
  })

  it('finds nothing for a code that the profile does not explain', () => {
    expect(explainDocketCode(profile, 'ZZZZ')).toBeUndefined()
    expect(explainDocketCode(profile, '')).toBeUndefined()
  })
})

describe('caseTypeName', () => {
  it('names a type of the profile and repeats an unknown code', () => {
    expect(caseTypeName(profile, 'pr')).toBe('Probate')
    expect(caseTypeName(profile, 'ZZ')).toBe('ZZ')
  })
})

describe('findCaseType', () => {
  it('says which types are excluded, whatever the case', () => {
    expect(findCaseType(profile, 'ju')?.isExcluded).toBe(true)
    expect(findCaseType(profile, 'CR')?.isExcluded).toBe(false)
    expect(findCaseType(profile, '')).toBeUndefined()
  })
})

describe('findCaseTypeInNumber', () => {
  it.each([['26BA-CR01482', 'CR'], ['1616-fc00123', 'FC'], ['26SLC-JU00012-01', 'JU']])('reads %s as %s', (number, code) => {
    expect(findCaseTypeInNumber(profile, number)?.code).toBe(code)
  })

  it.each(['WD84999', '26BA-ZZ00001', '4:26-cv-00123', ''])('finds nothing in %j', (number) => {
    expect(findCaseTypeInNumber(profile, number)).toBeUndefined()
  })
})

describe('findCarrier and courtOf', () => {
  it('finds by the exact code only', () => {
    expect(findCarrier(profile, 'verizon')?.name).toBe('Verizon')
    expect(findCarrier(profile, 'Verizon')).toBeUndefined()
    expect(courtOf(profile, '13-BOONE')?.name).toBe('13th Judicial Circuit, Boone County')
    expect(courtOf(profile, '13-boone')).toBeUndefined()
  })
})
