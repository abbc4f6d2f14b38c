import type { MessageCopy } from '../contract/sent-view.ts'
import { fieldOf } from '../contract/field-of.ts'
import { textKinds } from '../contract/vocabulary.ts'
import type { FrozenMessage } from '../domain/my-cases/get-sent-message.ts'
import type { LeasedBatch } from '../domain/outbox/leased-batch.ts'
import { createTextComposer } from './compose-text.ts'
import { createComposer } from './compose.tsx'

export type ComposeCopy = (message: FrozenMessage) => MessageCopy | null

// Signs links that open nothing, should one escape.
const noKeys = ['A copy has no links that work.']
const noEmail = 'copy@mail.invalid'
const noPhone = '+15555550100'

/**
 * Makes a copy of a message as it left, for whom it went to (G3): the plain text of an e-mail, or the text message. `(link)` stands where
 * the message had a link that was its holder's permission. Null where it cannot be made again.
 */
export function createCopyComposer(): ComposeCopy {
  const composeEmail = createComposer(noKeys)
  const composeText = createTextComposer(noKeys)
  return ({ contents, ...message }) => {
    const { kind, subscriptionId, contentId } = message
    const isText = textKinds.some((one) => one === kind)
    const batch: LeasedBatch = {
      worker: '', batchId: 0, providerKey: '', isRetry: false, dropped: [], contents,
      messages: [{
        ...message, address: isText ? noPhone : noEmail, carrier: null,
        linkVersion: subscriptionId === null ? null : 1, attempts: 1, identity: '',
      }],
    }
    const origin = originOf(contents.get(contentId))
    if (isText) {
      const [made] = composeText(batch).composed
      return made ? { subject: null, text: withoutLinks(made.mail.body, origin) } : null
    }
    const [made] = composeEmail(batch).composed
    return made ? { subject: made.mail.subject, text: withoutLinks(String(made.mail.text), origin) } : null
  }
}

function originOf(payload: string | undefined): string {
  try {
    const origin = fieldOf(JSON.parse(payload ?? ''), 'origin')
    return typeof origin === 'string' ? origin : ''
  } catch {
    return ''
  }
}

/** An address of ours that ends in a token. */
function withoutLinks(text: string, origin: string): string {
  const start = origin.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return origin === '' ? text : text.replace(new RegExp(`${start}/(?:[\\w-]+/)+[0-9a-z]{1,10}-[0-9a-z]{1,10}-[\\w-]{22}(?:\\?[\\w=&-]*)?`, 'g'), '(link)')
}
