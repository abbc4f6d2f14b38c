import { describe, expect, it } from 'vitest'
import { queryPage, queryValue, withQuery } from './with-query.ts'

describe('addresses with a query', () => {
  it('keeps what stood there, sets what is given and drops what is empty', () => {
    expect(withQuery('/cases/1/docket?court=13-BOONE&page=2', { page: '', order: 'oldest' })).toBe('/cases/1/docket?court=13-BOONE&order=oldest')
    expect(withQuery('/search', { q: '', page: undefined })).toBe('/search')
  })

  it('writes untrusted words so that they stay one value', () => {
    expect(withQuery('/search', { q: 'a&page=2#x?' })).toBe('/search?q=a%26page%3D2%23x%3F')
  })

  it('reads one trimmed value, the first of several, and an empty one where there is none', () => {
    expect(queryValue({ q: ' Quell ' }, 'q')).toBe('Quell')
    expect(queryValue({ q: ['first', 'second'] }, 'q')).toBe('first')
    expect(queryValue({}, 'q')).toBe('')
    expect(queryValue({ q: '\0one\u001b[1m\u0085\ttwo\0' }, 'q')).toBe('one [1m  two')
  })

  it.each([['3', 3], ['0', 1], ['-1', 1], ['1e3', 1], ['', 1], ['12345678', 1]])('reads page "%s" as %d', (typed, page) => {
    expect(queryPage({ page: typed })).toBe(page)
  })
})
