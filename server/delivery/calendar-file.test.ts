import { describe, expect, it } from 'vitest'
import type { CalendarHearing } from '../domain/calendar/calendar-hearing.ts'
import { calendarFile } from './calendar-file.ts'

const hearing: CalendarHearing = {
  uid: 'event-7@track.example.org', sequence: 0, stamp: '2026-11-20T18:00:00.000Z', startsAt: '2026-12-03T15:00:00.000Z', endsAt: null, isCancelled: false,
  title: 'Plea setting, case 26BA-CR00077', place: 'Courtroom 2W', address: 'https://track.example.org/cases/26BA-CR00077/events',
}

/** Lines with their folds undone, as RFC 5545 has a reader do. */
const linesOf = (content: string): string[] => content.replaceAll('\r\n ', '').split('\r\n')
const propertiesOf = (content: string): Map<string, string> =>
  new Map(linesOf(content).filter((line) => line.includes(':')).map((line) => [line.slice(0, line.search(/[:;]/)), line.slice(line.indexOf(':') + 1)]))
const readText = (value: string | undefined): string => (value ?? '').replace(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one))

describe('a calendar file (F10)', () => {
  it('is published, known by its hearing and dated by the last change', () => {
    const { filename, contentType, content } = calendarFile('Track This Case', [hearing])
    expect([filename, contentType]).toEqual(['hearing.ics', 'text/calendar; charset=utf-8; method=PUBLISH'])
    expect(Object.fromEntries(propertiesOf(content))).toMatchObject({
      METHOD: 'PUBLISH', UID: 'event-7@track.example.org', SEQUENCE: '0', DTSTAMP: '20261120T180000Z', DTSTART: '20261203T150000Z', STATUS: 'CONFIRMED',
      LOCATION: 'Courtroom 2W',
    })
    expect(readText(propertiesOf(content).get('SUMMARY'))).toBe('Plea setting, case 26BA-CR00077')
    expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('is the same, byte for byte, whenever it is made', () => {
    expect(calendarFile('Track This Case', [hearing])).toEqual(calendarFile('Track This Case', [hearing]))
  })

  it('updates the same entry where the hearing moved, and takes it back where it is cancelled', () => {
    const moved = propertiesOf(calendarFile('T', [{ ...hearing, sequence: 1, startsAt: '2026-12-04T15:00:00.000Z', endsAt: '2026-12-04T16:00:00.000Z' }]).content)
    expect([moved.get('UID'), moved.get('SEQUENCE'), moved.get('DTSTART'), moved.get('DTEND')])
      .toEqual(['event-7@track.example.org', '1', '20261204T150000Z', '20261204T160000Z'])
    const cancelled = propertiesOf(calendarFile('T', [{ ...hearing, sequence: 2, isCancelled: true }]).content)
    expect([cancelled.get('UID'), cancelled.get('SEQUENCE'), cancelled.get('STATUS')]).toEqual(['event-7@track.example.org', '2', 'CANCELLED'])
    expect(readText(cancelled.get('SUMMARY'))).toBe('Cancelled: Plea setting, case 26BA-CR00077')
  })

  it('holds several hearings', () => {
    const { filename, content } = calendarFile('T', [hearing, { ...hearing, uid: 'event-8@track.example.org' }])
    expect(filename).toBe('hearings.ics')
    expect(content.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  })

  describe('S11: hostile words', () => {
    it('takes whatever a court wrote as words, never as lines of its own (S11)', () => {
      const attack = 'a,b;c\\d"e\r\nEND:VEVENT\nBEGIN:VALARM\rATTENDEE:mailto:x@example.com\u0000\u0085\u2028\u202eevil\u2066 審é👩\ud83d'
      const { content } = calendarFile(attack, [{ ...hearing, title: attack, place: attack }])
      const names = linesOf(content).filter((line) => line !== '').map((line) => line.slice(0, line.search(/[:;]/)))
      expect(names).toEqual([
        'BEGIN', 'VERSION', 'PRODID', 'METHOD', 'BEGIN', 'UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'LOCATION', 'DESCRIPTION', 'URL', 'STATUS', 'END', 'END',
      ])
      expect(readText(propertiesOf(content).get('LOCATION'))).toBe('a,b;c\\d"e END:VEVENT BEGIN:VALARM ATTENDEE:mailto:x@example.com evil 審é👩\ufffd')
      expect(content).not.toMatch(/[\u0000\u0085\u2028\u202e\u2066]/)
      for (const line of content.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    })
  })
})
