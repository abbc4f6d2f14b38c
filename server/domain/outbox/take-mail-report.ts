import { eq } from 'drizzle-orm'
import { outboxMessages, subscribers } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { findTakenDelivery, putTakenDelivery } from '../docket/taken-deliveries.ts'
import { emailKey } from '../tracking/put-subscriber.ts'
import { bounceSoftly, forgetSoftBounces } from './bounce-softly.ts'
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
  /** `bouncedSoftly`: it came back, and not for good. */
  readonly fate: 'delivered' | 'bounced' | 'bouncedSoftly' | 'complained'
}

const nothing = { accepted: 0, unchanged: 0, rejected: [], changes: { added: 0, updated: 0, voided: 0 } }

/**
 * Writes down that a mail arrived, or came back or was called spam, whatever we know of it ourselves; then nothing more goes to its
 * address (G4), or not for a while. Reports may come doubled and in any order: that it arrived stands. `underWay`: the request that sends it may still be
 * open, and nothing was written; `unknown`: no such mail of ours. With `isFinal` one that is under way is written down all the same.
 */
export async function takeMailReport(
  work: Work, profile: Pick<CourtProfile, 'timeZone'>, report: MailReport, isFinal: boolean,
): Promise<'taken' | 'underWay' | 'unknown'> {
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
      reason: reasonOf[report.fate],
    }).where(eq(outboxMessages.id, known.message.id))
  }
  if (subscriberId === null) return 'taken'
  switch (report.fate) {
    case 'delivered': await forgetSoftBounces(work, subscriberId); break
    // That it arrived stands, whatever is told besides.
    case 'bouncedSoftly': if (state !== 'delivered') await bounceSoftly(work, profile, subscriberId, known.message.id); break
    case 'bounced': await suppressAddress(work, subscriberId, 'bounced', known.message.id); break
    // What arrived and was called spam was read, and is not missed.
    case 'complained': await suppressAddress(work, subscriberId, 'complained')
  }
  return 'taken'
}

const reasonOf: Readonly<Record<MailReport['fate'], string | null>> = {
  delivered: null,
  bounced: 'It came back: the address takes no mail.',
  bouncedSoftly: 'It came back for the time being: the mailbox may be full.',
  complained: 'Its reader called it spam.',
}
