import { desc, gte, sum } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { EveningView, RunView } from '../../contract/operator-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

/** The newest runs first (I5). */
export async function listRuns({ tx }: Reading, limit: number): Promise<RunView[]> {
  const runs = await tx.select().from(digestRuns).orderBy(desc(digestRuns.id)).limit(limit)
  return runs.map(({ id, day, startedAt, finishedAt, changes, notices, emails, texts, reminders }) => {
    const durationMs = finishedAt.getTime() - startedAt.getTime()
    // Of a run from before it was measured both are the same.
    return { id, day, startedAt, changes, notices, emails, texts, reminders, durationMs: durationMs > 0 ? durationMs : null }
  })
}

const lookBackDays = 400

/** The last evenings that were held, so many at most and the oldest first, with what all their runs owed. */
export async function listEvenings({ tx, now }: Reading, { timeZone }: Pick<CourtProfile, 'timeZone'>, limit: number): Promise<EveningView[]> {
  const newest = await tx.select({ day: digestRuns.day, emails: sum(digestRuns.emails).mapWith(Number) }).from(digestRuns)
    .where(gte(digestRuns.day, addDays(dayOf(now, timeZone), -lookBackDays)))
    .groupBy(digestRuns.day).orderBy(desc(digestRuns.day)).limit(limit)
  return newest.toReversed()
}
