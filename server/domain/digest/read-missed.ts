import { and, asc, eq, gt, lte } from 'drizzle-orm'
import { docketChanges, docketEntries, scheduledEvents } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { EntryChoice } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { isSealing } from '../docket/is-sealing.ts'
import type { ToldFact } from '../outbox/message-content.ts'
import { fullMoment } from './day-words.ts'
import type { DueWindow } from './due-window.ts'
import { isChosen } from './entry-choice.ts'
import type { Tracker } from './list-trackers.ts'
import { isAsBefore, markOf } from './notice-content.ts'
import type { ToldEvent } from './owed-mentions.ts'
import type { Arrivals, SentNotice } from './read-arrivals.ts'
import type { CaseToTell } from './read-told-cases.ts'
import { readToldSubjects, subjectOf } from './told-subjects.ts'

/** What one subscription missed in a pause, in short. */
export interface Missed {
  /** The entries, and that the case was opened again; none where nothing was missed. */
  readonly facts: readonly ToldFact[]
  /** The hearing that is next, for whom the notice names no other word of it. */
  readonly next: Extract<ToldFact, { readonly mark: 'NextHearing' }> | null
  /** What was changed of events meanwhile: it is told as if it had been changed since. */
  readonly events: readonly ToldEvent[]
  /** Names what it is of, alike for all who missed the same. */
  readonly name: string
}

const nothingMissed: Missed = { facts: [], next: null, events: [], name: '' }

/**
 * What each of these subscriptions missed in a pause that is over and no notice has told: what is public of it by now and was not
 * sealed since (A9), and what it chose. What a notice told and is not known to have come back was not missed.
 */
export async function readMissed(
  work: Work, profile: CourtProfile, window: DueWindow, told: ReadonlyMap<number, CaseToTell>, trackers: readonly Tracker[], arrivals: Pick<Arrivals, 'of'>,
): Promise<(tracker: Tracker) => Missed> {
  const known = new Map<string, Missed>()
  const by = new Map<number, Missed>()
  const missing = trackers.flatMap(({ id, caseId, entryChoice, missed }) => (missed === null ? [] : [{
    id, caseId, entryChoice, missed, sent: arrivals.of(id).filter(({ after, through }) => through > missed.after && after < missed.through),
  }]))
  const tells = await readToldSubjects(work, missing.flatMap(({ sent }) => sent.map(({ contentId }) => contentId)))
  for (const { id, caseId, entryChoice, missed, sent } of missing) {
    const one = told.get(caseId)
    if (!one) continue
    const name = [`${missed.after}-${missed.through}`, ...sent.map(({ contentId, isBack }) => `${isBack ? 'back' : 'told'}-${contentId}`)].join('/')
    const key = `${caseId} ${entryChoice} ${name}`
    const found = known.get(key) ?? await missedIn(work, profile, window, one, { entryChoice, range: { ...missed, notices: sent, tells }, name })
    known.set(key, found)
    by.set(id, found)
  }
  return ({ id }) => by.get(id) ?? nothingMissed
}

interface Range {
  readonly after: number
  readonly through: number
  /** What was sent meanwhile: a change was told where one of them tells it and did not come back. */
  readonly notices: readonly SentNotice[]
  readonly tells: (contentId: number, subject: string) => boolean
}

async function missedIn(
  work: Work, profile: CourtProfile, window: DueWindow, told: CaseToTell, { entryChoice, range, name }: { readonly entryChoice: EntryChoice; readonly range: Range; readonly name: string },
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
  return { facts, next: facts.length === 0 ? null : await nextHearing(work, told, window), events: await listChangedEvents(work, told.id, range), name }
}

const ofChange = {
  id: docketChanges.id, kind: docketChanges.kind, entryId: docketChanges.entryId, eventId: docketChanges.eventId, fields: docketChanges.fields,
  recordedAt: docketChanges.recordedAt, isQuiet: docketChanges.isQuiet,
}
type Change = Pick<typeof docketChanges.$inferSelect, keyof typeof ofChange>

const isOfPause = (caseId: number, { after, through }: Range) => and(eq(docketChanges.caseId, caseId), gt(docketChanges.id, after), lte(docketChanges.id, through))

const wasTold = ({ notices, tells }: Range, change: Change): boolean =>
  notices.some(({ after, through, contentId, isBack }) => !isBack && after < change.id && change.id <= through && tells(contentId, subjectOf(change)))

/** Of the changes of one entry or event, in order, those that were missed: none from before it was last sealed (A9). */
const missedOf = <Row extends Change>(changes: readonly Row[], range: Range): Row[] =>
  changes.slice(changes.findLastIndex(isSealing) + 1).filter((change) => !change.isQuiet && !wasTold(range, change))

async function listEntryChanges({ tx }: Work, caseId: number, range: Range) {
  const rows = await tx.select({
    ...ofChange, entry: { id: docketEntries.id, code: docketEntries.code, description: docketEntries.description, status: docketEntries.status },
  }).from(docketChanges)
    .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(isOfPause(caseId, range), eq(docketEntries.security, 'public')))
    .orderBy(asc(docketChanges.id))
  return [...Map.groupBy(rows, ({ entry }) => entry.id).values()].flatMap((own) => missedOf(own, range))
}

const listReopenings = async ({ tx }: Work, caseId: number, range: Range) =>
  missedOf(await tx.select(ofChange).from(docketChanges).where(and(isOfPause(caseId, range), eq(docketChanges.kind, 'reopened'))), range)

async function listChangedEvents({ tx }: Work, caseId: number, range: Range): Promise<ToldEvent[]> {
  const rows = await tx.select({ ...ofChange, event: scheduledEvents })
    .from(docketChanges)
    .innerJoin(scheduledEvents, eq(scheduledEvents.id, docketChanges.eventId))
    .where(and(isOfPause(caseId, range), eq(scheduledEvents.security, 'public')))
    .orderBy(asc(docketChanges.id))
  return [...Map.groupBy(rows, ({ event }) => event.id).values()].flatMap((all) => {
    const own = missedOf(all, range)
    return own.slice(0, 1).map(({ event }) => ({ ...event, changes: own.map(({ id, fields, recordedAt }) => ({ id, fields: fields ?? [], recordedAt })) }))
  })
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
