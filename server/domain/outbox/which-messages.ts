import { and, eq, isNull, lte, type SQL } from 'drizzle-orm'
import { given } from '../../../db/prepare-once.ts'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { isOpen } from './is-open.ts'
import { isInLane, isWaiting, type Lane } from './lanes.ts'

/**
 * The messages that a lease is about: what is due in a lane and in no batch yet, where what carries a file goes by itself (F10); or
 * those of a remembered batch.
 */
export type Which = { readonly lane: Lane; readonly isAlone: boolean } | 'ofBatch'

/** Given `now`. */
export const isDueIn = (lane: Lane): SQL | undefined => and(isInLane(lane), lte(messages.dueAt, given('now', messages.dueAt)))

/** Given `now`, and `alone` for the one that goes by itself; or `batchId`. */
export function isMeant(which: Which): SQL | undefined {
  if (which === 'ofBatch') return and(isWaiting, isOpen, eq(messages.batchId, given('batchId', messages.batchId)))
  return and(isDueIn(which.lane), isNull(messages.batchId), which.isAlone ? eq(messages.id, given('alone', messages.id)) : eq(messages.isAlone, false))
}
