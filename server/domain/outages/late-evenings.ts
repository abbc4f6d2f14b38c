import { and, asc, eq, gte, lte, min, sql } from 'drizzle-orm'
import { digestRuns, eveningHolds, outages } from '../../../db/schema.ts'
import { addDays, dayOf, formatDay } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading, Work } from '../../work.ts'
import { eveningDueAt, isEveningDay } from '../hours/evening-days.ts'

/** An evening that nobody held within an hour of its time (I6). One that waits for an operator's yes was not missed (I7). */
export interface LateEvening {
  readonly day: string
  readonly dueAt: Date
  /** When a run took what it owed; null while none has. */
  readonly heldAt: Date | null
}

const patienceMs = 3_600_000
const lookBackDays = 7

/**
 * The late evenings of the last week, oldest first, that the log does not have as they are now. Evenings of before the
 * first run of all count only from `watchedSince` on: a service that was just set up has missed none.
 */
export async function listLateEvenings({ tx, now }: Reading, profile: CourtProfile, watchedSince: Date): Promise<LateEvening[]> {
  const [first] = await tx.select({ day: min(digestRuns.day) }).from(digestRuns)
  const today = dayOf(now, profile.timeZone)
  const days = Array.from({ length: lookBackDays + 1 }, (_, index) => addDays(today, index - lookBackDays)).filter((day) => {
    if (!isEveningDay(day, profile)) return false
    const dueAt = eveningDueAt(day, profile)
    return dueAt.getTime() + patienceMs < now.getTime() && (dueAt >= watchedSince || (first?.day != null && first.day < day))
  })
  const late: LateEvening[] = []
  for (const day of days) {
    const dueAt = eveningDueAt(day, profile)
    // Whichever run came for that evening or a later one took all that was owed.
    const [run] = await tx.select({ heldAt: digestRuns.startedAt }).from(digestRuns)
      .where(gte(digestRuns.day, day)).orderBy(asc(digestRuns.id)).limit(1)
    const heldAt = run?.heldAt ?? null
    if (heldAt !== null && heldAt.getTime() <= dueAt.getTime() + patienceMs) continue
    const [waited] = await tx.select({ id: eveningHolds.id }).from(eveningHolds)
      .where(and(eq(eveningHolds.day, day), lte(eveningHolds.heldAt, new Date(dueAt.getTime() + patienceMs))))
    if (waited) continue
    const [logged] = await tx.select({ endsAt: outages.endsAt }).from(outages).where(sql`${outages.factKey} = ${factKeyOf(day)}`)
    if (!logged || logged.endsAt?.getTime() !== heldAt?.getTime()) late.push({ day, dueAt, heldAt })
  }
  return late
}

/** Enters late evenings in the log, each once; one that was made up meanwhile ends. */
export async function logLateEvenings({ tx, now }: Work, late: readonly LateEvening[]): Promise<void> {
  for (const { day, dueAt, heldAt } of late) {
    await tx.insert(outages).values({
      kind: 'missedEvening', startsAt: dueAt, endsAt: heldAt, announcedAt: now, factKey: factKeyOf(day),
      what: `The notices of ${formatDay(day)} were late. The next evening that is held sends them all.`,
    }).onConflictDoUpdate({ target: outages.factKey, set: { endsAt: heldAt } })
  }
}

const factKeyOf = (day: string): string => `missedEvening/${day}`
