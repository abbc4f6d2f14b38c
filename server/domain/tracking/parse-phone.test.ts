import { describe, expect, it } from 'vitest'
import { parsePhone } from './parse-phone.ts'

describe('parsePhone (B5)', () => {
  it('takes a US number in any usual spelling', () => {
    for (const typed of ['573-555-0123', '(573) 555-0123', '573.555.0123', '5735550123', '1 573 555 0123', '+1 573 555 0123', ' 573 555 0123 ']) {
      expect(parsePhone(typed), typed).toBe('+15735550123')
    }
  })

  it('refuses what cannot be a number', () => {
    for (const typed of [
      '', '573-555', '000-000-0000', '111-111-1111', '555-555-5555', '999-999-9999', '573-055-0123', '573-155-0123', '573-911-1234',
      '911-234-5678', '573-555-01234', '573-555-0123 x5', 'five seven three',
    ]) expect(parsePhone(typed), typed).toBeUndefined()
  })

  it('S7: refuses numbers of other countries, and those that cost or take no texts', () => {
    for (const typed of ['+44 7911 123456', '+1 416 555 0123', '416-555-0123', '888-555-0123', '800-234-5678', '900-234-5678', '573-976-1234', '500-234-5678', '809-234-5678', '876-234-5678', '+242 06 123 4567']) {
      expect(parsePhone(typed), typed).toBeUndefined()
    }
  })
})
