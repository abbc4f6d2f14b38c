import { sql } from 'drizzle-orm'
import {
  caseStatuses, changeKinds, entryStatuses, eventStatuses, paymentStatuses, securities, type FieldChange,
} from '../../server/contract/vocabulary.ts'
import type { FeedReport } from '../../server/contract/records.ts'
import { isOneOf, type Dialect } from '../columns.ts'

/** The court's record as it was fed in, and the append-only log of what changed in it. */
export function docketTables(d: Dialect) {
  const courts = d.table('courts', {
    code: d.key(),
    name: d.text().notNull(),
    shortName: d.text().notNull(),
    circuit: d.text(),
    timeZone: d.text().notNull(),
    isTakingPart: d.boolean().notNull(),
    takingPartSince: d.day(),
    /** False for a court that an import brought and the profile does not list (I3). */
    isInProfile: d.boolean().notNull(),
  }, (t) => [d.index('courts_circuit').on(t.circuit)])

  const courtCounties = d.table('court_counties', {
    court: d.text().notNull().references(() => courts.code, { onDelete: 'cascade' }),
    county: d.text().notNull(),
  }, (t) => [d.primaryKey(t.court, t.county)])

  const cases = d.table('cases', {
    id: d.serial(),
    court: d.text().notNull().references(() => courts.code),
    number: d.text().notNull(),
    /** `caseNumberKey(number)`: what searches by number compare. */
    numberKey: d.text().notNull(),
    caption: d.text().notNull(),
    caseType: d.text().notNull(),
    filedOn: d.day(),
    status: d.oneOf(caseStatuses).notNull(),
    security: d.oneOf(securities).notNull(),
    judge: d.text(),
    /** When the last docket change was recorded; null while the docket is empty. */
    lastActivityAt: d.instant(),
    recordedAt: d.instant().notNull(),
    /** Came with an import of history, of which nobody is told (I7). */
    isHistory: d.boolean().notNull().default(false),
  }, (t) => [
    d.uniqueIndex('cases_court_number_key').on(t.court, t.number),
    d.index('cases_number_key').on(t.numberKey),
    d.index('cases_court_filed').on(t.court, t.filedOn, t.id),
    d.index('cases_type_filed').on(t.caseType, t.filedOn, t.id),
    d.index('cases_filed').on(t.filedOn, t.id),
    d.check('cases_status_known', isOneOf(t.status, caseStatuses)),
    d.check('cases_security_known', isOneOf(t.security, securities)),
  ])

  const parties = d.table('parties', {
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    /** Counts from 1 in the order of the record. */
    ordinal: d.integer().notNull(),
    name: d.text().notNull(),
    role: d.text().notNull(),
    attorney: d.text(),
  }, (t) => [d.primaryKey(t.caseId, t.ordinal)])

  /** The numbers that a renumbered case had before (A9): they lead to it. */
  const formerCaseNumbers = d.table('former_case_numbers', {
    court: d.text().notNull().references(() => courts.code),
    number: d.text().notNull(),
    numberKey: d.text().notNull(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    renumberedAt: d.instant().notNull(),
  }, (t) => [
    d.primaryKey(t.court, t.number),
    d.index('former_case_numbers_key').on(t.numberKey),
    d.index('former_case_numbers_case').on(t.caseId),
  ])

  /** One row a word of each name by which a case is found (A2): ordinal 0 is its caption, others its parties. */
  const nameWords = d.table('name_words', {
    word: d.text().notNull(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    ordinal: d.integer().notNull(),
  }, (t) => [
    d.primaryKey(t.word, t.caseId, t.ordinal),
    d.index('name_words_case').on(t.caseId, t.ordinal, t.word),
  ])

  /**
   * One row for each two words of a name, in either order, so that a search by two words finds the names that have both side by
   * side (`docs/decisions/0024-pairs-of-words.md`). What goes with its case goes by `dropNameWords`: an index of cases would be
   * as large as the table.
   */
  const namePairs = d.table('name_pairs', {
    word: d.text().notNull(),
    /** Empty: the name has so many words that each stands by itself. */
    otherWord: d.text().notNull(),
    caseId: d.integer().notNull(),
    ordinal: d.integer().notNull(),
  }, (t) => [d.primaryKey(t.word, t.otherWord, t.caseId, t.ordinal)])

  const docketEntries = d.table('docket_entries', {
    id: d.serial(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    sourceId: d.text().notNull(),
    entryNumber: d.text(),
    /** The day of filing in the court's zone. */
    filedOn: d.day().notNull(),
    /** Null when the source gave a day only: then no time is shown. */
    filedAt: d.instant(),
    code: d.text(),
    description: d.text().notNull(),
    text: d.text().notNull(),
    status: d.oneOf(entryStatuses).notNull(),
    security: d.oneOf(securities).notNull(),
    /** When its last change was recorded here (F4: last activity). */
    lastActivityAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('docket_entries_case_source_key').on(t.caseId, t.sourceId),
    d.index('docket_entries_case_filed').on(t.caseId, t.filedOn, d.absentFirst(t.filedAt), t.id),
    d.check('docket_entries_status_known', isOneOf(t.status, entryStatuses)),
    d.check('docket_entries_security_known', isOneOf(t.security, securities)),
  ])

  const digestRuns = d.table('digest_runs', {
    id: d.serial(),
    /** The docket day that the run dates its notices with. */
    day: d.day().notNull(),
    startedAt: d.instant().notNull(),
    finishedAt: d.instant().notNull(),
    /** The last change that existed when the run began; it took every untaken one up to it. */
    lastChangeId: d.integer().notNull(),
    changes: d.integer().notNull(),
    notices: d.integer().notNull(),
    emails: d.integer().notNull(),
    texts: d.integer().notNull(),
    reminders: d.integer().notNull(),
    /** The last due day of event and payment notices that this run saw to (F5); null: a run from before there were any. */
    remindersThrough: d.day(),
  }, (t) => [d.index('digest_runs_day').on(t.day)])

  /** Evenings that wait for an operator's yes, since they owe far more than is usual (I7). */
  const eveningHolds = d.table('evening_holds', {
    id: d.serial(),
    day: d.day().notNull(),
    heldAt: d.instant().notNull(),
    /** What it would owe, and what is usual. */
    notices: d.integer().notNull(),
    usual: d.integer().notNull(),
    /** When an operator said yes; null while it waits. */
    releasedAt: d.instant(),
    releasedBy: d.oneOf(['page', 'command']),
  }, (t) => [d.uniqueIndex('evening_holds_day_key').on(t.day)])

  /** Backups that took the place of the database (R14): what may have left since each was made waits for a person. */
  const restorations = d.table('restorations', {
    id: d.serial(),
    /** When the backup was made, and when it was put in place. */
    backedUpAt: d.instant().notNull(),
    restoredAt: d.instant().notNull(),
    /** When an operator said that what may have left was looked after. */
    clearedAt: d.instant(),
  })

  const scheduledEvents = d.table('scheduled_events', {
    id: d.serial(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    sourceId: d.text().notNull(),
    startsAt: d.instant().notNull(),
    endsAt: d.instant(),
    kind: d.text().notNull(),
    place: d.text(),
    judge: d.text(),
    status: d.oneOf(eventStatuses).notNull(),
    security: d.oneOf(securities).notNull(),
    /** Counts the changes, as calendars want it. */
    sequence: d.integer().notNull(),
    recordedAt: d.instant().notNull(),
    lastActivityAt: d.instant().notNull(),
    /** When this start was recorded. */
    startRecordedAt: d.instant().notNull(),
    /** No run has seen this start yet: notices that fell due before it was known are owed once (F5). */
    isStartUntaken: d.boolean().notNull().default(false),
  }, (t) => [
    d.uniqueIndex('scheduled_events_case_source_key').on(t.caseId, t.sourceId),
    d.index('scheduled_events_case_start').on(t.caseId, t.startsAt),
    d.index('scheduled_events_start').on(t.startsAt),
    d.index('scheduled_events_untaken').on(t.id).where(sql`${t.isStartUntaken}`),
    d.check('scheduled_events_status_known', isOneOf(t.status, eventStatuses)),
    d.check('scheduled_events_security_known', isOneOf(t.security, securities)),
  ])

  const docketChanges = d.table('docket_changes', {
    id: d.serial(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    /** The entry that changed, if one did. */
    entryId: d.integer().references(() => docketEntries.id, { onDelete: 'cascade' }),
    /** The scheduled event that changed, if one did. */
    eventId: d.integer().references(() => scheduledEvents.id, { onDelete: 'cascade' }),
    kind: d.oneOf(changeKinds).notNull(),
    /** What an update changed; null otherwise. */
    fields: d.json<readonly FieldChange[]>(),
    recordedAt: d.instant().notNull(),
    /** Taken in as history, by an operator's word: no notice ever (I7). */
    isQuiet: d.boolean().notNull(),
    /** The run that took it; null until one has (F4). */
    runId: d.integer().references(() => digestRuns.id),
  }, (t) => [
    // The evening reads these two and nothing else of history: what no run has taken, and what one run took.
    d.index('docket_changes_untaken').on(t.caseId, t.id).where(sql`${t.runId} is null and not ${t.isQuiet}`),
    d.index('docket_changes_run').on(t.runId, t.caseId, t.id).where(sql`${t.runId} is not null`),
    d.index('docket_changes_case').on(t.caseId, t.id),
    d.index('docket_changes_entry').on(t.entryId, t.id),
    d.index('docket_changes_event').on(t.eventId, t.id).where(sql`${t.eventId} is not null`),
    d.check('docket_changes_kind_known', isOneOf(t.kind, changeKinds)),
    d.check('docket_changes_entry_known', sql`(${t.entryId} is null) = (${t.kind} in ('reopened', 'rescheduled'))`),
    d.check('docket_changes_event_known', sql`(${t.eventId} is null) = (${t.kind} <> 'rescheduled')`),
    d.check('docket_changes_quiet_untaken', sql`not ${t.isQuiet} or ${t.runId} is null`),
  ])

  const scheduledPayments = d.table('scheduled_payments', {
    id: d.serial(),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    plan: d.text().notNull(),
    dueOn: d.day().notNull(),
    person: d.text().notNull(),
    amountDueCents: d.money().notNull(),
    pastDueCents: d.money().notNull(),
    status: d.oneOf(paymentStatuses).notNull(),
    recordedAt: d.instant().notNull(),
    lastActivityAt: d.instant().notNull(),
    /** No run has seen it as it stands (F6). */
    isUntaken: d.boolean().notNull().default(false),
  }, (t) => [
    d.uniqueIndex('scheduled_payments_case_plan_due_key').on(t.caseId, t.plan, t.dueOn),
    d.index('scheduled_payments_due').on(t.dueOn),
    d.index('scheduled_payments_untaken').on(t.id).where(sql`${t.isUntaken}`),
    d.check('scheduled_payments_status_known', isOneOf(t.status, paymentStatuses)),
    d.check('scheduled_payments_amounts', sql`${t.amountDueCents} >= 0 and ${t.pastDueCents} >= 0`),
  ])

  /** Imports that an operator marked as history: nobody is told of what they brought (I7). */
  const historyImports = d.table('history_imports', {
    id: d.serial(),
    importedAt: d.instant().notNull(),
    way: d.oneOf(['feed', 'command']).notNull(),
    accepted: d.integer().notNull(),
    changes: d.integer().notNull(),
  })

  /**
   * What came from other people's webhooks, so that nothing is taken twice or after what is newer: bodies by the key that they
   * came with, and of entries the moment of their newest version (`entry/…`).
   */
  const takenDeliveries = d.table('taken_deliveries', {
    /** The source and its key. */
    key: d.key(),
    takenAt: d.instant().notNull(),
    /** What was answered. */
    report: d.json<FeedReport>().notNull(),
  })

  return {
    courts, courtCounties, cases, formerCaseNumbers, parties, nameWords, namePairs, docketEntries, digestRuns, scheduledEvents, docketChanges,
    scheduledPayments, historyImports, takenDeliveries, eveningHolds, restorations,
  }
}
export type DocketTables = ReturnType<typeof docketTables>
