import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { MyCaseView } from '../../server/contract/my-cases-view.ts'
import { casesCsv } from './cases-csv.ts'

const one: MyCaseView = {
  subscription: 7, number: '26BA-CR01482', court: { code: '13-BOONE', name: 'Boone County, Circuit', shortName: 'Boone', timeZone: 'America/Chicago' },
  caption: 'State v. Núñez', caseTypeName: 'Criminal', status: 'open', address: '/cases/26BA-CR01482', lastActivityAt: new Date('2026-11-20T18:00:00Z'), lastEntry: null,
  nextEvent: { startsAt: new Date('2026-12-03T15:00:00Z'), kind: 'Hearing' }, note: 'A "note", with\nlines', entryChoice: 'all',
  options: { eventTenDays: true, eventTwoDays: false, paymentTwoDays: false }, state: { kind: 'paused', because: 'asked', until: '2026-12-01' },
  texts: 'on', phoneEnding: '0123', isNew: true, untold: null,
}
const rowsOf = (csv: string) => parse<Record<string, string>>(csv, { bom: true, columns: true })

describe('the file of My Cases (G2)', () => {
  it('is read by others as it was meant, with accents, quotes and line ends', () => {
    const csv = casesCsv([one], 'https://cases.example')
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(rowsOf(csv)).toEqual([expect.objectContaining({
      'Case number': '26BA-CR01482', Court: 'Boone County, Circuit', Caption: 'State v. Núñez', Status: 'open', 'Last activity': '2026-11-20 12:00 p.m.',
      'Next event': '2026-12-03 9:00 a.m.', 'E-mail': 'paused until 2026-12-01', Note: 'A "note", with\nlines', Address: 'https://cases.example/cases/26BA-CR01482',
    })])
  })

  it('S11: has no cell that a spreadsheet takes for a formula, and no row that a court or a note made (H3)', () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\r\n=1,"', '",=1+1,"', '"\r\n"=1', '%0A=1', '\u202e=1', '\ufeff=1', '\0=1', "'=1", ';=1', '\n@x', ' =1', '＝1', '－1']
    const hostile = texts.map((note) => ({ ...one, note, caption: note, number: note, nextEvent: { startsAt: new Date(0), kind: note }, caseTypeName: note }))
    const rows = rowsOf(casesCsv(hostile, 'https://cases.example'))
    const formulas = rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))
    expect(formulas).toEqual([])
    expect(rows).toHaveLength(texts.length)
    expect(new Set(rows.map((row) => Object.keys(row).length))).toEqual(new Set([15]))
  })

  it('has its headings where nothing is tracked', () => {
    expect(rowsOf(casesCsv([], 'https://cases.example'))).toEqual([])
    expect(casesCsv([], 'https://cases.example')).toContain('Case number,Court')
  })
})
