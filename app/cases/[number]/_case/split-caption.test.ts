import { describe, expect, it } from 'vitest'
import { splitCaption } from './split-caption.ts'

describe('splitting a caption', () => {
  it.each([
    ['State of Missouri v. Robin Quell', 'State of Missouri', 'v.', 'Robin Quell'],
    ['Harbor Loans LLC vs. P. Okonjo et al.', 'Harbor Loans LLC', 'vs.', 'P. Okonjo et al.'],
    ['ROBIN QUELL V. HARBOR LOANS', 'ROBIN QUELL', 'V.', 'HARBOR LOANS'],
    ['Robin V. Quell v. State', 'Robin V. Quell', 'v.', 'State'],
    ['In re Application of Quell v. Harbor', 'In re Application of Quell', 'v.', 'Harbor'],
    ['Quell v. Harbor v. Third Party', 'Quell', 'v.', 'Harbor v. Third Party'],
    ['Quell  v.   Harbor', 'Quell', 'v.', 'Harbor'],
  ])('parts "%s" at its middle', (caption, first, versus, second) => {
    expect(splitCaption(caption)).toEqual({ first, versus, second })
  })

  it.each(['In re Estate of R. Quell', 'Robin V. Quell V. State', 'v. Quell', 'Quell v. ', 'Quell v.Harbor', 'Oliver. Twist', ''])(
    'leaves "%s" whole', (caption) => {
      expect(splitCaption(caption)).toBeNull()
    })

  it('keeps every letter of a long caption', () => {
    const long = `${'Trustees of the Benefit Fund, '.repeat(8)}and others`
    expect(splitCaption(`${long} v. ${long}`)).toEqual({ first: long, versus: 'v.', second: long })
  })

  it('takes no more than a moment over spaces without end', () => {
    expect(splitCaption(' '.repeat(4000))).toBeNull()
  })
})
