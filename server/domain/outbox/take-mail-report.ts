import { eq } from 'drizzle-orm'
import { outboxMessages, subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { findTakenDelivery, putTakenDelivery } from '../docket/taken-deliveries.ts'
import { emailKey } from '../tracking/put-subscriber.ts'
import { canMove } from './message-states.ts'
import { storedProviderId } from './stored-provider-id.ts'
import { suppressAddress } from './suppress-address.ts'

/** What a provider tells of one mail after it took it. */
export interface MailReport {
  /** The provider's own name of this report: the same again changes nothing. */
  readonly key: string
  readonly messageKey: string
  readonly to: string
  readonly providerId: string
  readonly fate: 'delivered' | 'bounced' | 'complained'
}

const nothing = { accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } }

/**
 * Writes down that a mail arrived, or came back or was called spam, whatever we know of it ourselves; then nothing more goes to its
 * address (G4). Reports may come doubled and in any order: that it arrived stands. `underWay`: the request that sends it may still be
 * open, and nothing was written; `unknown`: no such mail of ours. With `isFinal` one that is under way is written down all the same.
 */
export async function takeMailReport(work: Work, report: MailReport, isFinal: boolean): Promise<'taken' | 'underWay' | 'unknown'> {
  const { tx, now } = work
  const id = /^m(\d{1,15})$/.exec(report.messageKey)?.[1]
  if (id === undefined) return 'unknown'
  if (await findTakenDelivery(work, report.key)) return 'taken'
  const [known] = await tx.select({ message: outboxMessages, emailKey: subscribers.emailKey }).from(outboxMessages)
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId)).where(eq(outboxMessages.id, Number(id)))
  // Another installation may share the account: its messages have numbers of their own.
  if (!known || known.message.attempts === 0 || known.emailKey !== emailKey(report.to)) return 'unknown'
  const { state, providerId, subscriberId, settledAt } = known.message
  if (state === 'leased' && !isFinal) return 'underWay'
  await putTakenDelivery(work, report.key, nothing)
  const next = report.fate === 'delivered' ? 'delivered' : 'bounced'
  const reportedId = storedProviderId(report.providerId)
  // That an earlier try did not arrive says nothing of this one, but for the address it says all.
  const isOfOtherTry = providerId !== null && providerId !== reportedId
  if (canMove(state, next) && !(isOfOtherTry && next === 'bounced')) {
    await tx.update(outboxMessages).set({
      state: next, leasedBy: null, leasedUntil: null, settledAt: settledAt ?? now, providerId: reportedId,
      reason: report.fate === 'delivered' ? null : report.fate === 'bounced' ? 'It came back: the address takes no mail.' : 'Its reader called it spam.',
    }).where(eq(outboxMessages.id, known.message.id))
  }
  if (report.fate !== 'delivered' && subscriberId !== null) {
    // What arrived and was called spam was read, and is not missed.
    await suppressAddress(work, subscriberId, report.fate, report.fate === 'bounced' ? known.message.id : undefined)
  }
  return 'taken'
}
