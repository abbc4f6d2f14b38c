import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { outboxBatches, outboxMessages as messages } from '../../../db/schema.ts'
import type { Tx } from '../../../db/tx.ts'
import { isAsked, type Channel } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { addSettled, nothingSettled, type LeasedBatch, type LeasedMessage, type Settled } from './leased-batch.ts'
import { isWaiting, lanesAt, type Lane } from './lanes.ts'
import { leaveUnsaid } from './leave-unsaid.ts'
import { listMailFacts, readContents, type HowToList, type MessageFacts } from './list-message-facts.ts'
import { listTextFacts } from './list-text-facts.ts'
import { notTriedYet, putBatch } from './put-batch.ts'
import { mayHaveLeft } from './may-have-left.ts'
import { isRemembered, releaseExpired } from './release-expired.ts'
import { settleMessages, type Move } from './settle-messages.ts'
import { isDueIn, isMeant, type Which } from './which-messages.ts'
import { missUntold } from '../tracking/miss-untold.ts'

export interface LeaseOrder {
  readonly channel: Channel
  readonly profile: CourtProfile
  /** Names this lease and no other: who settles must know it. */
  readonly worker: string
  /** The most messages of one provider request. */
  readonly limit: number
  readonly seconds: number
  /** How long the provider recognises a batch by its key; 0: never. */
  readonly remembersForMs: number
}

export interface LeaseAnswer {
  /** Null: nothing is due, unless `settled` counts something; then ask again. */
  readonly batch: LeasedBatch | null
  /** What leasing itself settled: messages that may not leave any more, and leases that ran out. */
  readonly settled: Settled
}

const findNext = prepareOnce((tx, lane: Lane) => tx.select({ id: messages.id, batchId: messages.batchId, isAlone: messages.isAlone }).from(messages)
  .where(isDueIn(lane)).orderBy(asc(messages.dueAt), asc(messages.id)).limit(1).prepare())

/**
 * Hands what is due next to one worker: a remembered batch as it was, or up to `limit` messages that have none, never of
 * two lanes. A message that may not leave any more is cancelled instead (rule 6).
 */
export async function leaseBatch(work: Work, order: LeaseOrder): Promise<LeaseAnswer> {
  const released = await releaseExpired(work, order.channel, order.remembersForMs)
  for (const lane of lanesAt(work.now, order.profile, order.channel)) {
    const [next] = await findNext(work.tx, lane).execute({ now: work.now })
    if (!next) continue
    const { batch, settled } = next.batchId !== null
      ? await leaseAgain(work, order, next.batchId)
      : await leaseNew(work, order, { lane, isAlone: next.isAlone }, { now: work.now, alone: next.id })
    return { batch, settled: addSettled(released, settled) }
  }
  return { batch: null, settled: released }
}

const listFacts = (work: Work, { channel, profile }: LeaseOrder, which: Which, how: HowToList): Promise<MessageFacts[]> =>
  (channel === 'email' ? listMailFacts(work, profile, which, how) : listTextFacts(work, profile, which, how))

async function leaseNew(work: Work, order: LeaseOrder, which: Which, values: HowToList['values']): Promise<LeaseAnswer> {
  const due = await listFacts(work, order, which, { values, limit: order.limit, isFirstTry: true })
  const cancelled = await cancelBlocked(work, due)
  const settled = { ...nothingSettled, cancelled }
  const allowed = due.filter((message) => message.obstacle === null).sort(byId)
  if (allowed.length === 0) return { batch: null, settled }
  await leaveUnsaid(work, allowed)
  const { batchId, providerKey } = await putBatch(work, allowed, work.now)
  await take(allowed, takeFirst(work.tx, which).execute({ ...values, count: allowed.length, ...leaseOf(work, order, batchId) }))
  return {
    batch: {
      worker: order.worker, batchId, providerKey, isRetry: false,
      messages: allowed.map(counted), dropped: [], contents: await readContents(work, batchId, allowed),
    },
    settled,
  }
}

/** A message that was never tried and may not leave any more needs no try. */
async function cancelBlocked(work: Work, due: readonly MessageFacts[]): Promise<number> {
  const { tx, now } = work
  let count = 0
  for (const [obstacle, group] of Map.groupBy(due, (message) => message.obstacle)) {
    if (obstacle === null) continue
    const cancelled = await tx.update(messages).set({ state: 'cancelled', settledAt: now, reason: obstacle })
      .where(and(isWaiting, inArray(messages.id, group.map((message) => message.id)))).returning({ id: messages.id })
    await missUntold(work, cancelled.map(({ id }) => id))
    count += cancelled.length
  }
  return count
}

/**
 * A remembered batch is taken whole and under its own key; what may not leave any more is dropped from it. A half that was
 * cut off another may be taken for the first time.
 */
async function leaseAgain(work: Work, order: LeaseOrder, batchId: number): Promise<LeaseAnswer> {
  const { tx, now } = work
  const lease = { worker: order.worker, batchId }
  const [remembered] = await tx.select().from(outboxBatches).where(eq(outboxBatches.id, batchId))
  if (!remembered) throw new Error('A message belongs to a batch that is not there.')
  const isFirstTry = remembered.firstTriedAt.getTime() === notTriedYet.getTime()
  const all = (await listFacts(work, order, 'ofBatch', { values: { batchId }, limit: mostOfABatch, isFirstTry })).sort(byId)
  await take(all, takeBatch(tx, null).execute(leaseOf(work, order, batchId)))
  if (isFirstTry) await tx.update(outboxBatches).set({ firstTriedAt: now }).where(eq(outboxBatches.id, batchId))
  else if (!isRemembered(remembered.firstTriedAt, now, order.remembersForMs)) {
    return { batch: null, settled: await settleMessages(work, lease, all.map((message) => forgotten(message, now))) }
  }
  const dropped = all.flatMap(({ id, obstacle }) => (obstacle === null ? [] : [{ id, reason: obstacle }]))
  const allowed = all.filter((message) => message.obstacle === null)
  if (allowed.length === 0) {
    const moves = dropped.map(({ id, reason }) => ({ id, to: 'cancelled' as const, reason: isFirstTry ? reason : mayHaveLeft(reason) }))
    return { batch: null, settled: await settleMessages(work, lease, moves) }
  }
  await leaveUnsaid(work, allowed)
  // Kept before the try: who takes the batch over must drop them too, whatever is allowed by then, and knows of the tries without them.
  for (const [reason, group] of Map.groupBy(dropped, (message) => message.reason)) {
    await tx.update(messages).set({ reason: mayHaveLeft(reason) }).where(inArray(messages.id, group.map((message) => message.id)))
  }
  return {
    batch: {
      ...lease, providerKey: remembered.providerKey, isRetry: !isFirstTry,
      messages: allowed.map(counted), dropped, contents: await readContents(work, batchId, allowed),
    },
    settled: nothingSettled,
  }
}

const mostOfABatch = 1000

const leaseOf = ({ now }: Work, { worker, seconds }: LeaseOrder, batchId: number) => ({ worker, until: new Date(now.getTime() + seconds * 1000), batchId })

/** Takes the lease and counts the try, in one statement with the whole condition (rule 4). */
const takeWhere = (tx: Tx, condition: SQL | undefined) => tx.update(messages).set({
  state: 'leased',
  leasedBy: given('worker', messages.leasedBy),
  leasedUntil: given('until', messages.leasedUntil),
  attempts: sql`${messages.attempts} + 1`,
  batchId: given('batchId', messages.batchId),
}).where(condition).returning({ id: messages.id })

// What was blocked waits no more, so the first of those that do are the allowed ones. By their numbers: beside the list, an index of
// what waits would be walked for each of it, where figures of it are old (Postgres).
const takeFirst = prepareOnce((tx: Tx, which: Which) => takeWhere(tx, and(isWaiting, inArray(messages.id,
  tx.select({ id: messages.id }).from(messages).where(isMeant(which)).orderBy(asc(messages.dueAt), asc(messages.id)).limit(sql.placeholder('count'))))).prepare())
const takeBatch = prepareOnce((tx: Tx, _: null) => takeWhere(tx, isMeant('ofBatch')).prepare())

async function take(expected: readonly MessageFacts[], taking: Promise<readonly unknown[]>): Promise<void> {
  if ((await taking).length !== expected.length) throw new Error('A lease took other messages than it had looked at.')
}

/**
 * Longer unknown than the provider remembers: what somebody asked for is tried anew, a notice waits for a person,
 * unless it may not leave in any case.
 */
function forgotten({ id, kind, obstacle }: MessageFacts, now: Date): Move {
  if (isAsked(kind)) return { id, to: 'waiting', reason: 'Tried anew: the last try is not remembered.', dueAt: now, batchId: null, isTry: true }
  if (obstacle !== null) return { id, to: 'cancelled', reason: mayHaveLeft(obstacle) }
  return { id, to: 'parked', reason: 'Whether it left is not known, and the provider does not remember it any more.' }
}

const byId = (a: MessageFacts, b: MessageFacts): number => a.id - b.id

const counted = ({ obstacle: _, unsayable: __, ...message }: MessageFacts): LeasedMessage => ({ ...message, attempts: message.attempts + 1 })
