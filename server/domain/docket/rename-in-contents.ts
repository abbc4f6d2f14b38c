import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import { messageContents, outboxMessages as messages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { NoticeContent, ToldFact } from '../outbox/message-content.ts'
import { isNotice } from './withdraw-contents.ts'

/** Rows that became one with another: their ids, and those of the others. */
export interface SameIds {
  readonly entries: ReadonlyMap<number, number>
  readonly events: ReadonlyMap<number, number>
  readonly payments: ReadonlyMap<number, number>
}

/**
 * What waits to be said of a case names its entries, events and payments as they are now, so that what is sealed later is
 * found in it (A9). No reader sees a difference: the mail is the same to the byte, whether it was tried before or not.
 */
export async function renameInContents({ tx }: Work, caseId: number, same: SameIds): Promise<void> {
  if (same.entries.size + same.events.size + same.payments.size === 0) return
  const mayLeave = tx.select({ one: sql`1` }).from(messages)
    .where(and(eq(messages.contentId, messageContents.id), sql`${messages.state} in ('waiting', 'leased', 'failed', 'parked')`))
  const open = await tx.select({ id: messageContents.id, variant: messageContents.variant, payload: messageContents.payload }).from(messageContents)
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt), exists(mayLeave)))
  for (const { id, variant, payload } of open) {
    await tx.update(messageContents)
      .set({ variant: variantWith(variant, same), payload: isNotice(payload) ? noticeWith(payload, same) : payload }).where(eq(messageContents.id, id))
  }
}

const nameOf = (ids: ReadonlyMap<number, number>, id: number): number => ids.get(id) ?? id

/** As the evening names what a content tells. */
const variantWith = (variant: string, { events, payments }: SameIds): string =>
  variant.replace(/(?<=^| )(event|payment):(\d+)(?=\/)/g, (_, kind: string, id: string) => `${kind}:${nameOf(kind === 'event' ? events : payments, Number(id))}`)

function noticeWith(content: NoticeContent, { entries, events, payments }: SameIds): NoticeContent {
  const { hearings, payments: instalments } = content
  const factWith = (fact: ToldFact): ToldFact =>
    'eventId' in fact ? { ...fact, eventId: nameOf(events, fact.eventId) }
    : fact.mark === 'Payment' ? { ...fact, paymentId: nameOf(payments, fact.paymentId) }
    : fact.entryId === null ? fact : { ...fact, entryId: nameOf(entries, fact.entryId) }
  return {
    ...content,
    told: content.told.map(factWith),
    entries: content.entries.map((entry) => ({ ...entry, entryId: nameOf(entries, entry.entryId) })),
    ...(hearings && { hearings: hearings.map((hearing) => ({ ...hearing, eventId: nameOf(events, hearing.eventId) })) }),
    ...(instalments && { payments: instalments.map((payment) => ({ ...payment, paymentId: nameOf(payments, payment.paymentId) })) }),
  }
}
