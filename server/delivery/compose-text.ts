import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { LeasedBatch, LeasedMessage } from '../domain/outbox/leased-batch.ts'
import type { MessageContent, TextContent, TextFrame, TextVerificationContent } from '../domain/outbox/message-content.ts'
import type { Text } from '../ports.ts'
import { fitText } from './fit-text.ts'
import { inGsmLetters } from './gsm-letters.ts'
import { headerLine } from './header-line.ts'

export interface ComposedTexts {
  /** In the order of the batch; those that no text could be made of are left out. */
  readonly composed: readonly { readonly message: LeasedMessage; readonly mail: Text }[]
  readonly uncomposed: readonly { readonly id: number; readonly reason: string }[]
}

/**
 * Makes the texts of a batch (F7): one line each that names its sender, then what it tells, its link, and how to stop (E6).
 * The same batch always gives the same bytes. A link is followed by a space or the end; it is never cut.
 */
export function createTextComposer(linkKeys: LinkKeys): (batch: LeasedBatch) => ComposedTexts {
  return ({ messages, contents }) => {
    const composed: { message: LeasedMessage; mail: Text }[] = []
    const uncomposed: { id: number; reason: string }[] = []
    for (const message of messages) {
      try {
        composed.push({ message, mail: textOf(linkKeys, message, contents.get(message.contentId) ?? '') })
      } catch (error) {
        uncomposed.push({ id: message.id, reason: error instanceof Error ? error.message : String(error) })
      }
    }
    return { composed, uncomposed }
  }
}

function textOf(linkKeys: LinkKeys, message: LeasedMessage, payload: string): Text {
  const content = readContent(payload, message.kind)
  const to = oneNumber(message.address)
  const messageKey = `m${message.id}`
  switch (content.kind) {
    case 'text': return { messageKey, to, carrier: message.carrier, body: factBody(content, stopUrl(linkKeys, message, content)) }
    case 'textVerification': {
      const confirmUrl = `${content.origin}/confirm/${signLink(linkKeys, 'confirmText', { id: content.verificationId, version: 1 })}`
      // Not the subscription's: a visitor may have named the phone of a stranger, who refuses texts and stops nobody's e-mail.
      const refuseUrl = `${content.origin}/stop/${signLink(linkKeys, 'refuseText', { id: content.verificationId, version: 1 })}`
      const body = verificationBody(content, confirmUrl, refuseUrl)
      return { messageKey, to, carrier: content.carrier ?? message.carrier, body }
    }
    case 'textAnswer': return { messageKey, to, carrier: message.carrier, body: fitText('', inGsmWherePossible(oneLine(content.told)), '') }
    case 'notice':
    case 'candidates':
    case 'digest':
    case 'verification':
    case 'report':
    case 'account': throw new Error('It is no text.')
  }
}

/** Throws without a word of what it says. */
function readContent(payload: string, kind: LeasedMessage['kind']): MessageContent {
  let content: unknown
  try {
    content = JSON.parse(payload)
  } catch {
    content = null
  }
  if (!isOfKind(content, kind)) throw new Error('What it says cannot be read.')
  return content
}

// The rest of its form is what putMessage and putTexts were given; what is missing shows itself in composing.
const isOfKind = (content: unknown, kind: LeasedMessage['kind']): content is MessageContent =>
  typeof content === 'object' && content !== null && 'kind' in content && content.kind === kind

/** Throws for what is no US number: nothing else ever gets a text (S7). */
function oneNumber(address: string): string {
  if (!/^\+1\d{10}$/.test(address)) throw new Error('Its phone number is not one of the United States.')
  return address
}

function stopUrl(linkKeys: LinkKeys, { subscriptionId, linkVersion }: LeasedMessage, { origin }: TextFrame): string {
  if (subscriptionId === null || linkVersion === null) throw new Error('It belongs to no subscription.')
  return `${origin}/stop/${signLink(linkKeys, 'stopText', { id: subscriptionId, version: linkVersion })}`
}

const stopWays = (url: string, { takesReplies }: TextFrame): string => (takesReplies ? `Reply STOP or stop: ${url}` : `Stop: ${url}`)

const factBody = (content: TextContent, stop: string): string =>
  fitted(content, content.told, ` ${content.address} ${stopWays(stop, content)}`)

const verificationBody = (content: TextVerificationContent, confirm: string, stop: string): string =>
  fitted(content, `Confirm texts about case ${content.caseNumber}:`, ` ${confirm} Not you? Ignore this. ${stopWays(stop, content)}`)

/** In GSM letters where all of it can be said so. What others wrote is one line without a web address of its own (H3). */
function fitted({ sender }: TextFrame, told: string, after: string): string {
  const [from, what] = [oneLine(sender), oneLine(told)]
  const plain = inGsmLetters(`${from}: ${what}`)
  if (plain === null) return fitText(`${from}: `, withoutAddresses(what), after)
  const plainFrom = inGsmLetters(from) ?? from
  return fitText(`${plainFrom}: `, withoutAddresses(inGsmLetters(what) ?? what), after)
}

/** Without what is not seen, and so can hide where a word ends. */
const oneLine = (text: string): string => headerLine(text.replace(/\p{Cf}/gu, ''))

const inGsmWherePossible = (text: string): string => inGsmLetters(text) ?? text

/** Phones make a link of all that looks like one: a space keeps them from it, and no scheme is left (H3). */
const withoutAddresses = (told: string): string =>
  told.replace(/\b\p{L}[\p{L}\p{N}+.-]*:\/\/+/gu, '').replace(/(?<=[\p{L}\p{N}_-])[.\u3002\uFF0E\uFF61](?=[\p{L}\p{N}-]*\p{L}{2})/gu, '. ')
