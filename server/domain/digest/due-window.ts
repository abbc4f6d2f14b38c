import { desc, lt } from 'drizzle-orm'
import { digestRuns } from '../../../db/schema.ts'
import { addDays, dayOf } from '../../contract/court-time.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { eveningDueAt } from '../hours/evening-days.ts'
import type { DigestRun } from './take-changes.ts'

/** The due days that a run sees to (F5, F6), and the moment at which it is taken to be read. */
export interface DueWindow {
  /** What fell due up to that day, earlier runs saw to: the run before, or for the first one the day before its own. */
  readonly after: string
  readonly through: string
  /** What has begun by then is announced no more: now, or the evening that is held before it has come. */
  readonly readAt: Date
}

export interface Lead {
  readonly days: number
  readonly option: keyof NoticeOptions
}

/** The lead times of events, the longer first. */
export const eventLeads = ({ leadDays: { events: [longer, shorter] } }: Pick<CourtProfile, 'leadDays'>): readonly Lead[] =>
  [{ days: longer, option: 'eventTenDays' }, { days: shorter, option: 'eventTwoDays' }]

/** The lead time of payments. */
export const paymentLead = ({ leadDays: { payments: [days] } }: Pick<CourtProfile, 'leadDays'>): Lead => ({ days, option: 'paymentTwoDays' })

export async function readDueWindow({ tx, now }: Reading, profile: CourtProfile, run: DigestRun): Promise<DueWindow> {
  const [before] = await tx.select({ through: digestRuns.remindersThrough }).from(digestRuns)
    .where(lt(digestRuns.id, run.id)).orderBy(desc(digestRuns.id)).limit(1)
  return {
    after: before?.through ?? addDays(run.day, -1),
    through: run.remindersThrough ?? run.day,
    readAt: run.day > dayOf(now, profile.timeZone) ? eveningDueAt(run.day, profile) : now,
  }
}

/**
 * Whether a run owes what fell due on that day: it lies in its window, or it came after its evening and no run has seen it
 * yet (F5: entered or moved inside a lead time).
 */
export const isDue = (dueOn: string, isUntaken: boolean, { after, through }: DueWindow): boolean =>
  dueOn <= through && (dueOn > after || isUntaken)

/**
 * Whether a subscription that began at that moment is owed what fell due on that day: it still lay ahead, or the fact
 * came later than the subscription (F5: only what still lies ahead).
 */
export const liesAheadOf = (beganAt: Date, dueOn: string, knownSince: Date, timeZone: string): boolean =>
  dayOf(beganAt, timeZone) <= dueOn || knownSince >= beganAt
