import { and, eq, inArray, sql, type Placeholder } from 'drizzle-orm'
import { textInJson } from '../../../db/columns.ts'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Work } from '../../work.ts'
import { isLeased } from './lanes.ts'
import { cleanReason } from './clean-reason.ts'
import { isOpen } from './is-open.ts'
import { nothingSettled, type Settled } from './leased-batch.ts'
import { canMove } from './message-states.ts'
import { missUntold } from '../tracking/miss-untold.ts'
import { storedProviderId } from './stored-provider-id.ts'

/** Where one leased message goes. */
export type Move = { readonly id: number } & (
  | { readonly to: 'sent'; readonly providerId: string | null }
  | { readonly to: 'failed' | 'cancelled' | 'parked'; readonly reason: string }
  | {
    readonly to: 'waiting'
    readonly reason: string
    readonly dueAt: Date
    /** The batch that it will be tried in again; null: any. */
    readonly batchId: number | null
    /** False where the provider turned everybody away: that was no try. */
    readonly isTry: boolean
  }
)

export interface Lease {
  readonly worker: string
  readonly batchId: number
}

/**
 * Ends the lease of messages of a batch. What the worker no longer holds is left as it is and counted as lost. One
 * statement for all that go the same way. `areAll`: these are all of the batch that it held.
 */
export async function settleMessages(work: Work, { worker, batchId }: Lease, moves: readonly Move[], areAll = false): Promise<Settled> {
  const settled = { ...nothingSettled, lost: moves.length }
  const groups = [...Map.groupBy(moves, way).values()]
  for (const group of groups) {
    const [first] = group
    if (!first) continue
    if (!canMove('leased', first.to)) throw new Error(`A leased message cannot become ${first.to}.`)
    // A list of ids costs more than all the rest: only where it says something.
    const isWhole = areAll && groups.length === 1
    const moved = isWhole && first.to === 'sent'
      ? await settleAllSent(work.tx, null).execute({ batchId, worker, now: work.now, providerIds: providerIds(group) })
      : await work.tx.update(messages)
        .set({ ...ended, state: first.to, ...factsOf(work.now, first, group) })
        .where(and(
          eq(messages.batchId, batchId), isOpen, isLeased, eq(messages.leasedBy, worker), isWhole ? undefined : inArray(messages.id, group.map((move) => move.id)),
        ))
        .returning({ id: messages.id })
    if (first.to === 'cancelled') await missUntold(work, moved.map(({ id }) => id))
    if (first.to === 'waiting') await work.promiseDelivery(moved.length, first.dueAt)
    settled[first.to === 'waiting' ? 'retrying' : first.to] += moved.length
    settled.lost -= moved.length
  }
  return settled
}

const ended = { leasedBy: null, leasedUntil: null }
// What was sent is not due again, and every byte of it is kept hundreds of thousands of times an evening (P6): `dueWhileOpen` tells nobody.
const notDue = new Date(0)
/** By its number, from a JSON object. */
const providerIdIn = (ids: string | Placeholder) => textInJson(ids, sql`'m' || ${messages.id}`)

/** What nearly every batch of an evening comes to. */
const settleAllSent = prepareOnce((tx: Tx, _: null) => tx.update(messages)
  .set({ ...ended, state: 'sent', settledAt: given('now', messages.settledAt), dueAt: notDue, reason: null, providerId: providerIdIn(sql.placeholder('providerIds')) })
  .where(and(
    eq(messages.batchId, given('batchId', messages.batchId)), isOpen, isLeased, eq(messages.leasedBy, given('worker', messages.leasedBy)),
  ))
  .returning({ id: messages.id }).prepare())

const way = (move: Move): string =>
  move.to === 'sent' ? 'sent'
  : move.to === 'waiting' ? `waiting ${move.dueAt.getTime()} ${move.batchId} ${move.isTry} ${move.reason}`
  : `${move.to} ${move.reason}`

function factsOf(now: Date, move: Move, group: readonly Move[]) {
  switch (move.to) {
    case 'sent':
      return { settledAt: now, dueAt: notDue, reason: null, providerId: providerIdIn(providerIds(group)) }
    case 'waiting':
      return {
        reason: cleanReason(move.reason),
        dueAt: move.dueAt,
        batchId: move.batchId,
        ...(move.isTry ? {} : { attempts: sql`${messages.attempts} - 1` }),
      }
    case 'parked':
      return { reason: cleanReason(move.reason) }
    case 'failed':
    case 'cancelled':
      return { settledAt: now, reason: cleanReason(move.reason) }
  }
}

/** One value for all: a case of a hundred branches would cost more to build than to run. */
function providerIds(group: readonly Move[]): string {
  let known = ''
  for (const move of group) {
    if (move.to !== 'sent' || move.providerId === null) continue
    known += `${known === '' ? '' : ','}"m${move.id}":${JSON.stringify(storedProviderId(move.providerId))}`
  }
  return `{${known}}`
}
