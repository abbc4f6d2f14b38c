import { and, eq, inArray } from 'drizzle-orm'
import { cases, subscriptions } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { Reading } from '../../work.ts'
import type { Subscription } from '../tracking/email-verified.ts'

/** These subscriptions of a subscriber. Refuses `notFound` where one of them is not theirs, or its case is not public (A6). */
export async function ownSubscriptions({ tx }: Reading, subscriberId: number, ids: readonly number[]): Promise<Subscription[]> {
  const wanted = [...new Set(ids)]
  const found = await tx.select({ subscription: subscriptions }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.id, wanted)))
  if (found.length !== wanted.length) throw new Refusal('notFound', 'Not found.')
  return found.map(({ subscription }) => subscription)
}
