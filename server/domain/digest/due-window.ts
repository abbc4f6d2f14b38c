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
  /** The day of the run before and when it began: it could not know of who began later. */
  readonly heldOn: string
  readonly heldAt: Date
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
  const [before] = await tx.select({ day: digestRuns.day, through: digestRuns.remindersThrough, startedAt: digestRuns.startedAt }).from(digestRuns)
    .where(lt(digestRuns.id, run.id)).orderBy(desc(digestRuns.id)).limit(1)
  return {
    after: before?.through ?? addDays(run.day, -1),
    through: run.remindersThrough ?? run.day,
    heldOn: before?.day ?? addDays(run.day, -1),
    heldAt: before?.startedAt ?? new Date(0),
    readAt: run.day > dayOf(now, profile.timeZone) ? eveningDueAt(run.day, profile) : now,
  }
}

/** What decides beside the day on which something falls due. */
export interface DueFact {
  /** No run has seen it yet. */
  readonly isUntaken: boolean
  /** When the subscription began to ask for it. */
  readonly beganAt: Date
  /** When the fact was recorded. */
  readonly knownSince: Date
}

/**
 * Whether a run owes a subscription what fell due on that day (F5): it lies in its window; or it came after its evening and
 * no run has seen it yet; or the run before saw to it ahead of time and the subscription began since. And it still lay
 * ahead when the subscription began, or came later than that.
 */
export function isDue(dueOn: string, { isUntaken, beganAt, knownSince }: DueFact, window: DueWindow, timeZone: string): boolean {
  const stillLayAhead = dayOf(beganAt, timeZone) <= dueOn
  const isBegunSince = dueOn > window.heldOn && beganAt > window.heldAt && stillLayAhead
  return dueOn <= window.through && (dueOn > window.after || isUntaken || isBegunSince) && (stillLayAhead || knownSince >= beganAt)
}
