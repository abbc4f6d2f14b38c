import { and, asc, count, desc, gt, lte, max, sql } from 'drizzle-orm'
import { digestRuns, docketChanges, scheduledEvents, scheduledPayments } from '../../../db/schema.ts'
import { addDays, dayOf, isDay } from '../../contract/court-time.ts'
import { Refusal } from '../../contract/refusals.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading, Work } from '../../work.ts'
import { nextEveningDay } from '../hours/evening-days.ts'

/** Written as the index `docket_changes_untaken` has it, or SQLite would walk all history. */
export const isUntaken = sql`${docketChanges.runId} is null and not ${docketChanges.isQuiet}`
/** As `scheduled_events_untaken` has it. */
export const isStartUntaken = sql`${scheduledEvents.isStartUntaken}`
/** As `scheduled_payments_untaken` has it. */
export const isPaymentUntaken = sql`${scheduledPayments.isUntaken}`

export type DigestRun = typeof digestRuns.$inferSelect

/**
 * Begins a run for an evening: a row that stamps itself on every change that no run has taken (F4), in the caller's
 * transaction, so that none can fall between two runs. It sees to the notices of events and payments that fall due before
 * the next evening (F5). Undefined when there is nothing to take and the evening was held already. Refuses a day before
 * the last finished evening (`dayAlreadyHeld`) and, unless `mayBeFuture`, one that has not come (`dayInFuture`); and what
 * is no day (`inputInvalid`).
 */
export async function takeChanges(work: Work, profile: CourtProfile, evening: { day?: string | undefined; mayBeFuture: boolean }): Promise<DigestRun | undefined> {
  const { tx, now } = work
  const today = dayOf(now, profile.timeZone)
  const day = evening.day ?? today
  if (!isDay(day)) throw new Refusal('inputInvalid', `The day must be a date like ${today}.`)
  if (day > today && !evening.mayBeFuture) throw new Refusal('dayInFuture', `${day} has not come yet: the latest evening that can be held is ${today}.`)
  const [last] = await tx.select({ day: digestRuns.day, through: digestRuns.remindersThrough, lastChangeId: digestRuns.lastChangeId })
    .from(digestRuns).orderBy(desc(digestRuns.day), desc(digestRuns.id)).limit(1)
  if (last && day < last.day) {
    throw new Refusal('dayAlreadyHeld', `The evening of ${last.day} was held already: an earlier one cannot be held any more.`)
  }
  // Counted as well: for the last one alone Postgres may walk back through all history.
  const [untaken] = await tx.select({ lastId: max(docketChanges.id), changes: count() }).from(docketChanges).where(isUntaken)
  if (!untaken?.lastId && last?.day === day && last.through !== null && !await isScheduleUntaken(work)) return undefined
  const beforeNext = addDays(nextEveningDay(day, profile), -1)
  const [run] = await tx.insert(digestRuns).values({
    day, startedAt: now, finishedAt: now, lastChangeId: untaken?.lastId ?? last?.lastChangeId ?? 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
    // What a run saw to stays seen to, whatever evenings the profile is given later.
    remindersThrough: last?.through && last.through > beforeNext ? last.through : beforeNext,
  }).returning()
  if (!run) throw new Error('A run could not be stored.')
  if (!untaken?.lastId) return run
  // Case by case in statements that do not keep a process from anything else for long (P8); nothing can come in between.
  for (let after = 0; ;) {
    const isNext = and(isUntaken, gt(docketChanges.caseId, after))
    const [edge] = await tx.select({ caseId: docketChanges.caseId }).from(docketChanges).where(isNext)
      .orderBy(asc(docketChanges.caseId), asc(docketChanges.id)).limit(1).offset(changesAtOnce - 1)
    await tx.update(docketChanges).set({ runId: run.id }).where(and(isNext, edge && lte(docketChanges.caseId, edge.caseId)))
    if (!edge) break
    after = edge.caseId
  }
  return { ...run, changes: untaken.changes }
}

const changesAtOnce = 5_000

async function isScheduleUntaken({ tx }: Reading): Promise<boolean> {
  const events = await tx.select({ id: scheduledEvents.id }).from(scheduledEvents).where(isStartUntaken).limit(1)
  const payments = await tx.select({ id: scheduledPayments.id }).from(scheduledPayments).where(isPaymentUntaken).limit(1)
  return events.length + payments.length > 0
}
