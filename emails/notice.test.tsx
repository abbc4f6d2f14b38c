import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { wordsOfMarkup } from '../server/testing/words-of-markup.ts'
import { noticeText } from './notice-text.ts'
import { NoticeEmail, type NoticeProps } from './notice.tsx'

const notice: NoticeProps = NoticeEmail.PreviewProps

describe('a notice', () => {
  it('says hearings first, the new date before the old one, then payments, then the docket', () => {
    for (const said of [wordsOfMarkup(renderToStaticMarkup(<NoticeEmail {...notice} />)).split('Track This Case').slice(1).join(''), noticeText(notice)]) {
      const at = ['Thursday, December 3, 2026 at 9:00 a.m.', 'Was November 24, 2026', 'Payment due', 'Hearing continued'].map(words => said.indexOf(words))
      expect(at).toEqual(at.toSorted((a, b) => a - b))
      expect(at).not.toContain(-1)
    }
    expect(/data-skip-in-text="true">([^<]*)</.exec(renderToStaticMarkup(<NoticeEmail {...notice} />))?.[1])
      .toMatch(/^Hearing date changed: Thursday, December 3, 2026 at 9:00 a\.m\. Payment due December 10, 2026\./)
  })

  it('leads to all entries where it lists none (I7)', () => {
    const counted = { ...notice, entries: [], more: 60 }
    for (const said of [renderToStaticMarkup(<NoticeEmail {...counted} />), noticeText(counted)]) expect(said).toContain('See all 60 entries on the case page')
  })

  it('keeps the line breaks of a text', () => {
    expect(renderToStaticMarkup(<NoticeEmail {...notice} />)).toContain('at 9:00 a.m.<br/>Courtroom 4, second floor.')
    expect(noticeText(notice)).toContain('\n  Hearing moved to December 3, 2026 at 9:00 a.m.\n  Courtroom 4, second floor.\n')
  })

  it('sets docket text in from the margin, so that it cannot pass for a link of ours', () => {
    const entries = notice.entries.map(entry => ({ ...entry, text: 'So ordered.\n\nStop Tracking This Case\nhttps://evil.example/stop' }))
    const lines = noticeText({ ...notice, entries }).split('\n')
    expect(lines).toContain('  https://evil.example/stop')
    expect(lines).not.toContain('https://evil.example/stop')
  })

  it('strikes through what was voided, and only that', () => {
    const html = renderToStaticMarkup(<NoticeEmail {...notice} />)
    expect([...html.matchAll(/<s>(.*?)<\/s>/g)].map(match => match[1])).toEqual(['Notice of appearance', 'Entered in the wrong case.'])
  })

  it('does not say the caption twice', () => {
    const heading = `2 new entries in ${notice.caption}`
    const words = wordsOfMarkup(renderToStaticMarkup(<NoticeEmail {...notice} heading={heading} />))
    expect(words.split(notice.caption).length - 1).toBe(1)
    expect(noticeText({ ...notice, heading }).split(notice.caption).length - 1).toBe(1)
  })

  it('says nothing of more where all is shown, and leaves no empty line for an entry without text', () => {
    const short: NoticeProps = { ...notice, more: 0, leads: [], entries: notice.entries.map(entry => ({ ...entry, text: '' })) }
    expect(wordsOfMarkup(renderToStaticMarkup(<NoticeEmail {...short} />))).not.toContain('and 0 more')
    expect(renderToStaticMarkup(<NoticeEmail {...short} />)).not.toContain('<br/><br/>')
    expect(noticeText(short)).not.toContain('and 0 more')
    expect(noticeText(short)).not.toContain('\n\n\n')
  })

  it('starts its preview with what happened, whole characters only', () => {
    const entries = notice.entries.map(entry => ({ ...entry, title: 'Order', text: '👩'.repeat(200) }))
    const preview = /data-skip-in-text="true">([^<]*)</.exec(renderToStaticMarkup(<NoticeEmail {...notice} hearings={[]} payments={[]} entries={entries} />))?.[1] ?? ''
    expect(preview.startsWith('New: Order. 👩')).toBe(true)
    expect(preview.isWellFormed()).toBe(true)
    expect(preview.length).toBeLessThanOrEqual(200)
  })

  it('takes the links of a recipient after rendering as well as before', () => {
    const sentinels = {
      stopUrl: 'https://a.invalid/1',
      stopTextUrl: 'https://a.invalid/2',
      stopAllUrl: 'https://a.invalid/3',
      stopAllTextUrl: 'https://a.invalid/4',
    }
    const splice = (body: string): string =>
      body
        .replaceAll(sentinels.stopUrl, notice.stopUrl)
        .replaceAll(sentinels.stopTextUrl, notice.stopTextUrl)
        .replaceAll(sentinels.stopAllUrl, notice.stopAllUrl)
        .replaceAll(sentinels.stopAllTextUrl, notice.stopAllTextUrl)
    expect(splice(renderToStaticMarkup(<NoticeEmail {...notice} {...sentinels} />))).toBe(renderToStaticMarkup(<NoticeEmail {...notice} />))
    expect(splice(noticeText({ ...notice, ...sentinels }))).toBe(noticeText(notice))
  })

  it('stays small: under 12 KB with 2 entries, under 60 KB with 25 of 300 characters', () => {
    const bytesOf = (entries: NoticeProps['entries']): number =>
      Buffer.byteLength(renderToStaticMarkup(<NoticeEmail {...notice} entries={entries} />))
    const long: NoticeProps['entries'][number] = {
      mark: 'New',
      title: 'Judgment entered',
      filed: 'November 20, 2026, 1:52 p.m.',
      text: 'So ordered. '.repeat(25),
      changes: [],
      lastActivity: 'November 20, 2026, 2:07 p.m.',
    }
    expect(bytesOf(notice.entries.slice(0, 2))).toBeLessThan(12 * 1024)
    expect(bytesOf(Array.from({ length: 25 }, () => long))).toBeLessThan(60 * 1024)
  })
})
