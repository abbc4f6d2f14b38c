import { and, eq, inArray } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isLeased } from './lanes.ts'
import { decideFates, type BatchAnswer } from './decide-fates.ts'
import { addSettled, nothingSettled, type LeasedBatch, type LeasedMessage, type Settled } from './leased-batch.ts'
import { notTriedYet, putBatch } from './put-batch.ts'
import { settleMessages } from './settle-messages.ts'
import { suppressAddress } from './suppress-address.ts'
import { missUntold } from '../tracking/miss-untold.ts'

/**
 * Ends the lease of a batch by what came of it (rules 5 to 7). Settles only what its worker still holds.
 * `jitter`, from 0 to below 1, spreads the next tries.
 */
export async function settleBatch(
  work: Work, batch: LeasedBatch, answer: BatchAnswer, { remembersForMs, jitter }: { readonly remembersForMs: number; readonly jitter: number },
): Promise<Settled> {
  const fates = decideFates(batch, answer, { now: work.now, remembersForMs, jitter })
  let settled = await settleMessages(work, batch, fates.moves, fates.halves.length === 0)
  const [only, ...others] = batch.messages
  if (answer.kind === 'failed' && answer.isAddressRefused && answer.isFinal && settled.failed === 1 && only && others.length === 0 && only.subscriberId !== null) {
    await suppressAddress(work, only.subscriberId, 'bounced')
    await missUntold(work, [only.id])
  }
  const reason = answer.kind === 'failed' ? answer.reason : ''
  for (const half of fates.halves) settled = addSettled(settled, await splitOff(work, batch, half, reason))
  return settled
}

/**
 * Ends the lease of messages that no mail could be made of: they fail, each with its reason, and nobody else does. One
 * that was in an earlier try of the batch may have left then, so it is parked.
 */
export async function settleUncomposed(
  work: Work, batch: LeasedBatch, uncomposed: readonly { readonly id: number; readonly reason: string }[],
): Promise<Settled> {
  return settleMessages(work, batch, uncomposed.map(({ id, reason }) => (batch.isRetry
    ? { id, to: 'parked', reason: `No mail could be made of it any more, and whether an earlier one left is not known: ${reason}` }
    : { id, to: 'failed', reason: `No mail could be made of it: ${reason}` })))
}

/** A batch of its own for these, remembered before it is first tried, due at once. */
async function splitOff(work: Work, batch: LeasedBatch, half: readonly LeasedMessage[], reason: string): Promise<Settled> {
  const { tx, now } = work
  const held = await tx.select({ id: messages.id }).from(messages)
    .where(and(inArray(messages.id, half.map((message) => message.id)), isLeased, eq(messages.leasedBy, batch.worker)))
  if (held.length < half.length) return { ...nothingSettled, lost: half.length }
  const { batchId } = await putBatch(work, half, notTriedYet)
  return settleMessages(work, batch, half.map(({ id }) => ({ id, to: 'waiting', reason, dueAt: now, batchId, isTry: true })))
}
