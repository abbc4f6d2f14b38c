import { and, asc, count, eq, exists, gt, gte, inArray, isNull, lte, min, sql } from 'drizzle-orm'
import { as, asOrdered, nextId, rowsAtOnce } from '../../../db/columns.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { cases, courts, digestRuns, docketChanges, messageContents, outboxMessages, scheduledEvents, scheduledPayments, subscriptions } from '../../../db/schema.ts'
import type { Tx } from '../../../db/tx.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'
import { isNoticeWaiting } from '../outbox/lanes.ts'
import type { Site } from '../outbox/message-frame.ts'
import { noticeKey } from '../outbox/notice-key.ts'
import { wakeSubscriptions } from '../tracking/pause-tracking.ts'
import { bundleNotices } from './bundle-notices.ts'
import { readDueWindow } from './due-window.ts'
import { isTracked } from './is-tracked.ts'
import { listRemindedCases } from './list-reminded-cases.ts'
import { noticeContent } from './notice-content.ts'
import { planRemindedCases } from './plan-reminded-cases.ts'
import { readToldCases } from './read-told-cases.ts'
import { isPaymentUntaken, isStartUntaken, type DigestRun } from './take-changes.ts'

/** Steps of planning, by name: what was done when it is told. `frozen` may be told several times. */
export type PlanningStep = 'reminded' | 'frozen' | 'planned' | 'bundled'

export interface PlannedRun {
  readonly notices: number
  readonly emails: number
  readonly texts: number
  /** Events and payments told in these notices, or in texts to who gets no e-mail. */
  readonly reminders: number
}

/**
 * Writes what the run owes: for each case that changed, what its notices say, frozen once for all that are told the same;
 * and for each active subscription one waiting message (F2). Pauses that end with this evening end first (G4). Cases with events
 * or payments to tell (F5, F6), with a choice of entries or something missed are planned one by one, all others in one statement for
 * each slice of cases. All in the caller's transaction, which also took the changes. Planning the same run again adds nothing.
 */
export async function planNotices(work: Work, site: Site, run: DigestRun, reached?: (step: PlanningStep) => void): Promise<PlannedRun> {
  const { tx } = work
  await wakeSubscriptions(work, run.day)
  // Counted as well: for the first one alone Postgres may walk through all history before it.
  const [first] = await tx.select({ id: min(docketChanges.id), changes: count() }).from(docketChanges).where(eq(docketChanges.runId, run.id))
  const firstOfRun = first?.id ?? null
  const window = await readDueWindow(work, site.profile, run)
  const reminded = await listRemindedCases(work, site.profile, run, window, firstOfRun)
  const { texts, reminders } = await planRemindedCases(work, site, run, window, reminded)
  await takeSchedules(work)
  reached?.('reminded')

  if (firstOfRun !== null) {
    const isReminded = new Set(reminded)
    for (let afterCase = 0; ;) {
      const changed = await listChangedCases(work, site.profile, run, afterCase)
      const last = changed.at(-1)
      if (!last) break
      await freezeContents(work, site, run, changed.filter(({ caseId }) => !isReminded.has(caseId)), firstOfRun)
      reached?.('frozen')
      await planMessages(work, run, { after: afterCase, through: last.caseId })
      afterCase = last.caseId
    }
  }
  reached?.('planned')
  // All of them still wait. What left on other evenings is not looked through: any moment at all says which index is meant.
  const notices = await tx.$count(outboxMessages, and(isNoticeWaiting, gte(outboxMessages.dueAt, new Date(0)), eq(outboxMessages.runId, run.id)))
  const emails = notices - await bundleNotices(work, site, run)
  reached?.('bundled')
  const planned = { notices, emails, texts, reminders }
  await tx.update(digestRuns).set({ ...planned, changes: run.changes }).where(eq(digestRuns.id, run.id))
  await work.promiseDelivery(emails, work.now)
  return planned
}

/** This run has seen every start and every instalment as it stands. */
async function takeSchedules({ tx }: Work): Promise<void> {
  await tx.update(scheduledEvents).set({ isStartUntaken: false }).where(isStartUntaken)
  await tx.update(scheduledPayments).set({ isUntaken: false }).where(isPaymentUntaken)
}

// Cases are worked through in slices: what is held in memory does not grow with the evening (P5), and nothing that a process does
// beside it waits for all of them (P8).
/** The most of one slice. Exported for the bench. */
export const casesAtOnce = 200
// A content may take 30 KB, several times while it is written.
const contentsAtOnce = 100

interface ChangedCase {
  readonly caseId: number
  readonly firstChangeId: number
}

/** Public cases that changed in the run, are told of at all (A5) and that somebody tracks, in order, a slice at a time. */
async function listChangedCases({ tx }: Work, profile: CourtProfile, run: DigestRun, afterCase: number): Promise<ChangedCase[]> {
  return tx.select({ caseId: docketChanges.caseId, firstChangeId: sql<number>`min(${docketChanges.id})`.mapWith(docketChanges.id) })
    .from(docketChanges)
    .innerJoin(cases, and(eq(cases.id, docketChanges.caseId), eq(cases.security, 'public'), isTracked(profile)))
    .innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
    .where(and(
      eq(docketChanges.runId, run.id),
      gt(docketChanges.caseId, afterCase),
      exists(tx.select({ one: sql`1` }).from(subscriptions)
        .where(and(eq(subscriptions.caseId, docketChanges.caseId), isActive))),
    ))
    .groupBy(docketChanges.caseId)
    .orderBy(asc(docketChanges.caseId))
    .limit(casesAtOnce)
}

// Written out, so that the index of active subscriptions serves; that they began at any change at all says that it is meant.
const isActive = sql`${subscriptions.emailState} = 'active' and ${subscriptions.emailActiveAfter} >= 0`

/** One content a case, and one more for each later first change that a subscription which began in between is told from. */
async function freezeContents(work: Work, site: Site, run: DigestRun, changed: readonly ChangedCase[], firstOfRun: number): Promise<void> {
  const { tx, now } = work
  const ids = changed.map((one) => one.caseId)
  if (ids.length === 0) return
  const told = await readToldCases(work, site.profile, run, ids)
  const begunMeanwhile = Map.groupBy(await tx.selectDistinct({ caseId: subscriptions.caseId, activeAfter: subscriptions.emailActiveAfter })
    .from(subscriptions)
    .where(and(inArray(subscriptions.caseId, ids), isActive, gte(subscriptions.emailActiveAfter, firstOfRun))), (one) => one.caseId)
  const rows: (typeof messageContents.$inferInsert)[] = []
  for (const { caseId, firstChangeId } of changed) {
    const one = told.get(caseId)
    // A sealed entry is told to nobody (A9).
    const tellable = one?.changes.filter((change) => !change.isSealed) ?? []
    if (!one || tellable.length === 0) continue
    const starts = new Set([firstChangeId])
    for (const { activeAfter } of begunMeanwhile.get(caseId) ?? []) {
      const start = one.changes.find((change) => change.id > (activeAfter ?? 0))
      if (start) starts.add(start.id)
    }
    for (const start of starts) {
      const content = noticeContent(site, run.day, one, tellable.filter((change) => change.id >= start))
      if (content) rows.push({ runId: run.id, caseId, firstChangeId: start, payload: content, createdAt: now })
    }
  }
  for (let at = 0; at < rows.length; at += contentsAtOnce) {
    await tx.insert(messageContents).select(rowsAtOnce(messageContents, rows.slice(at, at + contentsAtOnce))).onConflictDoNothing()
  }
}

// As the unique index has it.
const isPlain = sql`${messageContents.variant} = ''`

/** Case ids. */
interface SliceOfCases {
  readonly after: number
  readonly through: number
}

/**
 * One message for each active subscription and content of these cases that it is owed, for what tells docket changes only: one
 * statement. Exported for the bench, which measures it alone.
 */
export async function planMessages({ tx, now }: Work, { id }: Pick<DigestRun, 'id'>, slice: SliceOfCases): Promise<void> {
  await oweNotices(tx, null).execute({ ...slice, run: id, runText: String(id), now })
}

const slot = (name: string) => sql.placeholder(name)

// Built once: an evening of a state has two thousand slices (P4).
const oweNotices = prepareOnce((tx: Tx, _: null) =>
  tx.insert(outboxMessages).select(noticesOwed(tx)).onConflictDoNothing({ target: outboxMessages.dedupeKey }).prepare())

function noticesOwed(tx: Tx) {
  const firstTold = sql`(${tx.select({ id: min(docketChanges.id) }).from(docketChanges).where(and(
    eq(docketChanges.runId, slot('run')),
    eq(docketChanges.caseId, subscriptions.caseId),
    gt(docketChanges.id, subscriptions.emailActiveAfter),
  ))})`
  return tx.select({
    id: nextId(outboxMessages.id).as('id'),
    // As text: a bound number would be written 1.0 by SQLite.
    dedupeKey: sql<string>`${sql.raw(`'${noticeKey}'`)} || ${subscriptions.id} || '/' || ${slot('runText')}`.as('dedupe_key'),
    kind: sql<'notice'>`'notice'`.as('kind'),
    state: sql<'waiting'>`'waiting'`.as('state'),
    subscriberId: subscriptions.subscriberId,
    phoneId: sql<null>`cast(null as ${sql.raw(outboxMessages.phoneId.getSQLType())})`.as('phone_id'),
    subscriptionId: subscriptions.id,
    contentId: messageContents.id,
    runId: as(outboxMessages.runId, slot('run')).as('run_id'),
    createdAt: as(outboxMessages.createdAt, slot('now')).as('created_at'),
    dueAt: as(outboxMessages.dueAt, slot('now')).as('due_at'),
    attempts: sql<number>`0`.as('attempts'),
    softBounces: sql<number>`0`.as('soft_bounces'),
    isAlone: sql<boolean>`false`.as('is_alone'),
    batchId: sql<null>`null`.as('batch_id'),
    leasedBy: sql<null>`null`.as('leased_by'),
    leasedUntil: sql<null>`null`.as('leased_until'),
    settledAt: sql<null>`null`.as('settled_at'),
    providerId: sql<null>`null`.as('provider_id'),
    reason: sql<null>`null`.as('reason'),
  } satisfies Record<keyof typeof outboxMessages.$inferSelect, unknown>)
    .from(messageContents)
    .innerJoin(subscriptions, and(eq(subscriptions.caseId, messageContents.caseId), isActive))
    .where(and(
      eq(messageContents.runId, slot('run')),
      gt(messageContents.caseId, slot('after')),
      lte(messageContents.caseId, slot('through')),
      isPlain,
      isNull(messageContents.withdrawnAt),
      eq(messageContents.firstChangeId, firstTold),
    ))
    // Messages of one content side by side, and in the order of the index, so that SQLite sorts nothing (P4).
    .orderBy(asc(messageContents.caseId), asc(messageContents.firstChangeId), ...asOrdered(asc(subscriptions.id)))
}
