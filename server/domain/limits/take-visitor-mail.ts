import { dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading, Work } from '../../work.ts'
import type { Subscriber } from '../tracking/put-subscriber.ts'
import { isMailAllowed } from './is-mail-allowed.ts'
import { addRatePoints, findRateRow } from './rate-rows.ts'

type Limited = Pick<CourtProfile, 'limits' | 'timeZone'>

const keptMs = 48 * 3_600_000

const keyOf = ({ now }: Reading, { timeZone }: Limited): string => `visitorMail:${dayOf(now, timeZone)}`

/**
 * Whether a visitor may cause one more mail to this address, which then counts among those of the day (H1): within the limits of the
 * address and those of all visitors together. Whoever is told yes owes the mail in the same transaction.
 */
export async function takeVisitorMail(work: Work, subscriber: Subscriber, profile: Limited): Promise<boolean> {
  if (!await isMailAllowed(work, subscriber, profile.limits)) return false
  if (await countVisitorMails(work, profile) >= profile.limits.visitorMailsPerDay) return false
  await addRatePoints(work, keyOf(work, profile), { points: 1, lastsMs: keptMs, isAnew: false })
  return true
}

/** How many mails visitors have caused on this day of the court. */
export async function countVisitorMails(reading: Reading, profile: Limited): Promise<number> {
  return (await findRateRow(reading, keyOf(reading, profile)))?.points ?? 0
}
