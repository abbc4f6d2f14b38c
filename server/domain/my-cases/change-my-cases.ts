import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm'
import { accounts, subscriptions } from '../../../db/schema.ts'
import { as } from '../../../db/columns.ts'
import { myCasesStopWords } from '../../contract/consent-wording.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import { longestPauseDays, myCasesErrors } from '../../contract/my-cases-view.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { EntryChoice, NoticeOptions, StopChoice } from '../../contract/vocabulary.ts'
import type { Manner } from '../consent/put-consents.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { verifiedStates } from '../tracking/email-verified.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { optionsChanged } from '../tracking/options-since.ts'
import { pauseTracking } from '../tracking/pause-tracking.ts'
import { stopSubscriptions } from '../tracking/stop-tracking.ts'
import { ownSubscriptions } from './own-subscriptions.ts'

// Each refuses `notFound`, and changes nothing, where one of the subscriptions is somebody else's or its case is not public.

/** Subscriptions of a subscriber, each by its id. */
export interface ChosenCases {
  readonly subscriberId: number
  readonly ids: readonly number[]
}

interface Choices {
  readonly options?: NoticeOptions | undefined
  readonly entryChoice?: EntryChoice | undefined
  readonly note?: string | undefined
}

/** G2: gives these cases other options, another choice of entries or another note. An option that is newly chosen counts from now (F5). */
export async function changeOptions(work: Work, { subscriberId, ids }: ChosenCases, { options, entryChoice, note }: Choices): Promise<void> {
  const { tx, now } = work
  await ownSubscriptions(work, subscriberId, ids)
  const these = inArray(subscriptions.id, [...ids])
  const others = { ...(entryChoice !== undefined && { entryChoice }), ...(note !== undefined && { note }) }
  if (Object.keys(others).length > 0) await tx.update(subscriptions).set(others).where(these)
  if (options === undefined) return
  const { eventTenDays, eventTwoDays, paymentTwoDays } = options
  // Of one that waits to be confirmed or was stopped nothing counts yet.
  await tx.update(subscriptions).set({ eventTenDays, eventTwoDays, paymentTwoDays }).where(these)
  await tx.update(subscriptions).set(optionsChanged(options, now)).where(and(these, inArray(subscriptions.emailState, [...verifiedStates])))
}

/**
 * Pauses the e-mail of these, until a day of the court or until they are resumed, and answers how many of them are paused so. A pause
 * that was asked for before gets this end, and so does one that waits a day or more since mail came back for the time being; what is
 * stopped, waits to be confirmed, or to an address that takes no mail stays as it is. Refuses a day that is not to come or more than a year off.
 */
export async function pauseMyCases(work: Work, { timeZone }: Pick<CourtProfile, 'timeZone'>, { subscriberId, ids }: ChosenCases, until: string | null): Promise<number> {
  const today = dayOf(work.now, timeZone)
  if (until !== null && (until <= today || until > addDays(today, longestPauseDays))) {
    throw new Refusal('inputInvalid', myCasesErrors.untilWrong, { until: myCasesErrors.untilWrong })
  }
  await ownSubscriptions(work, subscriberId, ids)
  const these = inArray(subscriptions.id, [...ids])
  await work.tx.update(subscriptions).set({ pausedBecause: 'asked', pausedUntil: until })
    .where(and(these, eq(subscriptions.emailState, 'paused'), or(eq(subscriptions.pausedBecause, 'asked'), isNotNull(subscriptions.pausedUntil))))
  await pauseTracking(work, ids, { because: 'asked', until })
  return work.tx.$count(subscriptions, and(these, eq(subscriptions.emailState, 'paused'), eq(subscriptions.pausedBecause, 'asked')))
}

/** E1 for these: stops them by e-mail and text, or by text only. */
export async function stopMyCases(work: Work, { subscriberId, ids }: ChosenCases, choice: StopChoice, manner: Manner = {}): Promise<void> {
  await ownSubscriptions(work, subscriberId, ids)
  await stopSubscriptions(work, inArray(subscriptions.id, [...ids]), choice, { words: myCasesStopWords(choice), ...manner })
}

/** What came until this change is seen; what was seen stays so. */
export async function seeMyCases(work: Work, accountId: number, through: number): Promise<void> {
  const last = Math.min(through, await lastChangeId(work))
  await work.tx.update(accounts).set({ seenChangeId: sql`case when ${accounts.seenChangeId} > ${as(accounts.seenChangeId, last)} then ${accounts.seenChangeId} else ${as(accounts.seenChangeId, last)} end` })
    .where(eq(accounts.id, accountId))
}
