import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docketTitle } from './docket-title.ts'

describe('docketTitle', () => {
  it.each([
    ['MOTION to Dismiss by Pat Sample. (abc)', 'MOTION'],
    ['SEALED INDICTMENT as to Pat Sample (1)', 'SEALED INDICTMENT'],
    ['NOTICE OF HEARING: Trial set for 1/2/2030', 'NOTICE OF HEARING'],
    ['INFORMATION - Felony as to Pat Sample', 'INFORMATION'],
    ['MINUTES: A status conference was held', 'MINUTES'],
    ['**SEALED DOCUMENT** MOTION by Pat Sample', '**SEALED DOCUMENT** MOTION'],
    ['ORDER', 'ORDER'],
    ['ARREST Warrant Returned Executed', 'ARREST Warrant Returned Executed'],
    ['CJA 23 Affidavit', 'CJA 23 Affidavit'],
    ['Joint MOTION for Extension', 'Joint MOTION for Extension'],
    ['A plea was entered', 'A plea was entered'],
    ['Set/Reset  Deadlines\nas to all', 'Set/Reset Deadlines as to all'],
    ['', ''],
  ])('calls %j %j', (text, title) => {
    expect(docketTitle(text)).toBe(title)
  })
  it('cuts a long beginning at a word and says so', () => {
    const title = docketTitle('Minute entry for proceedings held before the magistrate judge of the day, who heard everyone')
    expect(title).toBe('Minute entry for proceedings held before the magistrate judge of the day, who…')
  })
  it('says nothing that the text does not say, in 81 characters at most', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const title = docketTitle(text)
      expect(title.length).toBeLessThanOrEqual(81)
      expect(text.replace(/\s+/g, ' ')).toContain(title.replace(/…$/, ''))
    }))
  })
})
