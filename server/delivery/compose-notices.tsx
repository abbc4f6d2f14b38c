import { createHash, randomBytes } from 'node:crypto'
import { renderToStaticMarkup } from 'react-dom/server'
import { plainLine } from '../../emails/_parts/plain.ts'
import { updatesIn } from '../../emails/_parts/phrases.ts'
import { digestText } from '../../emails/digest-text.ts'
import { DigestEmail } from '../../emails/digest.tsx'
import { noticeText } from '../../emails/notice-text.ts'
import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { LeasedBatch, LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { DigestContent, NoticeContent } from '../domain/outbox/message-content.ts'
import type { Attachment, Mail } from '../ports.ts'
import { FilledText, SharedText } from '../contract/filled-text.ts'
import { calendarFile } from './calendar-file.ts'
import { fit, frameOf, mailFrom, markup, stopAllUrls, stopUrls, subscriberOf } from './mail-parts.ts'
import { createNoticeMarkup } from './notice-markup.tsx'

/** For the links that are put into a notice after it was rendered. */
const linkBytes = 4_000
/** The longest note that is shown, and what it may take in HTML and text as they travel. */
const mostOfNote = 400
const noteBytes = 8_000
const contentsKept = 300
/** More cases in one mail are a count and a link. */
const mostCases = 40

interface RenderedNotice {
  readonly content: NoticeContent
  readonly frame: Pick<Mail, 'from' | 'subject'>
  readonly headers: Readonly<Record<string, string>>
  /** With places for links and the note. */
  readonly html: SharedText
  readonly text: SharedText
  readonly attachments: readonly Attachment[]
}

/**
 * Makes the mails that an evening owes. What many recipients are told is rendered once for those whose mail is private (F11) and
 * once for the others; their own links and notes are put in after. `read` throws where what is stored cannot be read.
 */
export function createNoticeComposer(linkKeys: LinkKeys, read: (payload: string) => NoticeContent) {
  // Random, so that nothing that others wrote can pass for a place where a link belongs.
  const mark = `${randomBytes(12).toString('hex')}-`
  const noticeMarkup = createNoticeMarkup()
  const kept = new Map<string, { readonly payload: string; readonly notice: RenderedNotice | Error }>()

  function renderedOf({ contentId, isPrivate, note }: LeasedMessage, payload: string): RenderedNotice {
    // Of a private notice only the number and the link (F11).
    const hasNote = !isPrivate && noteOf(note) !== null
    const key = `${contentId} ${isPrivate} ${hasNote}`
    let one = kept.get(key)
    kept.delete(key)
    if (one?.payload !== payload) one = { payload, notice: orError(() => renderNotice(shownTo(isPrivate, read(payload)), noticeMarkup, mark, hasNote)) }
    kept.set(key, one)
    for (const oldest of kept.keys()) {
      if (kept.size <= contentsKept) break
      kept.delete(oldest)
    }
    if (one.notice instanceof Error) throw one.notice
    return one.notice
  }

  return {
    noticeMail(message: LeasedMessage, payload: string): Mail {
      const { content, frame, headers, html, text, attachments } = renderedOf(message, payload)
      if (message.subscriptionId === null || message.linkVersion === null) throw new Error('It belongs to no subscription.')
      const token = signLink(linkKeys, 'stop', { id: message.subscriptionId, version: message.linkVersion })
      const stop = stopUrls(content.origin, token)
      const all = stopAllUrls(linkKeys, content.origin, subscriberOf(message))
      const urls = [stop.stopUrl, stop.stopTextUrl, all.stopAllUrl, all.stopAllTextUrl]
      const note = message.isPrivate ? '' : noteOf(message.note) ?? ''
      // Rendering costs as much for nothing as for a note.
      const parts = {
        html: new FilledText(html, [...urls, note === '' ? '' : renderToStaticMarkup(<>{note}</>)]),
        text: new FilledText(text, [...urls, note]),
      }
      const mail = mailFrom(message, frame, parts, { ...oneClick(content.origin, token), ...headers })
      return attachments.length === 0 ? mail : { ...mail, attachments }
    },

    digestMail(message: LeasedMessage, content: DigestContent, contents: LeasedBatch['contents']): Mail {
      const { origin } = content
      const token = signLink(linkKeys, 'stopListed', { id: message.id, version: 1 })
      const cases = message.bundle.map(({ contentId, subscriptionId, linkVersion, note }) => {
        const told = shownTo(message.isPrivate, read(contents.get(contentId) ?? ''))
        return { told, note: message.isPrivate ? null : noteOf(note), ...stopUrls(origin, signLink(linkKeys, 'stop', { id: subscriptionId, version: linkVersion })) }
      })
      if (cases.length === 0) throw new Error('It tells of no case.')
      const shownAtMost = cases.slice(0, mostCases)
      const itemsAtMost = Math.max(...shownAtMost.map(({ told }) => itemsOf(told)))
      // First come the cases, then as much of each as all of them can have.
      const parts = fit(shownAtMost.length - 1 + itemsAtMost, (level) => {
        const listed = shownAtMost.slice(0, level + 1)
        const props = {
          ...content,
          cases: listed.map(({ told, note, ...urls }) => ({ ...cutTo(told, Math.max(0, level + 1 - shownAtMost.length)), note, ...urls })),
          more: cases.length - listed.length,
          myCasesUrl: `${origin}/my-cases`,
          stopListedUrl: `${origin}/stop/${token}`,
          ...stopAllUrls(linkKeys, origin, subscriberOf(message)),
        }
        return { html: markup(<DigestEmail {...props} />), text: digestText(props) }
      })
      const frame = frameOf({ ...content, subject: updatesIn(cases.length) })
      return mailFrom(message, frame, parts, { ...oneClick(origin, token), 'List-Id': listId(origin) })
    },
  }
}

/** E4: one click in the mail program. */
const oneClick = (origin: string, token: string) =>
  ({ 'List-Unsubscribe': `<${origin}/api/stop/${token}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })

const listId = (origin: string): string => `<notices.${new URL(origin).hostname}>`

/** As it may be shown; null where there is none. */
function noteOf(note: string): string | null {
  const line = plainLine(note)
  return line === '' ? null : line.length > mostOfNote ? `${line.slice(0, mostOfNote).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…` : line
}

/** F11: of what is private only that there is something, the number and the link. */
function shownTo(isPrivate: boolean, content: NoticeContent): NoticeContent {
  if (!isPrivate) return content
  const { hearings: _, payments: __, isCalendarAttached: ___, ...rest } = content
  return {
    ...rest,
    subject: 'Update on a case you track', heading: `Update on case ${content.caseNumber}`, caption: '',
    leads: ['There is something new in this case. The case page shows it.'], entries: [], more: 0, isNeutral: true,
  }
}

const itemsOf = ({ hearings = [], payments = [], entries }: NoticeContent): number => hearings.length + payments.length + entries.length

/** As many of the things that it lists; what is cut first stands last. */
function cutTo(content: NoticeContent, count: number) {
  const { hearings = [], payments = [], entries } = content
  const countOf = (what: 'Hearing' | 'Payment'): number => (content.isNeutral ? 0 : content.told.filter((fact) => fact.mark === what).length)
  const shown = {
    hearings: hearings.slice(0, count),
    payments: payments.slice(0, Math.max(0, count - hearings.length)),
    entries: entries.slice(0, Math.max(0, count - hearings.length - payments.length)),
  }
  return {
    ...content,
    ...shown,
    moreHearings: countOf('Hearing') - shown.hearings.length,
    morePayments: countOf('Payment') - shown.payments.length,
    more: content.more + entries.length - shown.entries.length,
  }
}

function renderNotice(content: NoticeContent, noticeMarkup: ReturnType<typeof createNoticeMarkup>, mark: string, hasNote: boolean): RenderedNotice {
  const [stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl, note] = [0, 1, 2, 3, 4].map((index) => `${mark}${index}`)
  if (!stopUrl || !stopTextUrl || !stopAllUrl || !stopAllTextUrl || !note) throw new Error('A placeholder is missing.')
  const { html, text } = fit(itemsOf(content), (count) => {
    const props = { ...cutTo(content, count), note: hasNote ? note : null, stopUrl, stopTextUrl, stopAllUrl, stopAllTextUrl }
    return { html: noticeMarkup(props), text: noticeText(props) }
  }, linkBytes + (hasNote ? noteBytes : 0))
  const place = new RegExp(`${mark}([0-4])`)
  const { hearings = [] } = content
  return {
    content,
    frame: frameOf(content),
    headers: {
      'List-Id': listId(content.origin),
      // Mail programs that gather what looks alike keep the mails of two cases apart.
      'X-Entity-Ref-ID': createHash('sha256').update(content.caseAddress).digest('hex').slice(0, 32),
    },
    html: new SharedText(html, place),
    text: new SharedText(text, place),
    attachments: content.isCalendarAttached && hearings.length > 0 ? [calendarFile(content.serviceName, hearings.map(({ calendar }) => calendar))] : [],
  }
}

function orError<T>(make: () => T): T | Error {
  try {
    return make()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
