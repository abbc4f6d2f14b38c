import type { BatchOutcome, Text, Texter } from '../ports.ts'

export interface StubTexter extends Texter {
  /** Every text handed over, in order, taken or not. */
  readonly texts: readonly Text[]
}

/** A provider of texts in memory that remembers nothing, as the real ones, and takes each text at once unless `answer` says otherwise. */
export function createStubTexter(
  facts: Partial<Pick<Texter, 'batchLimit' | 'remembersForMs' | 'requestsPerSecond' | 'concurrency'>> = {},
  answer: (texts: readonly Text[]) => BatchOutcome | Promise<BatchOutcome> = allTaken,
): StubTexter {
  const texts: Text[] = []
  return {
    paceName: 'text', batchLimit: 1, remembersForMs: 0, requestsPerSecond: null, concurrency: 2, ...facts,
    texts,
    async send(_key, handed) {
      texts.push(...handed)
      return answer(handed)
    },
    close: async () => {},
  }
}

const allTaken = (texts: readonly Text[]): BatchOutcome =>
  ({ kind: 'answered', mails: texts.map(({ messageKey }) => ({ kind: 'sent', providerId: `text-${messageKey}` })) })
