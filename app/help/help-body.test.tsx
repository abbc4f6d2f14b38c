import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { HelpBody, type HelpProps } from './help-body.tsx'

const missouri: HelpProps = {
  rules: {
    leadDays: { events: [10, 2], payments: [2] },
    digest: { hour: 19, days: [1, 2, 3, 4, 5, 6, 7] },
    sendingHours: { from: '08:00', to: '21:00' },
    policy: { noticeDetail: 'full', schedulingChanges: 'told' },
    texts: { sender: 'The Courts', takesReplies: true },
  },
  serviceHours: null,
  whoMayTrack: 'anyone',
  sender: { name: 'The Courts', email: 'ttc@courts.example' },
  helpDesk: { name: 'Help Desk', email: 'help@courts.example', phone: '555-010-0199', hours: '9 a.m. to 4 p.m.' },
}
const shown = (otherwise: Partial<HelpProps> = {}, rules: Partial<HelpProps['rules']> = {}): string =>
  renderToStaticMarkup(<HelpBody {...missouri} {...otherwise} rules={{ ...missouri.rules, ...rules }} />).replace(/<\/?(a|span|strong)\b[^>]*>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('the help (J1)', () => {
  it.each([
    ['finding', 'Search by case number or by name'], ['verifying', 'press “Confirm”. The link works for 7 days'],
    ['reading the report', 'press “Tracking Report”'], ['stopping', 'nothing changes until you press YES'],
    ['visitors', 'An attorney or court user'], ['triggers', 'An entry is voided Yes'], ['what is none', 'A payment is made No'],
    ['arrival', 'from 7:00 p.m. court time, every day'], ['one number', 'Other cases with the same name need their own.'],
    ['courts without', 'Some courts do not take part'], ['spam', 'Look for ttc@courts.example in spam, and add it to your contacts.'],
    ['a wrong address', 'the address was mistyped'], ['a full mailbox', 'your mailbox is not full'], ['voided entries', 'corrected or voided the same day'],
    ['no official notice', 'It is not official court notice'], ['the case page', 'Look at the case page before each hearing, and keep a calendar of your own.'],
    ['whom to ask', 'Help Desk: help@courts.example or 555-010-0199, 9 a.m. to 4 p.m.'],
    ['replies', 'Answer START, and texts come again.'], ['sending hours', 'between 8:00 a.m. and 9:00 p.m. court time'],
  ])('tells of %s', (_, words) => {
    expect(shown()).toContain(words)
  })

  it('says no word of texts where the court sends none', () => {
    expect(shown({}, { texts: null })).not.toMatch(/\btexts?\b|phone number|carrier|STOP|START/)
  })

  it('offers no replies where none are read', () => {
    const words = shown({}, { texts: { sender: 'The Courts', takesReplies: false } })
    expect(words).toContain('Replies are not read.')
    expect(words).not.toMatch(/STOP|START|HELP/)
  })

  it('follows the profile in lead days, evenings, service hours and policy', () => {
    expect(shown({}, { leadDays: { events: [14, 3], payments: [1] } })).toMatch(/14 days and 3 days before, if you chose it.*1 day before, if you chose it/)
    expect(shown({}, { digest: { hour: 6, days: [1, 2, 3, 4, 5] } })).toContain('from 6:00 a.m. court time, Monday to Friday')
    expect(shown()).not.toContain('service hours')
    const closed = shown({ serviceHours: { days: [1, 2, 3, 4, 5], open: '06:00', close: '01:00' } })
    expect(closed).toContain('within service hours only: Monday to Friday, 6:00 a.m. to 1:00 a.m. of the next day')
    expect(closed).toContain('Was the service closed?')
    expect(shown({}, { policy: { noticeDetail: 'caseNumber', schedulingChanges: 'never' } })).toMatch(/With the next notice we owe you of the case.*names the case number/)
    const accountsOnly = shown({ whoMayTrack: 'accounts' })
    expect(accountsOnly).toContain('you need an account to track a case')
    expect(accountsOnly).not.toContain('Type your e-mail address twice')
    expect(accountsOnly).toContain('type your address and press “Tracking Report”')
  })
})
