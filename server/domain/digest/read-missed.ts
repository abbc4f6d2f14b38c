import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm'
import { docketChanges, docketEntries, scheduledEvents } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import type { ToldFact } from '../outbox/message-content.ts'
import { fullMoment } from './day-words.ts'
import type { DueWindow } from './due-window.ts'
import { isChosen } from './entry-choice.ts'
import type { Tracker } from './list-trackers.ts'
import { markOf } from './notice-content.ts'
import type { CaseToTell } from './read-told-cases.ts'

export interface Missed {
  readonly facts: readonly ToldFact[]
  /** Tells it from what others missed; one that names a hearing does so as the evening names hearings. */
  readonly tokens: readonly string[]
}

const nothingMissed: Missed = { facts: [], tokens: [] }

/** What each of these subscriptions missed in a pause that is over and no notice has told: what is public of it by now, and what it chose. */
export async function readMissed(
  work: Work, profile: CourtProfile, window: DueWindow, told: ReadonlyMap<number, CaseToTell>, trackers: readonly Tracker[],
): Promise<(tracker: Tracker) => Missed> {
  const known = new Map<string, Missed>()
  for (const tracker of trackers) {
    const one = told.get(tracker.caseId)
    if (!one || tracker.missed === null || known.has(keyOf(tracker))) continue
    known.set(keyOf(tracker), await missedIn(work, profile, window, one, tracker, tracker.missed))
  }
  return (tracker) => (tracker.missed === null ? nothingMissed : known.get(keyOf(tracker)) ?? nothingMissed)
}

const keyOf = ({ caseId, entryChoice, missed }: Tracker): string => `${caseId} ${missed?.after} ${missed?.through} ${entryChoice}`

async function missedIn(
  { tx }: Work, profile: CourtProfile, window: DueWindow, told: CaseToTell, { entryChoice }: Tracker, { after, through }: NonNullable<Tracker['missed']>,
): Promise<Missed> {
  const changes = (await tx.select({
    kind: docketChanges.kind, recordedAt: docketChanges.recordedAt,
    entry: { id: docketEntries.id, code: docketEntries.code, description: docketEntries.description, status: docketEntries.status },
  }).from(docketChanges)
    .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(
      eq(docketChanges.caseId, told.id), gt(docketChanges.id, after), lte(docketChanges.id, through), eq(docketChanges.isQuiet, false),
      inArray(docketChanges.kind, ['added', 'updated', 'voided']), eq(docketEntries.security, 'public'),
    ))
    .orderBy(asc(docketChanges.id))).filter(({ entry }) => isChosen(profile, entryChoice, entry))
  if (changes.length === 0) return nothingMissed
  const facts: ToldFact[] = [...Map.groupBy(changes, ({ entry }) => entry.id)].flatMap(([entryId, own]) => own.slice(0, 1).map(({ entry }) => {
    const days = own.map(({ recordedAt }) => dayOf(recordedAt, profile.timeZone)).sort()
    return { mark: 'Missed' as const, entryId, was: markOf(entry.status, own), days: [...new Set([...days.slice(0, 1), ...days.slice(-1)])] }
  }))
  const [next] = await tx.select({ id: scheduledEvents.id, startsAt: scheduledEvents.startsAt, kind: scheduledEvents.kind }).from(scheduledEvents)
    .where(and(
      eq(scheduledEvents.caseId, told.id), eq(scheduledEvents.status, 'scheduled'), eq(scheduledEvents.security, 'public'), gt(scheduledEvents.startsAt, window.readAt),
    ))
    .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id)).limit(1)
  const missed = { facts, tokens: [`missed:${after}-${through}`] }
  if (!next) return missed
  const sentence = `The next hearing is on ${fullMoment(next.startsAt, told.timeZone)}.`.replace(/\.\.$/, '.')
  return { facts: [...facts, { mark: 'NextHearing', eventId: next.id, sentence, days: [] }], tokens: [...missed.tokens, `event:${next.id}/next`] }
}
