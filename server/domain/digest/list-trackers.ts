import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { phones, subscriptions, toldEvents, toldPayments } from '../../../db/schema.ts'
import type { EntryChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import type { Asked, PaymentMention } from './owed-mentions.ts'
import type { Arrivals } from './read-arrivals.ts'
import { eventSubject, paymentSubject } from './told-subjects.ts'

/** A subscription that is told something by e-mail, by text or both. */
export interface Tracker extends Asked {
  readonly id: number
  readonly subscriberId: number
  readonly caseId: number
  /** The last change before e-mail became active; null: it is not. */
  readonly emailActiveAfter: number | null
  /** The phone that takes its texts, and the last change before it did; null: none does. */
  readonly text: { readonly phoneId: number; readonly activeAfter: number } | null
  readonly entryChoice: EntryChoice
  /** The changes of a pause that is over, which no notice has told yet: those after the one and up to the other. */
  readonly missed: { readonly after: number; readonly through: number } | null
}

export interface TrackerPlace {
  readonly caseId: number
  readonly activeAfter: number
  readonly id: number
}

const columns = {
  id: subscriptions.id,
  subscriberId: subscriptions.subscriberId,
  caseId: subscriptions.caseId,
  emailState: subscriptions.emailState,
  textState: subscriptions.textState,
  eventTenDays: subscriptions.eventTenDays,
  eventTwoDays: subscriptions.eventTwoDays,
  paymentTwoDays: subscriptions.paymentTwoDays,
  emailActiveAt: subscriptions.emailActiveAt,
  eventTenDaysAt: subscriptions.eventTenDaysAt,
  eventTwoDaysAt: subscriptions.eventTwoDaysAt,
  paymentTwoDaysAt: subscriptions.paymentTwoDaysAt,
  emailActiveAfter: subscriptions.emailActiveAfter,
  textActiveAfter: subscriptions.textActiveAfter,
  entryChoice: subscriptions.entryChoice,
  missedAfter: subscriptions.missedAfter,
  missedThrough: subscriptions.missedThrough,
  // One that answered STOP takes no texts (E6).
  phoneId: phones.id,
}

const withPhone = and(eq(phones.id, subscriptions.phoneId), isNull(phones.stoppedAt))

/** The subscriptions of these cases that get e-mail, by case and beginning, so many after a place; each index row is met once. */
export async function listMailed({ tx }: Work, caseIds: readonly number[], after: TrackerPlace | undefined, limit: number): Promise<Tracker[]> {
  const rows = await tx.select(columns).from(subscriptions).leftJoin(phones, withPhone).where(and(
    inArray(subscriptions.caseId, [...caseIds]),
    sql`${subscriptions.emailState} = 'active'`,
    after && sql`(${subscriptions.caseId}, ${subscriptions.emailActiveAfter}, ${subscriptions.id}) > (${after.caseId}, ${after.activeAfter}, ${after.id})`,
  )).orderBy(asc(subscriptions.caseId), asc(subscriptions.emailActiveAfter), asc(subscriptions.id)).limit(limit)
  return rows.map(trackerOf)
}

/** The subscriptions of these cases that get texts and no e-mail, the same way. */
export async function listTextedOnly({ tx }: Work, caseIds: readonly number[], after: TrackerPlace | undefined, limit: number): Promise<Tracker[]> {
  const rows = await tx.select(columns).from(subscriptions).innerJoin(phones, withPhone).where(and(
    inArray(subscriptions.caseId, [...caseIds]),
    sql`${subscriptions.textState} = 'active'`,
    ne(subscriptions.emailState, 'active'),
    // A pause that its reader asked for holds back texts too; one for want of delivery does not.
    or(isNull(subscriptions.pausedBecause), ne(subscriptions.pausedBecause, 'asked')),
    after && sql`(${subscriptions.caseId}, ${subscriptions.id}) > (${after.caseId}, ${after.id})`,
  )).orderBy(asc(subscriptions.caseId), asc(subscriptions.id)).limit(limit)
  return rows.map(trackerOf)
}

type Row = { [Name in keyof typeof columns]: (typeof columns)[Name]['_']['data'] | null } & Pick<Tracker, 'id' | 'subscriberId' | 'caseId' | 'eventTenDays' | 'eventTwoDays' | 'paymentTwoDays' | 'entryChoice'>

function trackerOf(row: Row): Tracker {
  const { id, subscriberId, caseId, eventTenDays, eventTwoDays, paymentTwoDays, phoneId, entryChoice, missedAfter, missedThrough } = row
  const missed = row.emailState === 'active' && missedAfter !== null && missedThrough !== null ? { after: missedAfter, through: missedThrough } : null
  // That it was paused meanwhile is no new beginning: what fell due in the pause and still lies ahead is owed.
  const activeAt = missed === null ? row.emailActiveAt?.getTime() ?? 0 : 0
  const began = (chosenAt: Date | null): Date => new Date(Math.max(activeAt, chosenAt?.getTime() ?? 0))
  return {
    id, subscriberId, caseId, eventTenDays, eventTwoDays, paymentTwoDays,
    since: { eventTenDays: began(row.eventTenDaysAt), eventTwoDays: began(row.eventTwoDaysAt), paymentTwoDays: began(row.paymentTwoDaysAt) },
    emailActiveAfter: row.emailState === 'active' ? row.emailActiveAfter ?? 0 : null,
    entryChoice,
    missed,
    wasPaused: missed !== null,
    text: row.textState === 'active' && phoneId !== null ? { phoneId, activeAfter: row.textActiveAfter ?? 0 } : null,
  }
}

/** What these subscriptions were told already of events and payments (F5, F6). */
export interface Ledger {
  readonly wasTold: (subscriptionId: number, eventId: number, startsAt: Date, leadDays: number) => boolean
  readonly amountsTold: (subscriptionId: number, paymentId: number) => PaymentMention['was'] | undefined
}

const keyOf = (...parts: readonly number[]): string => parts.join(' ')

/** What came back is not told, for whom something is to be told again. */
export async function readLedger({ tx }: Work, trackers: readonly Tracker[], { cameBack }: Pick<Arrivals, 'cameBack'>): Promise<Ledger> {
  const ids = trackers.map((one) => one.id)
  if (ids.length === 0) return { wasTold: () => false, amountsTold: () => undefined }
  const events = new Set((await tx.select().from(toldEvents).where(inArray(toldEvents.subscriptionId, ids)))
    .filter((row) => !cameBack(row.subscriptionId, row.runId, eventSubject(row.eventId)))
    .map((row) => keyOf(row.subscriptionId, row.eventId, row.startsAt.getTime(), row.leadDays)))
  const payments = new Map((await tx.select().from(toldPayments).where(inArray(toldPayments.subscriptionId, ids)))
    .filter((row) => !cameBack(row.subscriptionId, row.runId, paymentSubject(row.paymentId)))
    .map((row) => [keyOf(row.subscriptionId, row.paymentId), row]))
  return {
    wasTold: (subscriptionId, eventId, startsAt, leadDays) => events.has(keyOf(subscriptionId, eventId, startsAt.getTime(), leadDays)),
    amountsTold: (subscriptionId, paymentId) => payments.get(keyOf(subscriptionId, paymentId)),
  }
}
