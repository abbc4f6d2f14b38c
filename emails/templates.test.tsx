import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { candidatesText } from './candidates-text.ts'
import { CandidatesEmail } from './candidates.tsx'
import type { CandidatesProps } from './candidates.tsx'
import { digestText } from './digest-text.ts'
import { DigestEmail } from './digest.tsx'
import type { DigestProps } from './digest.tsx'
import { noticeText } from './notice-text.ts'
import { NoticeEmail } from './notice.tsx'
import type { NoticeProps } from './notice.tsx'
import { reportText } from './report-text.ts'
import { ReportEmail } from './report.tsx'
import type { ReportProps } from './report.tsx'
import { verificationText } from './verification-text.ts'
import { VerificationEmail } from './verification.tsx'
import type { VerificationProps } from './verification.tsx'

const notice: NoticeProps = NoticeEmail.PreviewProps
const digest: DigestProps = DigestEmail.PreviewProps
const candidates: CandidatesProps = CandidatesEmail.PreviewProps
const verification: VerificationProps = VerificationEmail.PreviewProps
const report: ReportProps = ReportEmail.PreviewProps

const emptyReport: ReportProps = { ...report, cases: [], reportUrl: null, stopAllUrl: null, stopAllTextUrl: null }
const oneRequest: VerificationProps = { ...verification, requests: verification.requests.slice(0, 1), confirmAllUrl: null }

/** All that arrives, as text: markup taken away, line breaks and runs of space made one space. */
function wordsOf(html: string): string {
  return html
    .replace(/<(?:style|title)>.*?<\/(?:style|title)>|<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', '\'').replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}

const hrefsOf = (html: string): Set<string> => new Set([...html.matchAll(/ href="([^"]*)"/g)].map(match => match[1] ?? ''))
const tagsOf = (html: string): Set<string> => new Set([...html.matchAll(/<([a-z0-9]+)/gi)].map(match => match[1] ?? ''))
const attributesOf = (html: string): Set<string> =>
  new Set([...html.matchAll(/<[a-z0-9]+((?: [a-zA-Z-]+="[^"]*")*)/g)].flatMap(tag =>
    [...(tag[1] ?? '').matchAll(/ ([a-zA-Z-]+)=/g)].map(match => match[1] ?? '')))

interface Rendered {
  readonly name: string
  readonly element: ReactElement
  readonly text: string
  readonly urls: readonly string[]
  readonly facts: readonly string[]
}

const stopWords = ['Stop e-mail and text', 'Stop text only']

const urlsOfNotice = [
  notice.caseAddress, notice.stopUrl, notice.stopTextUrl, notice.stopAllUrl, notice.stopAllTextUrl,
  ...(notice.hearings ?? []).map(hearing => hearing.calendarAddress),
]

const rendered: readonly Rendered[] = [
  {
    name: 'a notice',
    element: <NoticeEmail {...notice} />,
    text: noticeText(notice),
    urls: urlsOfNotice,
    facts: [
      notice.heading, notice.caption, notice.caseNumber, notice.courtName, ...notice.leads, 'and 18 more', 'See the docket',
      'Stop Tracking This Case', 'Stop Tracking ALL Cases', ...stopWords,
      ...notice.entries.flatMap(entry => [
        entry.mark, entry.title, `Filed ${entry.filed}`, ...entry.text.split('\n'), ...entry.changes,
        `Last activity ${entry.lastActivity}`,
      ]),
      ...(notice.hearings ?? []).flatMap(({ heading, kind, when, place, judge, was, calendarLabel }) => [heading, kind, when, place ?? '', judge ?? '', ...was, calendarLabel]),
      ...(notice.payments ?? []).flatMap(({ heading, person, plan, amountDue, pastDue }) => [heading, person, `Plan ${plan}`, amountDue, pastDue ?? '']),
    ],
  },
  {
    name: 'a verification of two requests',
    element: <VerificationEmail {...verification} />,
    text: verificationText(verification),
    urls: [
      'https://track.example.org/confirm/Ld9hS3zWk2',
      ...verification.requests.flatMap(request => [request.caseAddress, request.confirmUrl, request.stopUrl, request.stopTextUrl]),
    ],
    facts: [
      verification.emailAddress, verification.senderAddress, ...verification.requests.map(request => request.caseNumber),
      'Confirm all cases', 'The confirm links work for 7 days.', 'If you did not ask for this e-mail, you can ignore it.',
      'Stop Tracking This Case', ...stopWords,
    ],
  },
  {
    name: 'a verification of one request',
    element: <VerificationEmail {...oneRequest} />,
    text: verificationText(oneRequest),
    urls: oneRequest.requests.flatMap(request => [request.caseAddress, request.confirmUrl, request.stopUrl, request.stopTextUrl]),
    facts: ['Confirm that you want to track case 25QX-CV00417', 'Confirm case 25QX-CV00417', 'The confirm link works for 7 days.'],
  },
  {
    name: 'a report',
    element: <ReportEmail {...report} />,
    text: reportText(report),
    urls: [
      'https://track.example.org/report/Gy2fD7vXs5',
      'https://track.example.org/stop-all/Hw7cB2mXy4',
      'https://track.example.org/stop-all/Hw7cB2mXy4?choice=textOnly',
      ...report.cases.flatMap(listed => [listed.caseAddress, listed.stopUrl, listed.stopTextUrl]),
    ],
    facts: [
      report.emailAddress, 'You track 3 cases', 'This page lives 24 hours.', 'This case is closed.', 'Closed', 'Options: none',
      'Options: 10 days before a scheduled event; 2 days before a scheduled event', 'Stop Tracking ALL Cases', ...stopWords,
      ...report.cases.flatMap(listed => [listed.caseNumber, listed.caption, listed.textState ?? listed.caption, listed.remark ?? listed.caption]),
    ],
  },
  {
    name: 'a report of nothing',
    element: <ReportEmail {...emptyReport} />,
    text: reportText(emptyReport),
    urls: [],
    facts: [`Nothing is tracked with ${report.emailAddress}.`],
  },
  {
    name: 'an e-mail for several cases',
    element: <DigestEmail {...digest} />,
    text: digestText(digest),
    urls: [
      ...digest.cases.flatMap(one => [one.caseAddress, one.stopUrl, one.stopTextUrl, ...(one.hearings ?? []).map(hearing => hearing.calendarAddress)]),
      digest.myCasesUrl, digest.stopListedUrl, digest.stopAllUrl, digest.stopAllTextUrl,
    ],
    facts: [
      'Updates in 5 of your cases', 'and 3 more of your cases', 'Stop Tracking All Cases in This E-mail', 'Your note: Our flat on Harbor Lane', ...stopWords,
      ...digest.cases.flatMap(one => [one.heading, one.caption, one.caseNumber, ...one.leads, ...one.entries.flatMap(entry => [entry.title, ...entry.changes])]),
    ],
  },
  {
    name: 'mail of new cases',
    element: <CandidatesEmail {...candidates} />,
    text: candidatesText(candidates),
    urls: [
      'https://track.example.org/stop-watch/Hw7cB2mXy4',
      ...candidates.searches.flatMap(search => [search.address, search.stopUrl, ...search.cases.map(one => one.caseAddress)]),
    ],
    facts: [
      candidates.heading, 'New for “Cases of the Varga estate”', 'A search that you watch', 'This does not track them', 'and 18 more', 'See all that match now',
      'See your searches', 'Stop watching this search', 'Stop watching all searches',
      ...candidates.searches.flatMap(search => search.cases.flatMap(one => [one.caseNumber, one.caption, one.courtName, one.remark ?? ''])),
    ],
  },
]

describe.each(rendered)('$name', ({ element, text, urls, facts }) => {
  const html = renderToStaticMarkup(element)

  it('links to every address it was given, to the help desk and to nothing else', () => {
    expect(hrefsOf(html)).toEqual(new Set([...urls, 'mailto:help@courts.example.org']))
  })

  it('has every address alone on a line of its plain text', () => {
    const lines = text.split('\n')
    for (const url of urls) expect(lines).toContain(url)
    expect(lines.filter(line => line.includes('https://') && ![...urls, notice.origin].includes(line))).toEqual([])
    expect(text.endsWith('\n')).toBe(true)
  })

  it('says the same in both parts', () => {
    const { helpDesk, serviceName, notOfficial, origin } = notice
    const always = [helpDesk.name, helpDesk.email, helpDesk.phone, helpDesk.hours, serviceName, notOfficial, origin]
    for (const fact of [...facts, ...always]) {
      expect(wordsOf(html)).toContain(fact)
      expect(text.replace(/\s+/g, ' ')).toContain(fact)
    }
  })

  it('names its language, both colour schemes and no table but for layout', () => {
    expect(html).toMatch(/^<html dir="ltr" lang="en">/)
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('name="format-detection"')
    expect(html.match(/<table /g)?.length).toBe(html.match(/<table [^>]*role="presentation"/g)?.length)
    expect(html.match(/<h1 /g)?.length).toBe(1)
  })
})

const attack = '\u202e"><img src=x onerror=alert(1)></p><script>alert(2)</script>\u0007\u001b[2J <a href="https://evil.example">\u2066click'
const inert = '"><img src=x onerror=alert(1)></p><script>alert(2)</script>[2J <a href="https://evil.example">click'

const hostile: readonly Omit<Rendered, 'facts'>[] = [
  {
    name: 'a notice',
    element: <NoticeEmail {...hostileNotice()} />,
    text: noticeText(hostileNotice()),
    urls: urlsOfNotice,
  },
  {
    name: 'a verification',
    element: <VerificationEmail {...hostileVerification()} />,
    text: verificationText(hostileVerification()),
    urls: rendered[1]?.urls ?? [],
  },
  {
    name: 'a report',
    element: <ReportEmail {...hostileReport()} />,
    text: reportText(hostileReport()),
    urls: rendered[3]?.urls ?? [],
  },
  {
    name: 'mail of new cases',
    element: <CandidatesEmail {...hostileCandidates()} />,
    text: candidatesText(hostileCandidates()),
    urls: rendered.find(({ name }) => name === 'mail of new cases')?.urls ?? [],
  },
]

function hostileNotice(): NoticeProps {
  const entries = notice.entries.map(entry => ({
    ...entry,
    title: attack,
    filed: attack,
    text: `${attack}\n\nStop Tracking This Case\nhttps://evil.example/stop`,
    changes: [attack, attack],
    lastActivity: attack,
  }))
  const hearings = (notice.hearings ?? []).map(hearing => ({ ...hearing, kind: attack, place: attack, judge: attack, was: [attack] }))
  const payments = (notice.payments ?? []).map(payment => ({ ...payment, person: attack, plan: attack }))
  return { ...notice, caseNumber: attack, caption: `${attack}.`, courtName: attack, heading: attack, leads: [attack], hearings, payments, entries }
}

function hostileVerification(): VerificationProps {
  return { ...verification, emailAddress: attack, requests: verification.requests.map(request => ({ ...request, caseNumber: attack })) }
}

function hostileCandidates(): CandidatesProps {
  const searches = candidates.searches.map(search => ({
    ...search, name: attack, cases: search.cases.map(one => ({ ...one, caseNumber: attack, caption: attack, courtName: attack, remark: attack })),
  }))
  return { ...candidates, heading: attack, searches }
}

function hostileReport(): ReportProps {
  const cases = report.cases.map(listed => ({
    ...listed, caseNumber: attack, caption: attack, remark: attack, textState: attack, options: [attack],
  }))
  return { ...report, emailAddress: attack, cases }
}

describe.each(hostile)('$name made of hostile text', ({ element, text, urls }) => {
  const html = renderToStaticMarkup(element)

  it('shows it as the letters it is', () => {
    expect(wordsOf(html)).toContain(inert)
    expect(text).toContain(inert)
  })

  it('gains no element, attribute or link by it', () => {
    const harmless = rendered.map(one => renderToStaticMarkup(one.element))
    const known = new Set(harmless.flatMap(markup => [...tagsOf(markup)]))
    const knownAttributes = new Set(harmless.flatMap(markup => [...attributesOf(markup)]))
    expect([...tagsOf(html)].filter(tag => !known.has(tag))).toEqual([])
    expect([...attributesOf(html)].filter(attribute => !knownAttributes.has(attribute))).toEqual([])
    expect(hrefsOf(html)).toEqual(new Set([...urls, 'mailto:help@courts.example.org']))
  })

  it('holds no control character and nothing that turns the direction of writing', () => {
    for (const part of [html, text]) expect(part).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069]/u)
  })
})

describe('a notice', () => {
  it('says hearings first, the new date before the old one, then payments, then the docket', () => {
    for (const said of [wordsOf(renderToStaticMarkup(<NoticeEmail {...notice} />)).split('Track This Case').slice(1).join(''), noticeText(notice)]) {
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
    const lines = noticeText(hostileNotice()).split('\n')
    expect(lines).toContain('  https://evil.example/stop')
    expect(lines).not.toContain('https://evil.example/stop')
  })

  it('strikes through what was voided, and only that', () => {
    const html = renderToStaticMarkup(<NoticeEmail {...notice} />)
    expect([...html.matchAll(/<s>(.*?)<\/s>/g)].map(match => match[1])).toEqual(['Notice of appearance', 'Entered in the wrong case.'])
  })

  it('does not say the caption twice', () => {
    const heading = `2 new entries in ${notice.caption}`
    const words = wordsOf(renderToStaticMarkup(<NoticeEmail {...notice} heading={heading} />))
    expect(words.split(notice.caption).length - 1).toBe(1)
    expect(noticeText({ ...notice, heading }).split(notice.caption).length - 1).toBe(1)
  })

  it('says nothing of more where all is shown, and leaves no empty line for an entry without text', () => {
    const short: NoticeProps = { ...notice, more: 0, leads: [], entries: notice.entries.map(entry => ({ ...entry, text: '' })) }
    expect(wordsOf(renderToStaticMarkup(<NoticeEmail {...short} />))).not.toContain('and 0 more')
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

describe('a list that is cut', () => {
  it('counts what it does not show', () => {
    const cutReport = { ...report, more: 40 }
    for (const part of [wordsOf(renderToStaticMarkup(<ReportEmail {...cutReport} />)), reportText(cutReport)]) {
      expect(part).toContain('You track 43 cases')
      expect(part).toContain('and 40 more')
    }
    const cutVerification = { ...verification, more: 40 }
    for (const part of [wordsOf(renderToStaticMarkup(<VerificationEmail {...cutVerification} />)), verificationText(cutVerification)]) {
      expect(part).toContain('Confirm the 42 cases')
      expect(part).toContain('and 40 more')
    }
  })
})
