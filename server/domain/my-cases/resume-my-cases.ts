import { eq, inArray } from 'drizzle-orm'
import { cases, courts } from '../../../db/schema.ts'
import { resumedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Work } from '../../work.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import type { Manner } from '../consent/put-consents.ts'
import type { Site } from '../outbox/message-frame.ts'
import { trackManyAsAccount, type TrackingAccount } from '../tracking/track-many-as-account.ts'
import { ownSubscriptions } from './own-subscriptions.ts'

/**
 * Ends the pause of these cases of an account, and tracks those that were stopped, or wait to be confirmed, from their next change on,
 * with the options that they have (E1, D2). Answers how many are tracked now. Those that can no longer be tracked are passed over; refuses
 * with the sentence of the first where that leaves none (A5), `notFound` where one is somebody else's or not public, and an account whose
 * address takes no mail (`notAllowed`).
 */
export async function resumeMyCases(
  work: Work, site: Site, account: TrackingAccount, ids: readonly number[], manner: Manner = {},
): Promise<number> {
  const own = await ownSubscriptions(work, account.subscriberId, ids)
  let tracked = 0
  // Alike options go together: eight ways to choose three.
  const alike = Map.groupBy(own, ({ eventTenDays, eventTwoDays, paymentTwoDays }) => [eventTenDays, eventTwoDays, paymentTwoDays].join())
  for (const some of alike.values()) {
    const [first] = some
    if (!first) continue
    const { now, already } = await trackManyAsAccount(work, site, account, some.map(({ caseId }) => caseId), first, { words: resumedWords, ...manner })
    tracked += now.size + already.size
  }
  if (tracked === 0) await refuseUntrackable(work, site, own.map(({ caseId }) => caseId))
  return tracked
}

async function refuseUntrackable({ tx }: Work, { profile }: Site, caseIds: readonly number[]): Promise<void> {
  const rows = await tx.select({ caseType: cases.caseType, court: courts }).from(cases).innerJoin(courts, eq(courts.code, cases.court))
    .where(inArray(cases.id, [...caseIds]))
  for (const { court, caseType } of rows) {
    const why = whyUntrackable(profile, court, caseType)
    if (why) throw new Refusal(why.code, why.sentence)
  }
}
