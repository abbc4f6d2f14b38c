import { and, asc, eq } from 'drizzle-orm'
import { as } from '../../../db/columns.ts'
import { docketChanges, docketEntries, scheduledEvents, scheduledPayments, toldEvents, toldPayments } from '../../../db/schema.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { mergeEntryVersions } from './entry-versions.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { logEventChange } from './log-change.ts'
import type { SameIds } from './rename-in-contents.ts'
import { sealEntry } from './seal-entry.ts'
import { sealEvent } from './seal-event.ts'
import { isStartAnew, newStart, toldEventDifferences, type ToldEventFacts } from './told-event.ts'
import { toldDifferences } from './told-differences.ts'
import { withdrawEventTexts } from './withdraw-event-texts.ts'

/** Two cases that become one. */
export interface Merge {
  readonly from: CaseFacts
  readonly into: CaseFacts
  /** Whether anybody tracked the case that goes, and the one that stays, before. */
  readonly isFromTracked: boolean
  readonly isTracked: boolean
}

export interface MergedRecords {
  /** The rows of the case that goes which were the same as one of the other's, with that one. */
  readonly same: SameIds
  /** Untaken changes of the case that stays of which those who tracked the other know. */
  readonly known: ReadonlySet<number>
  /** What one of the two had sealed and the other not: so it stays, once what was said about it is the other case's. */
  readonly seal: () => Promise<void>
}

/** Moves entries, events and payments from one case to the other, where those that both have become one (A9). */
export async function mergeRecords(intake: Intake, merge: Merge): Promise<MergedRecords> {
  const entries = await moveEntries(intake, merge)
  const events = await moveEvents(intake, merge)
  const payments = await movePayments(intake, merge)
  await intake.tx.update(docketChanges).set({ caseId: merge.into.id }).where(eq(docketChanges.caseId, merge.from.id))
  return {
    same: { entries: entries.same, events: events.same, payments },
    known: entries.known,
    seal: async () => {
      for (const id of entries.toSeal) {
        await intake.tx.update(docketEntries).set({ security: 'confidential' }).where(eq(docketEntries.id, id))
        await sealEntry(intake, merge.into, id)
      }
      for (const { id, known } of events.toSeal) {
        await intake.tx.update(scheduledEvents).set({ security: 'confidential', isStartUntaken: false }).where(eq(scheduledEvents.id, id))
        await sealEvent(intake, merge.into, id, known)
      }
    },
  }
}

async function moveEntries(intake: Intake, { from, into, isTracked }: Merge): Promise<{ same: Map<number, number>; known: Set<number>; toSeal: number[] }> {
  const { tx } = intake
  const moved = { same: new Map<number, number>(), known: new Set<number>(), toSeal: [] as number[] }
  const there = new Map((await tx.select().from(docketEntries).where(eq(docketEntries.caseId, into.id))).map((entry) => [entry.sourceId, entry]))
  for (const entry of there.size === 0 ? [] : await tx.select().from(docketEntries).where(eq(docketEntries.caseId, from.id))) {
    const same = there.get(entry.sourceId)
    if (!same) continue
    moved.same.set(entry.id, same.id)
    if (entry.security !== same.security) moved.toSeal.push(same.id)
    const isSaid = await tx.$count(docketChanges, and(eq(docketChanges.entryId, entry.id), isUntaken)) === 0
    // It came again under the new number, and those who are told of it there may know it from the old one.
    if (isSaid && toldDifferences(entry, same).length === 0) {
      const again = and(eq(docketChanges.entryId, same.id), isUntaken)
      if (!isTracked) await tx.update(docketChanges).set({ isQuiet: true }).where(again)
      else for (const { id } of await tx.select({ id: docketChanges.id }).from(docketChanges).where(again)) moved.known.add(id)
    }
    await tx.update(docketChanges).set({ entryId: same.id, caseId: into.id }).where(eq(docketChanges.entryId, entry.id))
    await mergeEntryVersions(intake, entry.id, same.id)
    await tx.delete(docketEntries).where(eq(docketEntries.id, entry.id))
  }
  await tx.update(docketEntries).set({ caseId: into.id }).where(eq(docketEntries.caseId, from.id))
  return moved
}

type Event = typeof scheduledEvents.$inferSelect

async function moveEvents(intake: Intake, merge: Merge): Promise<{ same: Map<number, number>; toSeal: { id: number; known: ToldEventFacts }[] }> {
  const { tx } = intake
  const { from, into } = merge
  const moved = { same: new Map<number, number>(), toSeal: [] as { id: number; known: ToldEventFacts }[] }
  const there = new Map((await tx.select().from(scheduledEvents).where(eq(scheduledEvents.caseId, into.id))).map((event) => [event.sourceId, event]))
  for (const event of there.size === 0 ? [] : await tx.select().from(scheduledEvents).where(eq(scheduledEvents.caseId, from.id)).orderBy(asc(scheduledEvents.id))) {
    const same = there.get(event.sourceId)
    if (!same) continue
    moved.same.set(event.id, same.id)
    if (event.security !== same.security) moved.toSeal.push({ id: same.id, known: event.security === 'public' ? event : same })
    await joinEvents(intake, merge, event, same)
  }
  await tx.update(scheduledEvents).set({ caseId: into.id }).where(eq(scheduledEvents.caseId, from.id))
  return moved
}

/** The event stands as the case that stays has it. Who knew it otherwise from the other is told so (F5). */
async function joinEvents(intake: Intake, { from, into, isFromTracked, isTracked }: Merge, event: Event, same: Event): Promise<void> {
  const { tx } = intake
  const differences = toldEventDifferences(event, same)
  const isAnew = isStartAnew(event, same)
  const isTold = isFromTracked && differences.length > 0 && [from, into, event, same].every(({ security }) => security === 'public')
  if (differences.length > 0) await withdrawEventTexts(intake, from, event.id)
  const { startRecordedAt, isStartUntaken } = event
  await tx.update(scheduledEvents).set({
    sequence: Math.max(event.sequence, same.sequence) + (differences.length > 0 ? 1 : 0),
    ...(isTold && isAnew ? newStart(intake, into, same) : !isTracked && !isAnew && { startRecordedAt, isStartUntaken }),
  }).where(eq(scheduledEvents.id, same.id))
  await tx.insert(toldEvents).select(tx.select({
    subscriptionId: toldEvents.subscriptionId, eventId: as(toldEvents.eventId, same.id).as('event_id'), startsAt: toldEvents.startsAt,
    leadDays: toldEvents.leadDays, runId: toldEvents.runId,
  }).from(toldEvents).where(eq(toldEvents.eventId, event.id))).onConflictDoNothing()
  await tx.update(docketChanges).set({ eventId: same.id, caseId: into.id }).where(eq(docketChanges.eventId, event.id))
  if (isTold) await logEventChange(intake, into, same.id, differences)
  await tx.delete(scheduledEvents).where(eq(scheduledEvents.id, event.id))
}

async function movePayments({ tx }: Intake, { from, into, isTracked }: Merge): Promise<Map<number, number>> {
  type Payment = typeof scheduledPayments.$inferSelect
  const keyOf = ({ plan, dueOn }: Payment): string => JSON.stringify([plan, dueOn])
  const moved = new Map<number, number>()
  const known = new Map((await tx.select().from(scheduledPayments).where(eq(scheduledPayments.caseId, into.id))).map((one) => [keyOf(one), one]))
  for (const payment of known.size === 0 ? [] : await tx.select().from(scheduledPayments).where(eq(scheduledPayments.caseId, from.id))) {
    const same = known.get(keyOf(payment))
    if (!same) continue
    moved.set(payment.id, same.id)
    const isAlike = same.amountDueCents === payment.amountDueCents && same.pastDueCents === payment.pastDueCents && same.status === payment.status
    if (!isTracked && isAlike) {
      await tx.update(scheduledPayments).set({ isUntaken: payment.isUntaken }).where(eq(scheduledPayments.id, same.id))
    }
    await tx.insert(toldPayments).select(tx.select({
      subscriptionId: toldPayments.subscriptionId, paymentId: as(toldPayments.paymentId, same.id).as('payment_id'),
      amountDueCents: toldPayments.amountDueCents, pastDueCents: toldPayments.pastDueCents, runId: toldPayments.runId,
    }).from(toldPayments).where(eq(toldPayments.paymentId, payment.id))).onConflictDoNothing()
    await tx.delete(scheduledPayments).where(eq(scheduledPayments.id, payment.id))
  }
  await tx.update(scheduledPayments).set({ caseId: into.id }).where(eq(scheduledPayments.caseId, from.id))
  return moved
}
