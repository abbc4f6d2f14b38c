import { eq } from 'drizzle-orm'
import { formerSubscriptions, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import type { Subscription } from './email-verified.ts'

/** The subscription that a link acts on: the one that it was made for, or the one that this became (A9). */
export async function findLinkedSubscription({ tx }: Reading, id: number): Promise<Subscription | undefined> {
  const [one] = await tx.select().from(subscriptions).where(eq(subscriptions.id, id))
  if (one) return one
  const [now] = await tx.select({ subscription: subscriptions }).from(formerSubscriptions)
    .innerJoin(subscriptions, eq(subscriptions.id, formerSubscriptions.subscriptionId))
    .where(eq(formerSubscriptions.id, id))
  return now?.subscription
}
