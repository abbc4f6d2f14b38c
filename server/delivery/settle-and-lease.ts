import { randomBytes } from 'node:crypto'
import type { Channel } from '../contract/vocabulary.ts'
import type { BatchAnswer } from '../domain/outbox/decide-fates.ts'
import { leaseBatch } from '../domain/outbox/lease-messages.ts'
import { nothingSettled, type LeasedBatch, type Settled } from '../domain/outbox/leased-batch.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import { settleBatch } from '../domain/outbox/settle-batch.ts'
import type { Provider } from '../ports.ts'
import type { Work } from '../work.ts'
import type { BegunSlot, Look, Pace, Slot } from './pace.ts'

// Longer than the longest request, so that only the dead and the frozen lose a lease.
export const leaseSeconds = 60

/** A batch that its provider answered, or that was not handed over. */
export interface AnsweredBatch {
  readonly batch: LeasedBatch
  readonly answer: BatchAnswer
  /** In which it was handed over; null: it was not. */
  readonly slot: BegunSlot | null
}

interface Leasing {
  readonly profile: Site['profile']
  readonly channel: Channel
  readonly provider: Pick<Provider<unknown>, 'batchLimit' | 'remembersForMs'>
  readonly pace: Pace
}

interface SettledAndLeased {
  readonly settlements: readonly Settled[]
  readonly leased: { readonly batch: LeasedBatch | null; readonly settled: Settled }
  readonly slot: Slot | null
  /** Somebody else had the slot that `look` showed. */
  readonly isTaken: boolean
}

/**
 * Writes what was answered, leases what is next if `look` showed an open slot, and reserves that: in one transaction, since each
 * costs a write to disk.
 */
export async function settleAndLease(
  work: Work, { profile, channel, provider: { batchLimit, remembersForMs }, pace }: Leasing, answered: readonly AnsweredBatch[], look: Look | null,
): Promise<SettledAndLeased> {
  const settlements: Settled[] = []
  for (const { batch, answer, slot } of answered) {
    settlements.push(await settleBatch(work, batch, answer, { remembersForMs, jitter: Math.random() }))
    if (slot) await pace.tell(work, slot, answer.kind === 'failed' && answer.retryAfterMs !== null)
  }
  const nothing = { settlements, leased: { batch: null, settled: nothingSettled }, slot: null, isTaken: false }
  if (!look) return nothing
  const lookWithin = await pace.lookWithin(work)
  // Somebody else was quicker.
  if (!lookWithin.isOpen) return { ...nothing, isTaken: true }
  const leased = await leaseBatch(work, {
    // Of its own for each lease: a worker that wakes late is not taken for itself. Short: it widens every row it is written to (P6).
    worker: randomBytes(6).toString('base64url'), channel, profile, limit: batchLimit, seconds: leaseSeconds, remembersForMs,
  })
  return { ...nothing, leased, slot: leased.batch && await pace.reserve(work, lookWithin, look.atMs) }
}
