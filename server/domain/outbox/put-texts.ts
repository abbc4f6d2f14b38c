import { outboxMessages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { whyUnclear } from '../restorations/why-unclear.ts'
import { nextSendingAt } from '../hours/sending-hours.ts'
import type { Site } from './message-frame.ts'

/** One text that tells a fact (F7), what it says kept already. */
export interface OwedText {
  /** Names the phone by its id, and the fact. */
  readonly dedupeKey: string
  readonly phoneId: number
  /** Whose stop link it bears; any of those that named the phone for the case. */
  readonly subscriptionId: number
  readonly contentId: number
  /** The evening that owes it; null: it leaves as it happened. */
  readonly runId: number | null
}

const textsAtOnce = 500

/**
 * Owes texts, to leave now or at the next opening of the sending hours (F7), in the transaction that records their facts.
 * The same fact again for the same phone owes nothing more. After a backup was restored they are parked (R14). How many are new.
 */
export async function putTexts(work: Work, { profile }: Pick<Site, 'profile'>, owed: readonly OwedText[]): Promise<number> {
  if (owed.length === 0) return 0
  const { tx, now, promiseDelivery } = work
  const unclear = await whyUnclear(work)
  const state = unclear === undefined ? 'waiting' as const : 'parked' as const
  const dueAt = nextSendingAt(now, profile)
  let put = 0
  for (let at = 0; at < owed.length; at += textsAtOnce) {
    const rows = await tx.insert(outboxMessages)
      .values(owed.slice(at, at + textsAtOnce).map((one) => ({ ...one, kind: 'text' as const, state, reason: unclear ?? null, createdAt: now, dueAt, attempts: 0 })))
      .onConflictDoNothing({ target: outboxMessages.dedupeKey })
      .returning({ id: outboxMessages.id })
    put += rows.length
  }
  if (unclear === undefined) await promiseDelivery(put, dueAt)
  return put
}
