import { and, asc, eq, gt, gte, inArray, lt, lte, or } from 'drizzle-orm'
import { scheduledEvents, scheduledPayments } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { eventLeads, paymentLead, type DueWindow } from './due-window.ts'
import type { ToldEvent, ToldPayment } from './owed-mentions.ts'
import type { CaseToTell } from './read-told-cases.ts'

export interface Schedule {
  /** The soonest first. */
  readonly events: readonly ToldEvent[]
  readonly payments: readonly ToldPayment[]
}

/** The public events and the instalments of these cases of which something may be owed: ahead and near enough, or changed. */
export async function readSchedules(
  { tx }: Work, profile: CourtProfile, window: DueWindow, cases: ReadonlyMap<number, CaseToTell>,
): Promise<Map<number, Schedule>> {
  const ids = [...cases.keys()]
  if (ids.length === 0) return new Map()
  const changed = [...cases.values()].flatMap((one) => [...one.eventChanges.keys()])
  const longest = Math.max(...eventLeads(profile).map(({ days }) => days))
  // Two days more than the window, so that no zone's day ends outside.
  const lastStart = new Date(`${addDays(window.through, longest + 2)}T23:59:59Z`)
  const events = Map.groupBy(await tx.select().from(scheduledEvents).where(and(
    inArray(scheduledEvents.caseId, ids),
    eq(scheduledEvents.security, 'public'),
    or(and(gt(scheduledEvents.startsAt, window.readAt), lt(scheduledEvents.startsAt, lastStart)), inArray(scheduledEvents.id, changed)),
  )).orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id)), (one) => one.caseId)
  const payments = Map.groupBy(await tx.select().from(scheduledPayments).where(and(
    inArray(scheduledPayments.caseId, ids),
    gte(scheduledPayments.dueOn, addDays(dayOf(window.readAt, 'UTC'), -1)),
    lte(scheduledPayments.dueOn, addDays(window.through, paymentLead(profile).days)),
  )).orderBy(asc(scheduledPayments.dueOn), asc(scheduledPayments.id)), (one) => one.caseId)
  return new Map([...cases].map(([id, { eventChanges }]) => [id, {
    events: (events.get(id) ?? []).map((event) => ({ ...event, changes: eventChanges.get(event.id) ?? [] })),
    payments: payments.get(id) ?? [],
  }]))
}
