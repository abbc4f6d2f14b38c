import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { accountRequests, accountSessions, outboxBatches, outboxMessages as messages, restorations } from '../../../db/schema.ts'
import { isOneOf } from '../../../db/columns.ts'
import type { Work } from '../../work.ts'
import { notTriedYet } from '../outbox/put-batch.ts'
import { parkedByRestoration } from './why-unclear.ts'

export interface RestorationFacts {
  readonly backedUpAt: Date
  /** An operator's word that no notice and no text has left since: then nothing is parked, now or later. */
  readonly hasNothingLeft: boolean
}

export interface EnteredRestoration {
  readonly id: number
  /** Messages that waited and are parked now. */
  readonly parked: number
  /** Messages that are tried again under a key that their provider may know. */
  readonly remembered: number
}

// As a worker takes it (`server/delivery/deliver-channel.ts`): a lease that began with its batch is the first try.
const longestLeaseMs = 60_000
const toldByItself = ['notice', 'digest', 'candidates', 'text'] as const

/**
 * R14: what a database must know that was made from a backup, in the transaction that lets it take the old one's place. What waited
 * and may have left since is parked. A batch that was tried before and waits under its key is left: its provider knows that key, or
 * it is parked when it is leased. A batch whose first try was not answered yet is parked too, since a provider that turned it away
 * may have got its messages since under other keys. Who was logged in logs in again, and an open link that chooses a password or an
 * address is withdrawn: it may have been used.
 */
export async function enterRestoration(work: Work, { backedUpAt, hasNothingLeft }: RestorationFacts): Promise<EnteredRestoration> {
  const { tx, now } = work
  const [entered] = await tx.insert(restorations)
    .values({ backedUpAt, restoredAt: now, clearedAt: hasNothingLeft ? now : null }).returning({ id: restorations.id })
  if (!entered) throw new Error('A restoration was not written.')
  await tx.delete(accountSessions)
  await tx.update(accountRequests).set({ withdrawnAt: now }).where(and(
    inArray(accountRequests.kind, ['resetPassword', 'changeAddress']), isNull(accountRequests.usedAt), isNull(accountRequests.withdrawnAt),
  ))
  const parked = hasNothingLeft ? 0 : await parkWaiting(work)
  return { id: entered.id, parked, remembered: await tx.$count(messages, and(isUnsettled, isToldByItself)) }
}

const isUnsettled = isOneOf(messages.state, ['waiting', 'leased'])
const isToldByItself = isOneOf(messages.kind, toldByItself)

async function parkWaiting(work: Work): Promise<number> {
  let parked = await park(work, isNull(messages.batchId))
  const doubtful = (await listOpenBatches(work)).filter((batch) => !wasTriedBefore(batch)).map(({ id }) => id)
  for (let at = 0; at < doubtful.length; at += batchesAtOnce) parked += await park(work, inArray(messages.batchId, doubtful.slice(at, at + batchesAtOnce)))
  return parked
}

const batchesAtOnce = 500

interface OpenBatch {
  readonly id: number
  readonly firstTriedAt: Date
  /** Null while it waits. */
  readonly leasedUntil: Date | null
}

const listOpenBatches = ({ tx }: Work): Promise<OpenBatch[]> =>
  tx.selectDistinct({ id: outboxBatches.id, firstTriedAt: outboxBatches.firstTriedAt, leasedUntil: messages.leasedUntil })
    .from(messages).innerJoin(outboxBatches, eq(outboxBatches.id, messages.batchId)).where(and(isUnsettled, isToldByItself))

const wasTriedBefore = ({ firstTriedAt, leasedUntil }: OpenBatch): boolean =>
  firstTriedAt.getTime() > notTriedYet.getTime() && (leasedUntil === null || leasedUntil.getTime() - firstTriedAt.getTime() > longestLeaseMs)

async function park({ tx }: Work, which: SQL): Promise<number> {
  const parked = await tx.update(messages).set({ state: 'parked', leasedBy: null, leasedUntil: null, reason: parkedByRestoration.waited })
    .where(and(isUnsettled, isToldByItself, which)).returning({ id: messages.id })
  return parked.length
}
