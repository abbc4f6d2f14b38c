import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { cases, courts, docketChanges, docketEntries, subscribers, subscriptions } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { isTracked } from './is-tracked.ts'
import { isUntaken } from './take-changes.ts'

export interface OwedNotice {
  readonly email: string
  readonly caseNumber: string
}

/** Who would get what if the evening were held now. Changes nothing. */
export async function previewEvening({ tx }: Reading, profile: CourtProfile): Promise<OwedNotice[]> {
  return tx.selectDistinct({ email: subscribers.email, caseNumber: cases.number, subscription: subscriptions.id })
    .from(docketChanges)
    .innerJoin(cases, and(eq(cases.id, docketChanges.caseId), eq(cases.security, 'public'), isTracked(profile)))
    .innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
    .innerJoin(subscriptions, and(
      eq(subscriptions.caseId, docketChanges.caseId),
      sql`${subscriptions.emailState} = 'active'`,
      gt(docketChanges.id, subscriptions.emailActiveAfter),
    ))
    .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
    .leftJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(
      isUntaken,
      sql`coalesce(${docketEntries.security}, 'public') = 'public'`,
      sql`(${docketChanges.kind} <> 'reopened' or ${cases.status} = 'open')`,
    ))
    .orderBy(asc(subscriptions.id))
}
