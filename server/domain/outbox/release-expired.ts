import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import { outboxBatches, outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { nothingSettled, type Settled } from './leased-batch.ts'
import { maxAttempts } from './message-states.ts'

// How far from the end of the provider's memory the last try may still begin.
const marginMs = 10 * 60_000

/** Whether the provider still knows the key of a batch that was first tried then. */
export const isRemembered = (firstTriedAt: Date, now: Date, remembersForMs: number): boolean =>
  now.getTime() - firstTriedAt.getTime() < remembersForMs - marginMs

const batchesAtOnce = 20

/**
 * Takes back what a worker held past its lease. Nobody knows whether it left: while the provider remembers the batch it
 * is tried again under the same key; after that mail that a visitor asked for is tried anew, and the rest is parked for a
 * person (rule 7).
 */
export async function releaseExpired({ tx, now }: Work, remembersForMs: number): Promise<Settled> {
  const isExpired = and(sql`${messages.state} = 'leased'`, lt(messages.leasedUntil, now))
  const batches = await tx.selectDistinct({ id: outboxBatches.id, firstTriedAt: outboxBatches.firstTriedAt })
    .from(messages).innerJoin(outboxBatches, eq(outboxBatches.id, messages.batchId))
    .where(isExpired).limit(batchesAtOnce)
  if (batches.length === 0) return nothingSettled
  const firstTriedAt = new Map(batches.map((batch) => [batch.id, batch.firstTriedAt]))
  const expired = await tx.select({ id: messages.id, kind: messages.kind, batchId: messages.batchId, attempts: messages.attempts })
    .from(messages).where(and(isExpired, inArray(messages.batchId, [...firstTriedAt.keys()])))

  const ways = Map.groupBy(expired, ({ kind, batchId, attempts }) => {
    const triedAt = batchId === null ? undefined : firstTriedAt.get(batchId)
    const isAsked = kind !== 'notice'
    if (attempts >= maxAttempts) return isAsked ? 'failed' : 'parked'
    if (triedAt && isRemembered(triedAt, now, remembersForMs)) return 'same batch'
    return isAsked ? 'any batch' : 'parked'
  })
  const noLease = { leasedBy: null, leasedUntil: null }
  const facts = {
    // Its reason stays: it says whether the message was dropped.
    'same batch': { ...noLease, state: 'waiting' },
    'any batch': { ...noLease, state: 'waiting', reason: 'A worker stopped while it held it.', batchId: null, dueAt: now },
    failed: { ...noLease, state: 'failed', reason: `Gave up: ${maxAttempts} workers stopped while they held it.`, settledAt: now },
    parked: { ...noLease, state: 'parked', reason: 'A worker stopped while it held it: whether it left is not known.' },
  } as const
  for (const [to, group] of ways) {
    await tx.update(messages).set(facts[to]).where(and(isExpired, inArray(messages.id, group.map((message) => message.id))))
  }
  const count = (way: keyof typeof facts): number => ways.get(way)?.length ?? 0
  return {
    ...nothingSettled,
    retrying: count('same batch') + count('any batch'),
    failed: count('failed'),
    parked: count('parked'),
  }
}
