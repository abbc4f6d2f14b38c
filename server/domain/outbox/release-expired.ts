import { and, eq, inArray, lt } from 'drizzle-orm'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { outboxBatches, outboxMessages as messages } from '../../../db/schema.ts'
import { isAsked, type Channel } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { isLeased, isOfChannel } from './lanes.ts'
import { addSettled, nothingSettled, type Settled } from './leased-batch.ts'
import { maxAttempts } from './message-states.ts'

// How far from the end of the provider's memory the last try may still begin.
const marginMs = 10 * 60_000

/** Whether the provider still knows the key of a batch that was first tried then. */
export const isRemembered = (firstTriedAt: Date, now: Date, remembersForMs: number): boolean =>
  now.getTime() - firstTriedAt.getTime() < remembersForMs - marginMs

// A crash leaves a few; more than these are found by the next leases.
const batchesAtOnce = 20

/**
 * Takes back what workers held past their lease. Nobody knows whether it left: while the provider remembers the batch it
 * is tried again under the same key; after that mail that a visitor asked for is tried anew, and the rest is parked for a
 * person (rule 7).
 */
export async function releaseExpired(work: Work, channel: Channel, remembersForMs: number): Promise<Settled> {
  let settled = nothingSettled
  for (let batches = 0; batches < batchesAtOnce; batches++) {
    const released = await releaseOne(work, channel, remembersForMs)
    if (!released) break
    settled = addSettled(settled, released)
  }
  return settled
}

const isExpiredOf = (channel: Channel) => and(isLeased, lt(messages.leasedUntil, given('now', messages.leasedUntil)), isOfChannel(channel))

// All of a batch have one lease, so one message finds the rest.
const findExpired = prepareOnce((tx, channel: Channel) => tx.select({ batchId: messages.batchId }).from(messages).where(isExpiredOf(channel)).limit(1).prepare())

async function releaseOne({ tx, now, promiseDelivery }: Work, channel: Channel, remembersForMs: number): Promise<Settled | undefined> {
  const isExpired = and(isLeased, lt(messages.leasedUntil, now), isOfChannel(channel))
  const [found] = await findExpired(tx, channel).execute({ now })
  if (!found || found.batchId === null) return undefined
  const [batch] = await tx.select().from(outboxBatches).where(eq(outboxBatches.id, found.batchId))
  const isOfBatch = and(isExpired, eq(messages.batchId, found.batchId))
  const expired = await tx.select({ id: messages.id, kind: messages.kind, attempts: messages.attempts }).from(messages).where(isOfBatch)

  const ways = Map.groupBy(expired, ({ kind, attempts }) => {
    const isAskedFor = isAsked(kind)
    if (attempts >= maxAttempts) return isAskedFor ? 'failed' : 'parked'
    if (batch && isRemembered(batch.firstTriedAt, now, remembersForMs)) return 'same batch'
    return isAskedFor ? 'any batch' : 'parked'
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
    await tx.update(messages).set(facts[to]).where(and(isOfBatch, inArray(messages.id, group.map((message) => message.id))))
  }
  const count = (way: keyof typeof facts): number => ways.get(way)?.length ?? 0
  await promiseDelivery(count('same batch') + count('any batch'), now)
  // What is tried again is not counted: it is due, and the lease that found it takes it next.
  return {
    ...nothingSettled,
    failed: count('failed'),
    parked: count('parked'),
  }
}
