import { and, eq, sql } from 'drizzle-orm'
import { given, prepareOnce } from '../../../db/prepare-once.ts'
import { cases, courts, docketChanges, docketEntries } from '../../../db/schema.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Security } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'

export interface IntakeOptions {
  /** Taken in as history: what changes is recorded and never told (I7). */
  readonly isQuiet: boolean
  /** As whom texts speak that are owed at once (F7). */
  readonly site: Site
}

/** A case as far as its entries, events and payments need it. */
export interface CaseFacts {
  readonly id: number
  readonly court: string
  readonly security: Security
}

/**
 * One transaction that takes records in: what every `record…` function gets. It remembers the courts and cases that it
 * looked up, which is true for as long as the transaction is open, since nobody else writes.
 */
export interface Intake extends Work, IntakeOptions {
  readonly profile: CourtProfile
  readonly queries: ReturnType<typeof queriesOf>
  /** The time zone of a court by its code; null: no such court. */
  readonly zones: Map<string, string | null>
  /** By `caseKey`. */
  readonly cases: Map<string, CaseFacts>
  /** Cases whose last activity is already this transaction's now. */
  readonly touched: Set<number>
}

export const beginIntake = (work: Work, { isQuiet, site }: IntakeOptions): Intake => ({
  ...work, isQuiet, site, profile: site.profile, queries: queriesOf(work.tx, null), zones: new Map(), cases: new Map(), touched: new Set(),
})

export const caseKey = (court: string, number: string): string => `${court}\n${number}`

/** The time zone of a court that is known here; null for any other. */
export async function findZone({ queries, zones }: Intake, court: string): Promise<string | null> {
  const remembered = zones.get(court)
  if (remembered !== undefined) return remembered
  const [row] = await queries.zone.execute({ court })
  const zone = row?.timeZone ?? null
  zones.set(court, zone)
  return zone
}

const slot = (name: string) => sql.placeholder(name)
/** The queries of the common record: a day brings 200,000 of them, and building a query takes ten times its running. */
const queriesOf = prepareOnce((tx: Tx, _: null) => {
  const insertEntry = (filedAt: ReturnType<typeof slot> | null) => tx.insert(docketEntries).values({
    caseId: slot('caseId'), sourceId: slot('sourceId'), entryNumber: slot('entryNumber'), filedOn: slot('filedOn'), filedAt,
    code: slot('code'), description: slot('description'), text: slot('text'), status: slot('status'), security: slot('security'),
    lastActivityAt: slot('now'),
  }).onConflictDoNothing({ target: [docketEntries.caseId, docketEntries.sourceId] }).returning({ id: docketEntries.id }).prepare()
  return {
    zone: tx.select({ timeZone: courts.timeZone }).from(courts).where(eq(courts.code, slot('court'))).prepare(),
    caseInCourt: tx.select({ id: cases.id, court: cases.court, security: cases.security }).from(cases)
      .where(and(eq(cases.court, slot('court')), eq(cases.number, slot('number')))).prepare(),
    casesOfNumber: tx.select({ id: cases.id, court: cases.court, security: cases.security }).from(cases)
      .where(and(eq(cases.numberKey, slot('numberKey')), eq(cases.number, slot('number')))).orderBy(cases.court).prepare(),
    entry: tx.select().from(docketEntries)
      .where(and(eq(docketEntries.caseId, slot('caseId')), eq(docketEntries.sourceId, slot('sourceId')))).prepare(),
    // Two, because a placeholder for an instant cannot stand for null.
    insertTimedEntry: insertEntry(slot('filedAt')),
    insertDatedEntry: insertEntry(null),
    insertChange: tx.insert(docketChanges).values({
      caseId: slot('caseId'), entryId: slot('entryId'), kind: slot('kind'), recordedAt: slot('now'), isQuiet: slot('isQuiet'),
    }).prepare(),
    touchCase: tx.update(cases).set({ lastActivityAt: given('now', cases.lastActivityAt) })
      .where(eq(cases.id, slot('caseId'))).prepare(),
  }
})
