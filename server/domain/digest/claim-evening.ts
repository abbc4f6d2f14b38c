import { eq } from 'drizzle-orm'
import { eveningClaims } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

const key = 'evening'

/** The process that holds an evening just now; undefined when none says so. A killed one goes on saying so: ask whether it lives. */
export async function findEveningHolder({ tx }: Reading): Promise<number | undefined> {
  const [claim] = await tx.select().from(eveningClaims).where(eq(eveningClaims.key, key))
  return claim?.processId
}

/**
 * Says that this process holds an evening, so that others need not wait for it. It guards nothing: that an evening is held
 * once is seen to by the transaction that holds it.
 */
export async function claimEvening({ tx, now }: Work, processId: number): Promise<void> {
  const facts = { processId, claimedAt: now }
  await tx.insert(eveningClaims).values({ key, ...facts }).onConflictDoUpdate({ target: eveningClaims.key, set: facts })
}

/** The evening was held, or was not. */
export async function releaseEvening({ tx }: Work, processId: number): Promise<void> {
  await tx.delete(eveningClaims).where(eq(eveningClaims.processId, processId))
}
