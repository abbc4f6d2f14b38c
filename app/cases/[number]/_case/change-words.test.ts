import { describe, expect, it } from 'vitest'
import { changeWords } from './change-words.ts'

const zone = 'America/Chicago'

describe('what a correction changed', () => {
  it('quotes the words that stood there before', () => {
    expect(changeWords({ field: 'text', from: 'Room 4', to: 'Room 5' }, zone)).toEqual({ label: 'Text was', was: 'Room 4' })
    expect(changeWords({ field: 'description', from: 'Order', to: 'Judgment' }, zone)).toEqual({ label: 'Title was', was: 'Order' })
  })

  it('says that something was added where nothing stood', () => {
    expect(changeWords({ field: 'code', from: '', to: 'JE' }, zone)).toEqual({ label: 'Code was added', was: null })
  })

  it('writes a filing day as a day and a filing instant on the clock of the court', () => {
    expect(changeWords({ field: 'filedAt', from: '2026-11-18', to: '2026-11-19' }, zone).was).toBe('November 18, 2026')
    expect(changeWords({ field: 'filedAt', from: '2026-11-20T19:52:00.000Z', to: '2026-11-19' }, zone).was).toBe('November 20, 2026, 1:52 p.m.')
    expect(changeWords({ field: 'filedAt', from: 'last Friday', to: '2026-11-19' }, zone).was).toBe('last Friday')
  })

  it('tells an entry that was voided from one that stands again', () => {
    expect(changeWords({ field: 'status', from: 'active', to: 'voided' }, zone)).toEqual({ label: 'It was voided', was: null })
    expect(changeWords({ field: 'status', from: 'voided', to: 'active' }, zone).label).toBe('It had been voided, and stands again')
  })
})
