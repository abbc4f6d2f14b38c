import { and, eq, gte, lte } from 'drizzle-orm'
import { outages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/**
 * Enters in the log that the database did not answer from then to then (I6): it is written when the database is back.
 * What several processes noticed of the same trouble becomes one entry.
 */
export async function logDatabaseTrouble({ tx, now }: Work, { from, to }: { from: Date; to: Date }): Promise<void> {
  const [same] = await tx.select({ id: outages.id, startsAt: outages.startsAt, endsAt: outages.endsAt }).from(outages)
    .where(and(eq(outages.kind, 'database'), lte(outages.startsAt, to), gte(outages.endsAt, from))).limit(1)
  if (same) {
    const startsAt = same.startsAt < from ? same.startsAt : from
    const endsAt = same.endsAt !== null && same.endsAt > to ? same.endsAt : to
    await tx.update(outages).set({ startsAt, endsAt }).where(eq(outages.id, same.id))
    return
  }
  await tx.insert(outages).values({
    kind: 'database', startsAt: from, endsAt: to, announcedAt: now, factKey: `database/${from.toISOString()}`,
    what: 'The service could not reach its database. Nothing that was sent to us and acknowledged was lost.',
  }).onConflictDoNothing({ target: outages.factKey })
}
