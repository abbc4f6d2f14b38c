import { and, between, eq, exists, gte, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { courts, docketChanges, scheduledEvents, scheduledPayments, subscriptions } from '../../../db/schema.ts'
import { addDays } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { momentOnWall } from '../hours/moment-on-wall.ts'
import { eventLeads, paymentLead, type DueWindow } from './due-window.ts'
import { isPaymentUntaken, isStartUntaken, type DigestRun } from './take-changes.ts'

/**
 * The cases in which a run may owe more than docket changes or not all of them, in order: an event or a payment fell due, came
 * late or changed, and somebody asked to hear of it; somebody chose of which entries to hear, or missed some in a pause (G4). What exactly is owed is decided where each is planned. Only ids: they are few,
 * and what is read is bounded by what falls due or came, never by all there is.
 */
export async function listRemindedCases(work: Work, profile: CourtProfile, run: DigestRun, window: DueWindow, firstOfRun: number | null): Promise<number[]> {
  const { tx } = work
  const found = new Set<number>()
  const add = (rows: readonly { readonly caseId: number }[]): void => {
    for (const { caseId } of rows) found.add(caseId)
  }
  // Where evenings are not held every day, the run before saw to days to come: who began since is owed those still.
  const lookAfter = window.heldOn < window.after ? window.heldOn : window.after
  const eventsAsked = sql`(${subscriptions.eventTenDays} or ${subscriptions.eventTwoDays})`

  const zones = (await tx.selectDistinct({ timeZone: courts.timeZone }).from(courts)).map((one) => one.timeZone)
  for (const { days, option } of eventLeads(profile)) {
    const from = earliest(zones, addDays(lookAfter, days + 1))
    const until = latest(zones, addDays(window.through, days + 1))
    if (!from || !until || from >= until) continue
    add(await tx.selectDistinct({ caseId: scheduledEvents.caseId }).from(scheduledEvents).where(and(
      gte(scheduledEvents.startsAt, from < window.readAt ? window.readAt : from),
      lt(scheduledEvents.startsAt, until),
      eq(scheduledEvents.status, 'scheduled'),
      hasTracker(work, scheduledEvents.caseId, sql`${subscriptions[option]}`),
    )))
  }
  const longest = Math.max(...eventLeads(profile).map(({ days }) => days))
  const lastStart = latest(zones, addDays(window.through, longest + 1)) ?? window.readAt
  // Filtered here: by a range of starts, the other index would be walked.
  add((await tx.select({ caseId: scheduledEvents.caseId, startsAt: scheduledEvents.startsAt }).from(scheduledEvents)
    .where(and(isStartUntaken, hasTracker(work, scheduledEvents.caseId, eventsAsked))))
    .filter(({ startsAt }) => startsAt > window.readAt && startsAt < lastStart))

  const { days, option } = paymentLead(profile)
  add(await tx.selectDistinct({ caseId: scheduledPayments.caseId }).from(scheduledPayments).where(and(
    between(scheduledPayments.dueOn, addDays(lookAfter, days + 1), addDays(window.through, days)),
    eq(scheduledPayments.status, 'due'),
    hasTracker(work, scheduledPayments.caseId, sql`${subscriptions[option]}`),
  )))
  add((await tx.select({ caseId: scheduledPayments.caseId, dueOn: scheduledPayments.dueOn }).from(scheduledPayments)
    .where(and(isPaymentUntaken, hasTracker(work, scheduledPayments.caseId, sql`${subscriptions[option]}`))))
    .filter(({ dueOn }) => dueOn >= run.day && dueOn <= addDays(window.through, days)))

  add(await tx.selectDistinct({ caseId: subscriptions.caseId }).from(subscriptions)
    .where(and(gte(subscriptions.caseId, 0), sql`${subscriptions.missedThrough} is not null`, eq(subscriptions.emailState, 'active'))))
  if (firstOfRun !== null) {
    const ofRun = and(gte(docketChanges.id, firstOfRun), lte(docketChanges.id, run.lastChangeId), eq(docketChanges.runId, run.id))
    add(await tx.selectDistinct({ caseId: docketChanges.caseId }).from(docketChanges).where(and(
      ofRun,
      exists(tx.select({ one: sql`1` }).from(subscriptions).where(and(
        eq(subscriptions.caseId, docketChanges.caseId), sql`${subscriptions.entryChoice} <> 'all'`, eq(subscriptions.emailState, 'active'),
      ))),
    )))
    add(await tx.selectDistinct({ caseId: docketChanges.caseId }).from(docketChanges).where(and(
      ofRun,
      eq(docketChanges.kind, 'rescheduled'),
      hasTracker(work, docketChanges.caseId, sql`true`),
    )))
  }
  return [...found].sort((a, b) => a - b)
}

/** Somebody who tracks the case, by either channel, and asked for this. The states stand as the indexes have them. */
function hasTracker({ tx }: Work, caseId: SQLiteColumn, asked: SQL): SQL | undefined {
  const by = (isActive: SQL) => exists(tx.select({ one: sql`1` }).from(subscriptions).where(and(eq(subscriptions.caseId, caseId), isActive, asked)))
  return or(by(sql`${subscriptions.emailState} = 'active' and ${subscriptions.emailActiveAfter} >= 0`), by(sql`${subscriptions.textState} = 'active'`))
}

const starts = (zones: readonly string[], day: string): Date[] => zones.map((zone) => momentOnWall(day, '00:00', zone))
const earliest = (zones: readonly string[], day: string): Date | undefined => starts(zones, day).sort((a, b) => a.getTime() - b.getTime())[0]
const latest = (zones: readonly string[], day: string): Date | undefined => starts(zones, day).sort((a, b) => b.getTime() - a.getTime())[0]
