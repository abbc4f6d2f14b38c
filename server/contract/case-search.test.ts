import { describe, expect, it } from 'vitest'
import { caseSearch, searchAddress } from './case-search.ts'

const nothing = {
  q: '', court: null, county: null, circuit: null, type: null, status: null, from: null, to: null, sort: 'filed-newest', page: 1,
}

describe('a search read from an address', () => {
  it('may leave out everything', () => {
    expect(caseSearch.parse({})).toEqual(nothing)
    expect(caseSearch.parse({ q: undefined, page: undefined })).toEqual(nothing)
  })

  it('is read as typed, without the space around it', () => {
    const typed = {
      q: '  Reyes, Jordan ', court: '13-BOONE', county: 'Boone', circuit: '13', type: 'CR', status: 'open', from: '2026-01-01',
      to: '2026-12-31', sort: 'caption', page: '3',
    }
    expect(caseSearch.parse(typed)).toEqual({ ...typed, q: 'Reyes, Jordan', page: 3 })
  })

  it('takes a value that cannot be understood as left out', () => {
    expect(caseSearch.parse({
      court: '', status: 'OPEN?', from: '2026-02-30', to: 'yesterday', sort: 'price', page: '-2', more: 'x', q: { a: 1 },
    })).toEqual(nothing)
  })

  it('takes the first of a value given twice', () => {
    expect(caseSearch.parse({ q: ['one', 'two'], court: [] })).toEqual({ ...nothing, q: 'one' })
  })

  it('exchanges two days in the wrong order', () => {
    expect(caseSearch.parse({ from: '2026-12-31', to: '2026-01-01' })).toMatchObject({ from: '2026-01-01', to: '2026-12-31' })
  })

  it('keeps what is typed to 200 characters, and pages to those that are counted', () => {
    expect(caseSearch.parse({ q: 'a'.repeat(201) }).q).toHaveLength(200)
    expect(caseSearch.parse({ page: '50' }).page).toBe(50)
    expect(caseSearch.parse({ page: 51 }).page).toBe(50)
    expect(caseSearch.parse({ page: '0' }).page).toBe(1)
    expect(caseSearch.parse({ page: '99999999999999999999' }).page).toBe(1)
  })
})

describe('the address of a search', () => {
  it('says only what was said', () => {
    expect(searchAddress(caseSearch.parse({}))).toBe('/search')
    expect(searchAddress(caseSearch.parse({ q: 'O’Neil & Co', status: 'open', page: 2 }))).toBe('/search?q=O%E2%80%99Neil+%26+Co&status=open&page=2')
  })

  it('reads back as the same search', () => {
    const search = caseSearch.parse({ q: 'a b', court: 'X&Y', type: 'CR', from: '2026-01-01', sort: 'number', page: 4 })
    const query = new URL(searchAddress(search), 'http://localhost').searchParams
    expect(caseSearch.parse(Object.fromEntries(query))).toEqual(search)
  })
})
