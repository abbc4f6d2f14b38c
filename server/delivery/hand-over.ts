import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import { DeliveryError, type Log } from '../ports.ts'
import type { Way } from './deliver-channel.ts'

// What is no DeliveryError is a bug of ours or of the vendor's: whether the mail left is not known.
const unknownFailure = { isFinal: false, isUnanswered: true, retryAfterMs: null, isAddressRefused: false }

/** Hands a batch to its provider. Whatever comes of it is an answer. */
export async function handOver<Message>({ channel, provider }: Way<Message>, log: Log, batchKey: string, mails: readonly Message[]): Promise<BatchAnswer> {
  try {
    return await provider.send(batchKey, mails)
  } catch (error) {
    const { isFinal, isUnanswered, retryAfterMs, isAddressRefused } = error instanceof DeliveryError ? error : unknownFailure
    log.error('A batch was not taken', nameless(error), { channel, messages: mails.length, isFinal, isUnanswered, retryAfterMs })
    return { kind: 'failed', reason: error instanceof Error ? error.message : 'The provider failed.', isFinal, isUnanswered, retryAfterMs, isAddressRefused }
  }
}

/** Its words may hold an address: they go to the outbox, cleaned, and not into a log. */
const nameless = (error: unknown): Error => new Error(error instanceof DeliveryError ? 'See the reason in the outbox.' : `Unexpected ${error instanceof Error ? error.name : 'failure'}.`)
