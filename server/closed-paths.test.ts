import { describe, expect, it } from 'vitest'
import { closedPartOf } from './closed-paths.ts'

describe('closedPartOf', () => {
  it.each([
    ['/', 'home'], ['//', 'home'], ['/search', 'search'], ['/search/', 'search'], ['/cases/26AA-CV00001', 'case'],
    ['/cases/26AA-CV00001/track', 'case'], ['/cases/26AA-CV00001/docket.atom/more', 'case'], ['/cases/26%2Fdocket.atom', 'case'], ['/%63ases/26AA-CV00001', 'case'],
    ['//cases/26AA-CV00001', 'case'], ['/cases/26AA-CV00001/events/1/calendar.ics/more', 'case'], ['/unavailable', 'nothing'], ['/login', 'account'], ['/login/operator/more', 'account'], ['/account', 'account'], ['/register', 'account'], ['/my-cases/sent', 'account'], ['/cases/26%2Fevents%2F1%2Fcalendar.ics', 'case'], ['/cases/%2E%2E', 'case'],
  ])('closes %s (%s)', (path, part) => {
    expect(closedPartOf(path)).toBe(part)
  })

  it.each([
    '/login/operator', '/login/second-factor', '/account/second-factor', '/courts', '/cases/26AA-CV00001/docket.atom', '/feeds/1-1-A/hearings.ics', '/feeds/1-1-A/cases.atom', '/cases/26AA-CV00001/events/1/calendar.ics', '/cases/26%2F1/events/1/calendar.ics', '/unavailable/1', '/help', '/status', '/privacy', '/accessibility', '/reset/1-1-A', '/mailbox', '/mailbox/1', '/robots.txt', '/icon.svg',
    '/confirm/1-1-A', '/stop/1-1-A', '/stop-all/1-1-A', '/report/1-1-A', '/api/stop/1-1-A', '/api/forms/confirm', '/api/forms/stop',
    '/api/forms/track', '/api/trpc/links.confirm', '/api/feed', '/api/webhooks/text', '/api/health', '/api/cron/deliver', '/_next/static/a.js',
  ])('leaves %s open', (path) => {
    expect(closedPartOf(path)).toBeUndefined()
  })
})
