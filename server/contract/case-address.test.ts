import { describe, expect, it } from 'vitest'
import { caseAddress } from './case-address.ts'

describe('the address of a case', () => {
  it('is its number alone where the number names one case', () => {
    expect(caseAddress('26BA-CR01482', '13-BOONE', false)).toBe('/cases/26BA-CR01482')
    expect(caseAddress('26BA-CR01482', '13-BOONE', false, 'docket')).toBe('/cases/26BA-CR01482/docket')
  })

  it('names the court where the number does not name one case', () => {
    expect(caseAddress('26BA-CR01482', '13-BOONE', true, 'docket')).toBe('/cases/26BA-CR01482/docket?court=13-BOONE')
    expect(caseAddress('7', 'A&B', true)).toBe('/cases/7?court=A%26B')
  })

  it('carries any characters of a number back unchanged', () => {
    for (const number of ['1:18-cv-03365', 'A/7 b?c#d', '50% & more', 'Ñ-1']) {
      const address = caseAddress(number, 'X', false, 'track')
      expect(address).toMatch(/^\/cases\/[^/?#\s]+\/track$/)
      expect(decodeURIComponent(address.split('/')[2] ?? '')).toBe(number)
    }
  })

  it('stands for half a character too', () => {
    expect(caseAddress('7\ud800', 'X', false)).toBe('/cases/7%EF%BF%BD')
  })
})
