import { describe, expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

describe('ownPath', () => {
  it.each([
    ['/', '/'], ['/cases/26AA-CV00001/track', '/cases/26AA-CV00001/track'], ['/cases/1?court=13-BOONE#here', '/cases/1?court=13-BOONE'],
    ['/cases/26%2F1/track', '/cases/26%2F1/track'], ['/a/../b', '/b'], ['/cases/26.1/docket?filter=api', '/cases/26.1/docket?filter=api'], ['/cases/api', '/cases/api'],
  ])('takes %s', (next, path) => {
    expect(ownPath(next)).toBe(path)
  })

  it.each([
    '', 'cases', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', 'https://elsewhere.example/', '\\\\elsewhere.example',
    'javascript:alert(1)', '/a\\b', ' /', '/..//elsewhere.example', '/.//elsewhere.example', '/%0d\n',
    '/api/stop/1-1-A', '/api', '/%61pi/cron/digest', '/./api/x', '/_next/static/a.js', '/robots.txt', '/cases/26AA-CV00001/events/1/calendar.ics',
    '/cases/26AA-CV00001/docket.atom', '/feeds/1-1-A/hearings.ics',
  ])('refuses %j', (next) => {
    expect(ownPath(next)).toBeNull()
  })
})
