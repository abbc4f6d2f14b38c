import { eq } from 'drizzle-orm'
import { outboxMessages, phones } from '../../../db/schema.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { canMove } from '../outbox/message-states.ts'
import { storedProviderId } from '../outbox/stored-provider-id.ts'

/** What a provider tells of one text after it took it. */
export interface DeliveryReport {
  /** As it was handed over with the text. */
  readonly messageKey: string
  /** The number that the provider names. */
  readonly to: string
  /** The provider's own id of what it took. */
  readonly providerId: string
  readonly fate: 'taken' | 'delivered' | 'undelivered'
  /** The provider's code of what kept it from arriving; empty where it names none. */
  readonly errorCode: string
}

/**
 * Writes down that a text arrived, or did not, whatever we know of it ourselves. Reports may come doubled and in any order: that
 * it arrived stands. `underWay`: the request that sends it may still be open, and nothing was written; `unknown`: no such text
 * of ours. With `isFinal` one that is under way is written down all the same.
 */
export async function takeDeliveryReport({ tx, now }: Work, report: DeliveryReport, isFinal: boolean): Promise<'taken' | 'underWay' | 'unknown'> {
  const id = /^m(\d{1,15})$/.exec(report.messageKey)?.[1]
  if (id === undefined) return 'unknown'
  const [known] = await tx.select({ message: outboxMessages, number: phones.number }).from(outboxMessages)
    .innerJoin(phones, eq(phones.id, outboxMessages.phoneId))
    .where(eq(outboxMessages.id, Number(id)))
  // Another installation may share the account: its messages have numbers of their own.
  if (!known || known.number !== report.to) return 'unknown'
  const { state, attempts, providerId } = known.message
  if (attempts === 0) return 'unknown'
  // That it was taken is news only where nobody knew.
  if (report.fate === 'taken' && state !== 'parked') return 'taken'
  const to = { taken: 'sent', delivered: 'delivered', undelivered: 'bounced' } as const satisfies Record<DeliveryReport['fate'], MessageState>
  const reportedId = storedProviderId(report.providerId)
  // That an earlier try did not arrive says nothing of this one.
  const isOfOtherTry = providerId !== null && providerId !== reportedId
  const next = to[report.fate]
  // One that waits is tried anew, since no provider of texts knows a request again.
  if (!canMove(state, next) || ((isOfOtherTry || state === 'waiting') && next === 'bounced')) return 'taken'
  if (state === 'leased' && !isFinal) return 'underWay'
  await tx.update(outboxMessages).set({
    state: next,
    leasedBy: null,
    leasedUntil: null,
    settledAt: known.message.settledAt ?? now,
    providerId: reportedId,
    reason: next !== 'bounced' ? null : `Undelivered${/^\d{1,6}$/.test(report.errorCode) ? `: ${report.errorCode}` : ''}.`,
  }).where(eq(outboxMessages.id, known.message.id))
  return 'taken'
}
