import { isAsked } from '../../contract/vocabulary.ts'
import type { LeasedBatch, LeasedMessage } from './leased-batch.ts'
import { isInDoubt, mayHaveLeft, obstacleIn } from './may-have-left.ts'
import { maxAttempts } from './message-states.ts'
import type { Move } from './settle-messages.ts'

/** What was said of one mail of a batch that was answered. */
export type MailAnswer =
  | { readonly kind: 'sent'; readonly providerId: string | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly isFinal: boolean }

/** What came of handing over a batch. */
export type BatchAnswer =
  /** In the order of `messages`. */
  | { readonly kind: 'answered'; readonly mails: readonly MailAnswer[] }
  /** The key was used before with another body: the first try had arrived. */
  | { readonly kind: 'replayed' }
  | {
    readonly kind: 'failed'
    readonly reason: string
    /** Trying again cannot help. */
    readonly isFinal: boolean
    /** The provider may have acted all the same. */
    readonly isUnanswered: boolean
    readonly retryAfterMs: number | null
    /** The address of a message that was alone takes no mail (G4). */
    readonly isAddressRefused?: boolean
  }

export interface Circumstances {
  readonly now: Date
  /** How long the provider recognises a batch by its key; 0: never. */
  readonly remembersForMs: number
  /** From 0 to below 1: spreads tries, so that they do not come all at once. */
  readonly jitter: number
}

export interface Fates {
  readonly moves: readonly Move[]
  /** A batch that was refused as a whole, cut in two: whichever half is refused again holds the mail that is wrong. */
  readonly halves: readonly (readonly LeasedMessage[])[]
}

const waitsMs = [30_000, 120_000, 480_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000]
const longestWaitMs = 14_400_000

/** How long a message waits after so many tries: the next of the steps, up to a fifth more or less, 4 hours at most. */
export function backoffMs(attempts: number, jitter: number): number {
  const step = waitsMs[Math.min(Math.max(attempts, 1), waitsMs.length) - 1] ?? longestWaitMs
  return Math.min(Math.round(step * (0.8 + 0.4 * jitter)), longestWaitMs)
}

/** Rules 5 to 7: where each message of the batch goes after this answer. */
export function decideFates(batch: LeasedBatch, answer: BatchAnswer, circumstances: Circumstances): Fates {
  switch (answer.kind) {
    case 'replayed':
      return movesOnly([...batch.messages.map(({ id }) => sentUnnamed(id)), ...batch.dropped.map(fateOfDropped)])
    case 'answered':
      return movesOnly([
        ...batch.messages.map((message, index) => fateOfMail(message, answer.mails[index], circumstances)),
        ...cancelDropped(batch),
      ])
    case 'failed':
      return !answer.isFinal ? movesOnly(failedPassingly(batch, answer, circumstances))
        : batch.isRetry ? movesOnly(refusedAfterUnknown(batch, answer.reason, circumstances))
        : refusedAsWhole(batch, answer.reason)
  }
}

const movesOnly = (moves: readonly Move[]): Fates => ({ moves, halves: [] })

// The provider took no earlier try of the batch, which said something else: what was dropped has not left.
const cancelDropped = (batch: LeasedBatch): Move[] => batch.dropped.map(({ id, reason }) => ({ id, to: 'cancelled', reason: obstacleIn(reason) }))

const sentUnnamed = (id: number): Move => ({ id, to: 'sent', providerId: null })

/** An earlier try arrived, nobody knows which: what is dropped only now was in each of them. */
const fateOfDropped = ({ id, reason }: LeasedBatch['dropped'][number]): Move => (isInDoubt(reason) ? { id, to: 'cancelled', reason } : sentUnnamed(id))

const gaveUp = (reason: string): string => `Gave up after ${maxAttempts} tries: ${reason}`
const unknown = (reason: string): string => `Whether it left is not known: ${reason}`

function fateOfMail(message: LeasedMessage, said: MailAnswer | undefined, { now, jitter }: Circumstances): Move {
  const { id, attempts } = message
  if (!said) return { id, to: 'parked', reason: unknown('the answer does not speak of it.') }
  if (said.kind === 'sent') return { id, to: 'sent', providerId: said.providerId }
  if (said.isFinal) return { id, to: 'failed', reason: said.reason }
  if (attempts >= maxAttempts) return { id, to: 'failed', reason: gaveUp(said.reason) }
  // Its batch was answered, so it did not leave: it may join any other.
  return { id, to: 'waiting', reason: said.reason, dueAt: after(now, backoffMs(attempts, jitter)), batchId: null, isTry: true }
}

/** That this try was refused says nothing of an earlier one: under another key, those that it took would leave twice (N2). */
function refusedAfterUnknown({ messages, dropped }: LeasedBatch, reason: string, { now, jitter }: Circumstances): Move[] {
  return [
    ...messages.map(({ id, kind, attempts }): Move =>
      !isAsked(kind) ? { id, to: 'parked', reason: `${reason} Whether an earlier one left is not known.` }
      : attempts >= maxAttempts ? { id, to: 'failed', reason: gaveUp(reason) }
      : { id, to: 'waiting', reason, dueAt: after(now, backoffMs(attempts, jitter)), batchId: null, isTry: true }),
    ...dropped.map(({ id, reason: why }): Move => ({ id, to: 'cancelled', reason: mayHaveLeft(why) })),
  ]
}

function refusedAsWhole(batch: LeasedBatch, reason: string): Fates {
  const { messages } = batch
  if (messages.length <= 1) return movesOnly([...messages.map(({ id }): Move => ({ id, to: 'failed', reason })), ...cancelDropped(batch)])
  const middle = Math.ceil(messages.length / 2)
  return { moves: cancelDropped(batch), halves: [messages.slice(0, middle), messages.slice(middle)] }
}

function failedPassingly(
  batch: LeasedBatch, answer: Extract<BatchAnswer, { kind: 'failed' }>, { now, remembersForMs, jitter }: Circumstances,
): Move[] {
  const { messages, dropped, batchId } = batch
  const { reason, isUnanswered, retryAfterMs } = answer
  const isNothingSent = !batch.isRetry && !isUnanswered
  // Turned away at the door, as everybody else just now: the message was not tried.
  const isTry = isUnanswered || retryAfterMs === null
  const mostAttempts = Math.max(1, ...messages.map((message) => message.attempts))
  const dueAt = after(now, retryAfterMs ?? backoffMs(mostAttempts, jitter))
  // A batch of which surely nothing left need not stay together.
  const keptBatch = isNothingSent ? null : batchId

  const fateOf = ({ id, kind, attempts }: LeasedMessage): Move => {
    const isAskedFor = isAsked(kind)
    if (isTry && attempts >= maxAttempts) {
      return isNothingSent || isAskedFor ? { id, to: 'failed', reason: gaveUp(reason) } : { id, to: 'parked', reason: unknown(gaveUp(reason)) }
    }
    if (isNothingSent || remembersForMs > 0) return { id, to: 'waiting', reason, dueAt, batchId: keptBatch, isTry }
    return isAskedFor
      ? { id, to: 'waiting', reason, dueAt, batchId: null, isTry }
      : { id, to: 'parked', reason: unknown(reason) }
  }
  return [
    ...messages.map(fateOf),
    // Dropped only ever from a batch that was tried before: it keeps its reason, by which it stays dropped.
    ...dropped.map(({ id, reason: why }): Move => (remembersForMs > 0
      ? { id, to: 'waiting', reason: isTry ? mayHaveLeft(why) : why, dueAt, batchId, isTry }
      : { id, to: 'cancelled', reason: why })),
  ]
}

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)
