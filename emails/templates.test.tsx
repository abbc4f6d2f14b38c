import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { wordsOfMarkup } from '../server/testing/words-of-markup.ts'
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
      expect(wordsOfMarkup(html)).toContain(fact)
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
    expect(wordsOfMarkup(html)).toContain(inert)
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
