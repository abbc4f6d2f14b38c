import { and, asc, eq, inArray } from 'drizzle-orm'
import { cases, courts, docketChanges, docketEntries } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { isTracked } from './is-tracked.ts'
import type { ToldCase, ToldChange } from './notice-content.ts'
import type { EventChange } from './owed-mentions.ts'
import type { DigestRun } from './take-changes.ts'

/** One case with what a run took of it. */
export interface CaseToTell extends ToldCase {
  readonly id: number
  readonly court: string
  /** Every change of its docket, sealed entries' included, in the order of arrival: among these a beginning is found. */
  readonly changes: readonly (ToldChange & { readonly isSealed: boolean })[]
  /** What happened to its events, by event, in the order of arrival. */
  readonly eventChanges: ReadonlyMap<number, readonly EventChange[]>
}

/** Those of these cases that are told of at all: public, of a court that takes part and a type that is not excluded (A5, F8). */
export async function readToldCases(work: Work, profile: CourtProfile, run: Pick<DigestRun, 'id'>, ids: readonly number[]): Promise<Map<number, CaseToTell>> {
  const { tx } = work
  const facts = await tx.select({
    id: cases.id, number: cases.number, court: cases.court, caption: cases.caption, status: cases.status, courtName: courts.name, timeZone: courts.timeZone,
  }).from(cases).innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
    .where(and(inArray(cases.id, [...ids]), eq(cases.security, 'public'), isTracked(profile)))
  if (facts.length === 0) return new Map()
  const changes = Map.groupBy(await tx.select({
    id: docketChanges.id,
    caseId: docketChanges.caseId,
    eventId: docketChanges.eventId,
    kind: docketChanges.kind,
    fields: docketChanges.fields,
    recordedAt: docketChanges.recordedAt,
    entry: {
      id: docketEntries.id,
      filedOn: docketEntries.filedOn,
      filedAt: docketEntries.filedAt,
      code: docketEntries.code,
      description: docketEntries.description,
      text: docketEntries.text,
      status: docketEntries.status,
      security: docketEntries.security,
      lastActivityAt: docketEntries.lastActivityAt,
    },
  }).from(docketChanges)
    .leftJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(eq(docketChanges.runId, run.id), inArray(docketChanges.caseId, facts.map((one) => one.id))))
    .orderBy(asc(docketChanges.caseId), asc(docketChanges.id)), (one) => one.caseId)
  const pathOf = await addressesOfCases(work, facts)
  return new Map(facts.map((one) => {
    const own = changes.get(one.id) ?? []
    const ofEvents = own.flatMap(({ id, eventId, fields, recordedAt }) => (eventId === null ? [] : [{ id, eventId, fields: fields ?? [], recordedAt }]))
    return [one.id, {
      ...one,
      path: pathOf(one),
      changes: own.filter((change) => change.kind !== 'rescheduled').map((change) => ({ ...change, isSealed: change.entry?.security === 'confidential' })),
      eventChanges: Map.groupBy(ofEvents, (change) => change.eventId),
    }]
  }))
}
