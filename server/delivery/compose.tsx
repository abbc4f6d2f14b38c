import { accountText } from '../../emails/account-text.ts'
import { AccountEmail } from '../../emails/account.tsx'
import { reportText } from '../../emails/report-text.ts'
import { ReportEmail } from '../../emails/report.tsx'
import { verificationText } from '../../emails/verification-text.ts'
import { VerificationEmail } from '../../emails/verification.tsx'
import type { EmailKind } from '../contract/vocabulary.ts'
import { senderParts } from '../contract/sender-parts.ts'
import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { LeasedBatch, LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { AccountContent, CandidatesContent, EmailContent, ReportContent, VerificationContent } from '../domain/outbox/message-content.ts'
import type { Mail } from '../ports.ts'
import { candidatesOf } from './compose-candidates.tsx'
import { createNoticeComposer } from './compose-notices.tsx'
import { fit, frameOf, mailFrom, markup, stopAllUrls, stopUrls, subscriberOf } from './mail-parts.ts'

export interface ComposedBatch {
  /** In the order of the batch; those that no mail could be made of are left out. */
  readonly composed: readonly { readonly message: LeasedMessage; readonly mail: Mail }[]
  readonly uncomposed: readonly { readonly id: number; readonly reason: string }[]
}

/**
 * Makes the mails of a batch. The same batch always gives the same bytes (rule 3). What many recipients are told is
 * rendered once; their own links are put in after. A message that no mail can be made of keeps no other back.
 */
export function createComposer(linkKeys: LinkKeys): (batch: LeasedBatch) => ComposedBatch {
  const notices = createNoticeComposer(linkKeys, (payload) => readContent(payload, 'notice'))

  function mailOf(message: LeasedMessage, contents: LeasedBatch['contents']): Mail {
    const payload = contents.get(message.contentId) ?? ''
    switch (message.kind) {
      case 'notice': return notices.noticeMail(message, payload)
      case 'verification': return verificationMail(linkKeys, message, readContent(payload, 'verification'))
      case 'report': return reportMail(linkKeys, message, readContent(payload, 'report'))
      case 'account': return accountMail(linkKeys, message, readContent(payload, 'account'))
      case 'candidates': return candidatesMail(linkKeys, message, readContent(payload, 'candidates'))
      case 'digest': return notices.digestMail(message, readContent(payload, 'digest'), contents)
      case 'text':
      case 'textVerification':
      case 'textAnswer': throw new Error('It is no e-mail.')
    }
  }

  return ({ messages, contents }) => {
    const composed: { message: LeasedMessage; mail: Mail }[] = []
    const uncomposed: { id: number; reason: string }[] = []
    for (const message of messages) {
      const mail = orError(() => mailOf(message, contents))
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
    case 'mend':
    case 'changeAddress': return `/confirm/${signed('changeAddress')}`
    case 'resetPassword': return `/reset/${signed('resetPassword')}`
    case 'alreadyRegistered': return '/login'
    case 'notRegistered': return '/register'
    case 'addressChanging': return '/forgot'
    case 'eveningWaits': return '/operator'
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
