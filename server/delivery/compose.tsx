import { createHash, randomBytes } from 'node:crypto'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { accountText } from '../../emails/account-text.ts'
import { AccountEmail } from '../../emails/account.tsx'
import { noticeText } from '../../emails/notice-text.ts'
import { NoticeEmail } from '../../emails/notice.tsx'
import { reportText } from '../../emails/report-text.ts'
import { ReportEmail } from '../../emails/report.tsx'
import { verificationText } from '../../emails/verification-text.ts'
import { VerificationEmail } from '../../emails/verification.tsx'
import type { EmailKind } from '../contract/vocabulary.ts'
import { senderParts } from '../contract/sender-parts.ts'
import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { LeasedBatch, LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { AccountContent, CandidatesContent, EmailContent, NoticeContent, ReportContent, VerificationContent } from '../domain/outbox/message-content.ts'
import type { Attachment, Mail } from '../ports.ts'
import { calendarFile } from './calendar-file.ts'
import { candidatesOf } from './compose-candidates.tsx'
import { headerLine, oneAddress } from './header-line.ts'

export interface ComposedBatch {
  /** In the order of the batch; those that no mail could be made of are left out. */
  readonly composed: readonly { readonly message: LeasedMessage; readonly mail: Mail }[]
  readonly uncomposed: readonly { readonly id: number; readonly reason: string }[]
}

/** F12: HTML and text together, as they travel, with room for the headers. */
const maxBytes = 97_000
/** For the links that are put into a notice after it was rendered. */
const linkBytes = 4_000
const contentsKept = 300

/**
 * Makes the mails of a batch. The same batch always gives the same bytes (rule 3). What many recipients are told is
 * rendered once; their own links are put in after. A message that no mail can be made of keeps no other back.
 */
export function createComposer(linkKeys: LinkKeys): (batch: LeasedBatch) => ComposedBatch {
  // Random, so that nothing that others wrote can pass for a place where a link belongs.
  const mark = `${randomBytes(12).toString('hex')}-`
  const notices = new Map<number, { readonly payload: string; readonly notice: RenderedNotice | Error }>()

  function noticeOf(contentId: number, payload: string): RenderedNotice {
    let kept = notices.get(contentId)
    notices.delete(contentId)
    if (kept?.payload !== payload) kept = { payload, notice: orError(() => renderNotice(readContent(payload, 'notice'), mark)) }
    notices.set(contentId, kept)
    for (const oldest of notices.keys()) {
      if (notices.size <= contentsKept) break
      notices.delete(oldest)
    }
    if (kept.notice instanceof Error) throw kept.notice
    return kept.notice
  }

  function mailOf(message: LeasedMessage, payload: string): Mail {
    switch (message.kind) {
      case 'notice': return noticeMail(linkKeys, message, noticeOf(message.contentId, payload))
      case 'verification': return verificationMail(linkKeys, message, readContent(payload, 'verification'))
      case 'report': return reportMail(linkKeys, message, readContent(payload, 'report'))
      case 'account': return accountMail(linkKeys, message, readContent(payload, 'account'))
      case 'candidates': return candidatesMail(linkKeys, message, readContent(payload, 'candidates'))
      case 'digest':
      case 'text':
      case 'textVerification':
      case 'textAnswer': throw new Error('It is no e-mail.')
    }
  }

  return ({ messages, contents }) => {
    const composed: { message: LeasedMessage; mail: Mail }[] = []
    const uncomposed: { id: number; reason: string }[] = []
    for (const message of messages) {
      const mail = orError(() => mailOf(message, contents.get(message.contentId) ?? ''))
      if (mail instanceof Error) uncomposed.push({ id: message.id, reason: mail.message })
      else composed.push({ message, mail })
    }
    return { composed, uncomposed }
  }
}

function orError<T>(make: () => T): T | Error {
  try {
    return make()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Throws without a word of what it says. */
function readContent<K extends EmailKind>(payload: string, kind: K): Extract<EmailContent, { kind: K }> {
  const content = orError<unknown>(() => JSON.parse(payload))
  if (!isOfKind(content, kind)) throw new Error('What it says cannot be read.')
  return content
}

// The rest of its form is what putMessage and the evening wrote; what is missing shows itself in rendering.
const isOfKind = <K extends EmailKind>(content: unknown, kind: K): content is Extract<EmailContent, { kind: K }> =>
  typeof content === 'object' && content !== null && 'kind' in content && content.kind === kind

// --- notices

interface RenderedNotice {
  readonly content: NoticeContent
  readonly frame: Pick<Mail, 'from' | 'subject'>
  readonly headers: Readonly<Record<string, string>>
  /** Text and the number of a placeholder, in turn. */
  readonly html: readonly string[]
  readonly text: readonly string[]
  readonly attachments: readonly Attachment[]
}

function renderNotice(content: NoticeContent, mark: string): RenderedNotice {
  const [stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl] = [0, 1, 2, 3].map((index) => `${mark}${index}`)
  if (!stopUrl || !stopTextUrl || !stopAllUrl || !stopAllTextUrl) throw new Error('A placeholder is missing.')
  const { hearings = [], payments = [], entries } = content
  const countOf = (mark: 'Hearing' | 'Payment'): number => (content.isNeutral ? 0 : content.told.filter((fact) => fact.mark === mark).length)
  const [hearingsTold, paymentsTold] = [countOf('Hearing'), countOf('Payment')]
  // What is cut first stands last.
  const { html, text } = fit(hearings.length + payments.length + entries.length, (count) => {
    const shown = {
      hearings: hearings.slice(0, count),
      payments: payments.slice(0, Math.max(0, count - hearings.length)),
      entries: entries.slice(0, Math.max(0, count - hearings.length - payments.length)),
    }
    const props = {
      ...content,
      ...shown,
      moreHearings: hearingsTold - shown.hearings.length,
      morePayments: paymentsTold - shown.payments.length,
      more: content.more + entries.length - shown.entries.length,
      stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl,
    }
    return { html: markup(<NoticeEmail {...props} />), text: noticeText(props) }
  }, linkBytes)
  const places = new RegExp(`${mark}([0-3])`)
  return {
    content,
    frame: frameOf(content),
    headers: {
      'List-Id': `<notices.${new URL(content.origin).hostname}>`,
      // Mail programs that gather what looks alike keep the mails of two cases apart.
      'X-Entity-Ref-ID': createHash('sha256').update(content.caseAddress).digest('hex').slice(0, 32),
    },
    html: html.split(places),
    text: text.split(places),
    attachments: content.isCalendarAttached && hearings.length > 0 ? [calendarFile(content.serviceName, hearings.map(({ calendar }) => calendar))] : [],
  }
}

function noticeMail(linkKeys: LinkKeys, message: LeasedMessage, { content, frame, headers, html, text, attachments }: RenderedNotice): Mail {
  if (message.subscriptionId === null || message.linkVersion === null) throw new Error('It belongs to no subscription.')
  const token = signLink(linkKeys, 'stop', { id: message.subscriptionId, version: message.linkVersion })
  const stop = stopUrls(content.origin, token)
  const all = stopAllUrls(linkKeys, content.origin, subscriberOf(message))
  const urls = [stop.stopUrl, stop.stopTextUrl, all.stopAllUrl, all.stopAllTextUrl]
  const mail = mailFrom(message, frame, { html: fill(html, urls), text: fill(text, urls) }, {
    // E4: one click in the mail program.
    'List-Unsubscribe': `<${content.origin}/api/stop/${token}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    ...headers,
  })
  return attachments.length === 0 ? mail : { ...mail, attachments }
}

function fill(pieces: readonly string[], urls: readonly string[]): string {
  let whole = pieces[0] ?? ''
  for (let at = 1; at < pieces.length; at += 2) whole += (urls[Number(pieces[at])] ?? '') + (pieces[at + 1] ?? '')
  return whole
}

// --- mail that a visitor asked for

function verificationMail(linkKeys: LinkKeys, message: LeasedMessage, content: VerificationContent): Mail {
  const { origin, requests } = content
  const props = {
    ...content,
    senderAddress: senderParts(content.sender).email,
    requests: requests.map(({ requestId, subscriptionId, linkVersion, ...listed }) => ({
      ...listed,
      confirmUrl: `${origin}/confirm/${signLink(linkKeys, 'confirm', { id: requestId, version: 1 })}`,
      ...stopUrls(origin, signLink(linkKeys, 'stop', { id: subscriptionId, version: linkVersion })),
    })),
    confirmAllUrl: requests.length + content.more < 2 ? null : `${origin}/confirm/${signLink(linkKeys, 'confirmAll', {
      id: subscriberOf(message),
      version: Math.max(...requests.map((request) => request.requestId)),
    })}`,
  }
  const parts = fit(requests.length, (count) => {
    // The newest stand last.
    const listed = { ...props, requests: props.requests.slice(requests.length - count), more: content.more + requests.length - count }
    return { html: markup(<VerificationEmail {...listed} />), text: verificationText(listed) }
  })
  return mailFrom(message, frameOf(content), parts, {})
}

function reportMail(linkKeys: LinkKeys, message: LeasedMessage, content: ReportContent): Mail {
  const { origin, reportRequestId } = content
  const isEmpty = content.cases.length === 0
  const all = stopAllUrls(linkKeys, origin, subscriberOf(message))
  const props = {
    ...content,
    cases: content.cases.map(({ subscriptionId, linkVersion, ...listed }) => ({
      ...listed, ...stopUrls(origin, signLink(linkKeys, 'stop', { id: subscriptionId, version: linkVersion })),
    })),
    reportUrl: reportRequestId === null ? null : `${origin}/report/${signLink(linkKeys, 'report', { id: reportRequestId, version: 1 })}`,
    stopAllUrl: isEmpty ? null : all.stopAllUrl,
    stopAllTextUrl: isEmpty ? null : all.stopAllTextUrl,
  }
  const parts = fit(content.cases.length, (count) => {
    const listed = { ...props, cases: props.cases.slice(0, count), more: content.more + content.cases.length - count }
    return { html: markup(<ReportEmail {...listed} />), text: reportText(listed) }
  })
  return mailFrom(message, frameOf(content), parts, {})
}

function accountMail(linkKeys: LinkKeys, message: LeasedMessage, content: AccountContent): Mail {
  const props = { ...content, actionUrl: content.origin + accountPath(linkKeys, content) }
  return mailFrom(message, frameOf(content), { html: markup(<AccountEmail {...props} />), text: accountText(props) }, {})
}

function accountPath(linkKeys: LinkKeys, { what, requestId }: AccountContent): string {
  const signed = (purpose: 'register' | 'resetPassword' | 'changeAddress'): string => signLink(linkKeys, purpose, { id: requestId, version: 1 })
  switch (what) {
    case 'register': return `/confirm/${signed('register')}`
    case 'changeAddress': return `/confirm/${signed('changeAddress')}`
    case 'resetPassword': return `/reset/${signed('resetPassword')}`
    case 'alreadyRegistered': return '/login'
    case 'notRegistered': return '/register'
    case 'addressChanging': return '/forgot'
  }
}

function candidatesMail(linkKeys: LinkKeys, message: LeasedMessage, content: CandidatesContent): Mail {
  const { most, headers, shownOf } = candidatesOf(linkKeys, content)
  const parts = fit(most, (count) => {
    const { element, text } = shownOf(count)
    return { html: markup(element), text }
  })
  return mailFrom(message, frameOf(content), parts, headers)
}

// --- every mail

const stopUrls = (origin: string, token: string) => ({
  stopUrl: `${origin}/stop/${token}?choice=emailAndText`,
  stopTextUrl: `${origin}/stop/${token}?choice=textOnly`,
})

function subscriberOf({ subscriberId }: LeasedMessage): number {
  if (subscriberId === null) throw new Error('It goes to no subscriber.')
  return subscriberId
}

function stopAllUrls(linkKeys: LinkKeys, origin: string, subscriberId: number) {
  const token = signLink(linkKeys, 'stopAll', { id: subscriberId, version: 1 })
  return { stopAllUrl: `${origin}/stop-all/${token}?choice=emailAndText`, stopAllTextUrl: `${origin}/stop-all/${token}?choice=textOnly` }
}

const frameOf = (content: EmailContent): Pick<Mail, 'from' | 'subject'> => ({
  from: headerLine(content.sender),
  subject: headerLine(content.subject),
})

type Parts = Pick<Mail, 'html' | 'text'>

/** F12: shows as many of the `count` things that a mail lists as it holds. The same things are always cut alike. */
function fit(count: number, render: (shown: number) => Parts, reservedBytes = 0): Parts {
  const bytesOf = ({ html, text }: Parts): number => travellingBytes(html) + travellingBytes(text) + reservedBytes
  const whole = render(count)
  if (bytesOf(whole) <= maxBytes) return whole
  let best = render(0)
  if (bytesOf(best) > maxBytes) throw new Error(`It takes ${bytesOf(best)} bytes, more than ${maxBytes}.`)
  for (let fits = 0, tooMany = count; tooMany - fits > 1;) {
    const middle = Math.floor((fits + tooMany) / 2)
    const parts = render(middle)
    if (bytesOf(parts) > maxBytes) tooMany = middle
    else [best, fits] = [parts, middle]
  }
  return best
}

/** As quoted-printable, the longest way that mail travels: three bytes for each that is not plain ASCII, in lines of 76 characters. */
function travellingBytes(part: string): number {
  const escaped = Buffer.byteLength((part.match(/[^\t\n\x20-<>-~]+/g) ?? []).join(''))
  const lineEnds = part.split('\n').length
  return Math.ceil((Buffer.byteLength(part) + 2 * escaped + lineEnds) * (78 / 75))
}

const markup = (email: ReactElement): string => `<!DOCTYPE html>${renderToStaticMarkup(email)}`

const mailFrom = (
  message: LeasedMessage, { from, subject }: Pick<Mail, 'from' | 'subject'>, { html, text }: Parts, headers: Readonly<Record<string, string>>,
): Mail => ({
  messageKey: `m${message.id}`,
  from,
  to: oneAddress(message.address),
  subject,
  html,
  text,
  headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
})
