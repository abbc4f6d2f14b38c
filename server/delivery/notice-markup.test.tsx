import { describe, expect, it } from 'vitest'
import { NoticeEmail, type NoticeProps } from '../../emails/notice.tsx'
import { markup } from './mail-parts.ts'
import { createNoticeMarkup } from './notice-markup.tsx'

const full: NoticeProps = NoticeEmail.PreviewProps
const hostile = '</title><script>alert(1)</script> & "quoted" \'so\' $& $1 \u202e \ud83d\ude00'

describe('the HTML of a notice', () => {
  const noticeMarkup = createNoticeMarkup()

  it.each<[string, Partial<NoticeProps>]>([
    ['everything that there is to tell', {}],
    ['a heading of nothing', { heading: '' }],
    ['what is hostile', { heading: hostile, caption: hostile, leads: [hostile], note: hostile, courtName: hostile }],
    ['leads only', { hearings: [], payments: [], entries: [], note: null, leads: ['There is something new in this case.'] }],
    ['nothing at all', { hearings: [], payments: [], entries: [], note: null, leads: [] }],
    ['more than is shown', { more: 3, moreHearings: 2, morePayments: 1 }],
    ['a preheader that is cut within a character', { hearings: [], payments: [], entries: [], leads: [`${'a'.repeat(179)}\ud83d\ude00 and more`] }],
    ['another service', { serviceName: 'Another', origin: 'https://other.example.org', notOfficial: '' }],
    ['other links', { stopUrl: 'https://other.example.org/stop/x?choice=emailAndText', stopAllTextUrl: 'https://other.example.org/stop-all/y' }],
  ])('is byte for byte the template\'s: %s', (_, facts) => {
    const props = { ...full, ...facts }
    const direct = markup(<NoticeEmail {...props} />)
    expect(noticeMarkup(props)).toBe(direct)
    // From what was kept.
    expect(noticeMarkup(props)).toBe(direct)
  })
})
