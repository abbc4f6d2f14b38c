import { and, asc, eq } from 'drizzle-orm'
import { cases, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { Reading } from '../../work.ts'

const mostCases = 1_000

export interface ExplainedCase {
  readonly subscriptionId: number
  readonly caseNumber: string
  readonly caption: string
}

/** The public cases of a subscriber that `explainNotices` explains, by number: also those that are stopped or not confirmed. The first 1,000. */
export async function listExplainedCases({ tx }: Reading, subscriberId: number): Promise<ExplainedCase[]> {
  const rows = await tx.select({ subscriptionId: subscriptions.id, number: cases.number, caption: cases.caption }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(subscriptions.subscriberId, subscriberId)).orderBy(asc(cases.number), asc(cases.court)).limit(mostCases)
  return rows.map(({ subscriptionId, number, caption }) => ({ subscriptionId, caseNumber: displayText(number), caption: displayText(caption) }))
}
