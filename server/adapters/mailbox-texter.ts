import { SegmentedMessage } from 'sms-segments-calculator'
import type { Text, Texter } from '../ports.ts'

/** A text with what a carrier would count of it. */
export interface CountedText extends Text {
  readonly encoding: 'GSM-7' | 'UCS-2'
  readonly segments: number
}

/**
 * Texts that stay here, for trying the service out, beside the e-mails of the local mailbox. `keep` stores texts and takes no
 * notice of those it has already.
 */
export function createMailboxTexter(keep: (texts: readonly CountedText[]) => Promise<void>): Texter {
  return {
    paceName: 'text',
    batchLimit: 100,
    remembersForMs: Number.POSITIVE_INFINITY,
    requestsPerSecond: null,
    concurrency: 1,
    async send(_batchKey, texts) {
      await keep(texts.map(counted))
      return { kind: 'answered', mails: texts.map((text) => ({ kind: 'sent', providerId: text.messageKey })) }
    },
    close: async () => {},
  }
}

function counted(text: Text): CountedText {
  const { encodingName, segmentsCount } = new SegmentedMessage(text.body)
  return { ...text, encoding: encodingName, segments: segmentsCount }
}
