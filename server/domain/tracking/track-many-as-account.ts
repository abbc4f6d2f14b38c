import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { cases, courts, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { addedWords } from '../../contract/consent-wording.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import type { Account } from '../accounts/find-account.ts'
import { whyUnmailable } from '../accounts/why-unmailable.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import type { Site } from '../outbox/message-frame.ts'
import { lastChangeId } from './last-change-id.ts'
import { optionsBegun } from './options-since.ts'
import { notPaused, nothingMissed, resumeTracking } from './pause-tracking.ts'

export type TrackingAccount = Pick<Account, 'subscriberId' | 'kind' | 'isMailable'>

/** Of cases that were to be tracked; one that can be no more is in neither. */
export interface TrackedMany {
  readonly now: ReadonlySet<number>
  readonly already: ReadonlySet<number>
}

/**
 * D2 for some tens of cases in one go (G6): each is tracked by the address of the account from its next change on (C5), with these
 * options, and without texts. What is tracked already keeps its options and its phone; a pause of it ends. One that was stopped
 * begins anew with new links (E1). Each is kept as asked for and confirmed (H6). Cases that are not public or cannot be tracked
 * (A5, A6) are passed over. Refuses an account whose address takes no mail (`notAllowed`, D4, D5).
 */
export async function trackManyAsAccount(
  work: Work, site: Site, account: TrackingAccount, caseIds: readonly number[], options: NoticeOptions, manner: Manner = {},
): Promise<TrackedMany> {
  const { tx, now } = work
  const { subscriberId } = account
  const why = whyUnmailable(account, site.profile)
  if (why !== null) throw new Refusal('notAllowed', why)
  const ids = await trackableAmong(work, site, caseIds)
  if (ids.length === 0) return { now: new Set(), already: new Set() }
  const known = await tx.select({ id: subscriptions.id, caseId: subscriptions.caseId, emailState: subscriptions.emailState }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.caseId, ids)))
  const inState = (...states: readonly string[]) => known.filter(({ emailState }) => states.includes(emailState))
  const already = new Set(inState('active', 'paused').map(({ caseId }) => caseId))
  await resumeTracking(work, inState('paused').map(({ id }) => id))

  const { eventTenDays, eventTwoDays, paymentTwoDays } = options
  const last = await lastChangeId(work)
  const begun = {
    emailState: 'active', emailActiveAfter: last, begunAfter: last, emailActiveAt: now, ...optionsBegun(options, now),
  } as const
  const anew = inState('pending', 'stopped').map(({ id }) => id)
  if (anew.length > 0) {
    await tx.update(subscriptions).set({
      ...begun, ...notPaused, ...nothingMissed, stoppedAt: null,
      linkVersion: sql`${subscriptions.linkVersion} + case when ${subscriptions.emailState} = 'stopped' then 1 else 0 end`,
    }).where(inArray(subscriptions.id, anew))
  }
  const unknown = ids.filter((id) => !known.some(({ caseId }) => caseId === id))
  if (unknown.length > 0) {
    await tx.insert(subscriptions).values(unknown.map((caseId) => ({ subscriberId, caseId, textState: 'none' as const, linkVersion: 1, createdAt: now, ...begun })))
  }
  const asked = ids.filter((id) => !already.has(id))
  if (asked.length > 0) {
    await tx.insert(trackingRequests).values(asked.map((caseId) => ({
      subscriberId, caseId, eventTenDays, eventTwoDays, paymentTwoDays, createdAt: now, expiresAt: now, confirmedAt: now,
    })))
    await putConsents(work, asked.flatMap((caseId) => (['asked', 'confirmed'] as const).map((act) => ({ act, subscriberId, caseId, phoneId: null }))), {
      words: addedWords, ...manner,
    })
    await tx.update(subscribers).set({ confirmedAt: now }).where(and(eq(subscribers.id, subscriberId), isNull(subscribers.confirmedAt)))
  }
  return { now: new Set(asked), already }
}

/** Those of these cases that are public and can be tracked, each once. */
async function trackableAmong({ tx }: Work, { profile }: Site, caseIds: readonly number[]): Promise<number[]> {
  if (caseIds.length === 0) return []
  const rows = await tx.select({ id: cases.id, caseType: cases.caseType, court: courts }).from(cases).innerJoin(courts, eq(courts.code, cases.court))
    .where(and(inArray(cases.id, [...new Set(caseIds)]), eq(cases.security, 'public'))).orderBy(asc(cases.id))
  return rows.filter(({ court, caseType }) => whyUntrackable(profile, court, caseType) === null).map(({ id }) => id)
}
