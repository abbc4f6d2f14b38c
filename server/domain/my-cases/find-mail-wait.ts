import { and, eq } from 'drizzle-orm'
import { cases, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** The day of whose evening mail to the subscriber is tried again, where notices of this public case wait because it came back (G4); null where they do not. */
export async function findMailWait({ tx }: Reading, subscriberId: number, { number, court }: { readonly number: string; readonly court: string }): Promise<string | null> {
  const [waiting] = await tx.select({ until: subscriptions.pausedUntil }).from(cases)
    .innerJoin(subscriptions, and(eq(subscriptions.caseId, cases.id), eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.pausedBecause, 'delivery')))
    .where(and(eq(cases.number, number), eq(cases.court, court), eq(cases.security, 'public')))
  return waiting?.until ?? null
}
