import { eq } from 'drizzle-orm'
import { outboxMessages, subscribers } from '../../../db/schema.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { findTakenDelivery, putTakenDelivery } from '../docket/taken-deliveries.ts'
import { missUntold } from '../tracking/miss-untold.ts'
import { emailKey } from '../tracking/put-subscriber.ts'
import { resumeDelivery } from '../tracking/resume-delivery.ts'
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
 * address (G4), or not for a while. Reports may come doubled and in any order: that it arrived stands, and ends the wait that its coming back
 * began. One to an address that its reader has left since says nothing of the new one: what it told is told there. `underWay`: the request that
 * sends it may still be open, and nothing was written; `unknown`: no such mail of ours. With `isFinal` one that is under way is written down all the same.
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
  if (!known || known.message.attempts === 0 || known.message.subscriberId === null) return 'unknown'
  const { state, providerId, subscriberId, settledAt } = known.message
  const reportedId = storedProviderId(report.providerId)
  const isOfOtherTry = providerId !== null && providerId !== reportedId
  const isAstray = known.emailKey !== emailKey(report.to)
  // Another installation may share the account: its messages have numbers of their own.
  if (isAstray && (providerId === null || isOfOtherTry)) return 'unknown'
  if (state === 'leased' && !isFinal) return 'underWay'
  await putTakenDelivery(work, report.key, nothing)
  // What was called spam had arrived.
  const next = report.fate === 'delivered' || report.fate === 'complained' ? 'delivered' : 'bounced'
  // That an earlier try did not arrive says nothing of this one, but for the address it says all.
  const isMoved = canMove(state, next) && !(isOfOtherTry && next === 'bounced')
  if (isMoved) {
    await tx.update(outboxMessages).set({
      state: next, leasedBy: null, leasedUntil: null, settledAt: settledAt ?? now, providerId: reportedId,
      reason: reasonOf[report.fate],
    }).where(eq(outboxMessages.id, known.message.id))
  }
  const reader = isAstray ? await findSubscriber(work, report.to) : subscriberId
  if (reader !== undefined) await tellOfAddress(work, profile, reader, report.fate, state)
  // Whether it was told after all is asked when it is told again.
  if (report.fate === 'bounced' || (isMoved && report.fate === 'bouncedSoftly')) await missUntold(work, [known.message.id], isAstray ? 'astray' : 'open')
  return 'taken'
}

async function findSubscriber({ tx }: Work, address: string): Promise<number | undefined> {
  const [found] = await tx.select({ id: subscribers.id }).from(subscribers).where(eq(subscribers.emailKey, emailKey(address)))
  return found?.id
}

/** What became of a mail that was in this state, for the address that it went to. */
async function tellOfAddress(
  work: Work, profile: Pick<CourtProfile, 'timeZone'>, subscriberId: number, fate: MailReport['fate'], was: MessageState,
): Promise<void> {
  switch (fate) {
    case 'delivered':
      await forgetSoftBounces(work, subscriberId)
      if (was === 'bounced') await resumeDelivery(work, subscriberId)
      break
    // That it arrived stands, whatever is told besides.
    case 'bouncedSoftly': if (was !== 'delivered') await bounceSoftly(work, profile, subscriberId); break
    case 'bounced':
    case 'complained': await suppressAddress(work, subscriberId, fate)
  }
}

const reasonOf: Readonly<Record<MailReport['fate'], string | null>> = {
  delivered: null,
  bounced: 'It came back: the address takes no mail.',
  bouncedSoftly: 'It came back for the time being: the mailbox may be full.',
  complained: 'Its reader called it spam.',
}
