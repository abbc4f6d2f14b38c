import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { cases, docketChanges, docketEntries, subscribers, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { isUntaken } from './take-changes.ts'

export interface OwedNotice {
  readonly email: string
  readonly caseNumber: string
}

/** Who would get what if the evening were held now. Changes nothing. */
export async function previewEvening({ tx }: Reading): Promise<OwedNotice[]> {
  return tx.selectDistinct({ email: subscribers.email, caseNumber: cases.number, subscription: subscriptions.id })
    .from(docketChanges)
    .innerJoin(cases, and(eq(cases.id, docketChanges.caseId), eq(cases.security, 'public')))
    .innerJoin(subscriptions, and(
      eq(subscriptions.caseId, docketChanges.caseId),
      sql`${subscriptions.emailState} = 'active'`,
      gt(docketChanges.id, subscriptions.emailActiveAfter),
    ))
    .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
    .leftJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(isUntaken, sql`coalesce(${docketEntries.security}, 'public') = 'public'`))
    .orderBy(asc(subscriptions.id))
}
