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
import { isAsBefore, markOf } from './notice-content.ts'
import type { ToldEvent } from './owed-mentions.ts'
import type { CaseToTell } from './read-told-cases.ts'

/** What one subscription missed in a pause, in short. */
export interface Missed {
  /** The entries, and that the case was opened again; none where nothing was missed. */
  readonly facts: readonly ToldFact[]
  /** The hearing that is next, for whom the notice names no other word of it. */
  readonly next: Extract<ToldFact, { readonly mark: 'NextHearing' }> | null
  /** What was changed of events meanwhile: it is told as if it had been changed since. */
  readonly events: readonly ToldEvent[]
}

const nothingMissed: Missed = { facts: [], next: null, events: [] }

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
  work: Work, profile: CourtProfile, window: DueWindow, told: CaseToTell, { entryChoice }: Tracker, range: NonNullable<Tracker['missed']>,
): Promise<Missed> {
  const daysOf = (changes: readonly { readonly recordedAt: Date }[]): string[] => {
    const days = changes.map(({ recordedAt }) => dayOf(recordedAt, profile.timeZone)).sort()
    return [...new Set([...days.slice(0, 1), ...days.slice(-1)])]
  }
  const entries = (await listEntryChanges(work, told.id, range)).filter(({ entry }) => isChosen(profile, entryChoice, entry))
  const reopened = told.status === 'open' && !told.changes.some(({ kind, id }) => kind === 'reopened' && id > range.through) ? await listReopenings(work, told.id, range) : []
  const facts: ToldFact[] = [
    ...[...Map.groupBy(entries, ({ entry }) => entry.id)].flatMap(([entryId, own]) => own.slice(0, 1)
      .map(({ entry }) => ({ mark: 'Missed' as const, entryId, was: markOf(entry.status, own), days: daysOf(own) }))
      .filter(({ was }) => !isAsBefore(was, own, told.timeZone))),
    ...(reopened.length > 0 ? [{ entryId: null, mark: 'Reopened' as const, days: daysOf(reopened) }] : []),
  ]
  return { facts, next: facts.length === 0 ? null : await nextHearing(work, told, window), events: await listChangedEvents(work, told.id, range) }
}

const isMissed = (caseId: number, { after, through }: NonNullable<Tracker['missed']>) =>
  and(eq(docketChanges.caseId, caseId), gt(docketChanges.id, after), lte(docketChanges.id, through), eq(docketChanges.isQuiet, false))

const listEntryChanges = ({ tx }: Work, caseId: number, range: NonNullable<Tracker['missed']>) => tx.select({
  kind: docketChanges.kind, fields: docketChanges.fields, recordedAt: docketChanges.recordedAt,
  entry: { id: docketEntries.id, code: docketEntries.code, description: docketEntries.description, status: docketEntries.status },
}).from(docketChanges)
  .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
  .where(and(isMissed(caseId, range), inArray(docketChanges.kind, ['added', 'updated', 'voided']), eq(docketEntries.security, 'public')))
  .orderBy(asc(docketChanges.id))

const listReopenings = ({ tx }: Work, caseId: number, range: NonNullable<Tracker['missed']>) =>
  tx.select({ recordedAt: docketChanges.recordedAt }).from(docketChanges).where(and(isMissed(caseId, range), eq(docketChanges.kind, 'reopened')))

async function listChangedEvents({ tx }: Work, caseId: number, range: NonNullable<Tracker['missed']>): Promise<ToldEvent[]> {
  const rows = await tx.select({ event: scheduledEvents, change: { id: docketChanges.id, fields: docketChanges.fields, recordedAt: docketChanges.recordedAt } })
    .from(docketChanges)
    .innerJoin(scheduledEvents, eq(scheduledEvents.id, docketChanges.eventId))
    .where(and(isMissed(caseId, range), eq(docketChanges.kind, 'rescheduled'), eq(scheduledEvents.security, 'public')))
    .orderBy(asc(docketChanges.id))
  return [...Map.groupBy(rows, ({ event }) => event.id).values()].flatMap((own) => own.slice(0, 1)
    .map(({ event }) => ({ ...event, changes: own.map(({ change: { fields, ...change } }) => ({ ...change, fields: fields ?? [] })) })))
}

async function nextHearing({ tx }: Work, told: CaseToTell, window: DueWindow): Promise<Missed['next']> {
  const [next] = await tx.select({ id: scheduledEvents.id, startsAt: scheduledEvents.startsAt, kind: scheduledEvents.kind }).from(scheduledEvents)
    .where(and(
      eq(scheduledEvents.caseId, told.id), eq(scheduledEvents.status, 'scheduled'), eq(scheduledEvents.security, 'public'), gt(scheduledEvents.startsAt, window.readAt),
    ))
    .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id)).limit(1)
  if (!next) return null
  const sentence = `The next hearing is on ${fullMoment(next.startsAt, told.timeZone)}.`.replace(/\.\.$/, '.')
  return { mark: 'NextHearing', eventId: next.id, sentence, days: [] }
}

/** The events of an evening and those that a pause hid: what happened in it comes before what has happened since, and is told with it. */
export function withMissed(events: readonly ToldEvent[], range: Tracker['missed'], missed: readonly ToldEvent[]): readonly ToldEvent[] {
  if (range === null || missed.length === 0) return events
  const known = new Map(events.map((event) => [event.id, event]))
  const hidden = new Map(missed.map((event) => [event.id, event.changes]))
  return [
    ...events.map((event) => ({ ...event, changes: [...hidden.get(event.id) ?? [], ...event.changes.filter((change) => !hidden.has(event.id) || change.id > range.through)] })),
    ...missed.filter((event) => !known.has(event.id)),
  ].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.id - b.id)
}
