import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { EmailContent } from '../domain/outbox/message-content.ts'
import type { Mail } from '../ports.ts'
import { headerLine, oneAddress } from './header-line.ts'

// What composing every mail has in common.

/** F12: HTML and text together, as they travel, with room for the headers. */
const maxBytes = 97_000

export const stopUrls = (origin: string, token: string) => ({
  stopUrl: `${origin}/stop/${token}?choice=emailAndText`,
  stopTextUrl: `${origin}/stop/${token}?choice=textOnly`,
})

export function subscriberOf({ subscriberId }: LeasedMessage): number {
  if (subscriberId === null) throw new Error('It goes to no subscriber.')
  return subscriberId
}

export function stopAllUrls(linkKeys: LinkKeys, origin: string, subscriberId: number) {
  const token = signLink(linkKeys, 'stopAll', { id: subscriberId, version: 1 })
  return { stopAllUrl: `${origin}/stop-all/${token}?choice=emailAndText`, stopAllTextUrl: `${origin}/stop-all/${token}?choice=textOnly` }
}

export const frameOf = (content: EmailContent): Pick<Mail, 'from' | 'subject'> => ({
  from: headerLine(content.sender),
  subject: headerLine(content.subject),
})

export interface Parts {
  readonly html: string
  readonly text: string
}

/** F12: shows as many of the `count` things that a mail lists as it holds. The same things are always cut alike. */
export function fit(count: number, render: (shown: number) => Parts, reservedBytes = 0): Parts {
  const bytesOf = ({ html, text }: Parts): number => travellingBytes(html) + travellingBytes(text) + reservedBytes
  const whole = render(count)
  if (mostTravelling(whole) + reservedBytes <= maxBytes || bytesOf(whole) <= maxBytes) return whole
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

/** No fewer than they travel in, found without a look at them: a character is at most three bytes, and each of those three when it is escaped. */
const mostTravelling = ({ html, text }: Parts): number => Math.ceil((9 * (html.length + text.length) + 2) * (78 / 75)) + 1

/** As quoted-printable, the longest way that mail travels: three bytes for each that is not plain ASCII, in lines of 76 characters. */
function travellingBytes(part: string): number {
  const escaped = Buffer.byteLength((part.match(/[^\t\n\x20-<>-~]+/g) ?? []).join(''))
  const lineEnds = part.split('\n').length
  return Math.ceil((Buffer.byteLength(part) + 2 * escaped + lineEnds) * (78 / 75))
}

export const markup = (email: ReactElement): string => `<!DOCTYPE html>${renderToStaticMarkup(email)}`

export const mailFrom = (
  message: LeasedMessage, { from, subject }: Pick<Mail, 'from' | 'subject'>, { html, text }: Pick<Mail, 'html' | 'text'>, headers: Readonly<Record<string, string>>,
): Mail => ({
  messageKey: `m${message.id}`,
  from,
  to: oneAddress(message.address),
  subject,
  html,
  text,
  headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
})
