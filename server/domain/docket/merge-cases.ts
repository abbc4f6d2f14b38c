import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { as } from '../../../db/columns.ts'
import {
  cases, docketChanges, docketEntries, formerCaseNumbers, messageContents, nameWords, parties, scheduledEvents, scheduledPayments,
  subscriptions, toldEvents, toldPayments, trackingRequests,
} from '../../../db/schema.ts'
import type { Security } from '../../contract/vocabulary.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { putFormerNumber } from './former-number.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { mergeSubscriptions } from './merge-subscriptions.ts'
import { silenceCase } from './silence-changes.ts'
import { toldDifferences } from './told-differences.ts'
import { withdrawContents } from './withdraw-contents.ts'

/**
 * Two cases turn out to be one (A9): what the one has and the other has not moves to the other, subscriptions with their
 * requests, messages and what they were told included; then the one is gone and its numbers lead to the other. It is as
 * confidential as the stricter of the two, unless the record says otherwise.
 */
export async function mergeCases(intake: Intake, from: CaseFacts, into: CaseFacts, said: Security | undefined): Promise<CaseFacts> {
  const { tx } = intake
  const merge: Merge = { from: from.id, into: into.id, isTracked: await tx.$count(subscriptions, eq(subscriptions.caseId, into.id)) > 0 }
  await moveEntries(intake, merge)
  await moveEvents(intake, merge)
  await movePayments(intake, merge)
  await tx.update(docketChanges).set({ caseId: into.id }).where(eq(docketChanges.caseId, from.id))
  await moveParties(intake, merge)
  await moveContents(intake, merge)
  await mergeSubscriptions(intake, from.id, into.id)
  await tx.update(trackingRequests).set({ caseId: into.id }).where(eq(trackingRequests.caseId, from.id))
  await tx.update(formerCaseNumbers).set({ caseId: into.id }).where(eq(formerCaseNumbers.caseId, from.id))
  const gone = await joinFacts(intake, merge)
  await tx.delete(cases).where(eq(cases.id, from.id))
  intake.touched.delete(from.id)
  await putFormerNumber(intake, into, gone.number)

  const security = said ?? (from.security === 'confidential' ? 'confidential' : into.security)
  if (security === 'confidential') {
    await tx.update(cases).set({ security }).where(eq(cases.id, into.id))
    await silenceCase(intake, into.id)
    await withdrawContents(intake, into.id)
    return { ...into, security }
  }
  return into
}

interface Merge {
  readonly from: number
  readonly into: number
  /** Whether anybody tracked the case that stays, before. */
  readonly isTracked: boolean
}

async function moveEntries({ tx }: Intake, { from, into, isTracked }: Merge): Promise<void> {
  const known = new Map((await tx.select().from(docketEntries).where(eq(docketEntries.caseId, into))).map((entry) => [entry.sourceId, entry]))
  for (const entry of known.size === 0 ? [] : await tx.select().from(docketEntries).where(eq(docketEntries.caseId, from))) {
    const same = known.get(entry.sourceId)
    if (!same) continue
    const isSaid = await tx.$count(docketChanges, and(eq(docketChanges.entryId, entry.id), isUntaken)) === 0
    // It came again under the new number, and those who are told of it there know it from the old one.
    if (isSaid && !isTracked && toldDifferences(entry, same).length === 0) {
      await tx.update(docketChanges).set({ isQuiet: true }).where(and(eq(docketChanges.entryId, same.id), isUntaken))
    }
    await tx.update(docketChanges).set({ entryId: same.id, caseId: into }).where(eq(docketChanges.entryId, entry.id))
    await tx.delete(docketEntries).where(eq(docketEntries.id, entry.id))
  }
  await tx.update(docketEntries).set({ caseId: into }).where(eq(docketEntries.caseId, from))
}

async function moveEvents({ tx }: Intake, { from, into, isTracked }: Merge): Promise<void> {
  const known = new Map((await tx.select().from(scheduledEvents).where(eq(scheduledEvents.caseId, into))).map((event) => [event.sourceId, event]))
  for (const event of known.size === 0 ? [] : await tx.select().from(scheduledEvents).where(eq(scheduledEvents.caseId, from))) {
    const same = known.get(event.sourceId)
    if (!same) continue
    const { startRecordedAt, isStartUntaken } = event
    if (!isTracked && same.startsAt.getTime() === event.startsAt.getTime()) {
      await tx.update(scheduledEvents).set({ startRecordedAt, isStartUntaken }).where(eq(scheduledEvents.id, same.id))
    }
    await tx.insert(toldEvents).select(tx.select({
      subscriptionId: toldEvents.subscriptionId, eventId: as(toldEvents.eventId, same.id).as('event_id'), startsAt: toldEvents.startsAt,
      leadDays: toldEvents.leadDays, runId: toldEvents.runId,
    }).from(toldEvents).where(eq(toldEvents.eventId, event.id))).onConflictDoNothing()
    await tx.update(docketChanges).set({ eventId: same.id, caseId: into }).where(eq(docketChanges.eventId, event.id))
    await tx.delete(scheduledEvents).where(eq(scheduledEvents.id, event.id))
  }
  await tx.update(scheduledEvents).set({ caseId: into }).where(eq(scheduledEvents.caseId, from))
}

async function movePayments({ tx }: Intake, { from, into, isTracked }: Merge): Promise<void> {
  type Payment = typeof scheduledPayments.$inferSelect
  const keyOf = ({ plan, dueOn }: Payment): string => JSON.stringify([plan, dueOn])
  const known = new Map((await tx.select().from(scheduledPayments).where(eq(scheduledPayments.caseId, into))).map((one) => [keyOf(one), one]))
  for (const payment of known.size === 0 ? [] : await tx.select().from(scheduledPayments).where(eq(scheduledPayments.caseId, from))) {
    const same = known.get(keyOf(payment))
    if (!same) continue
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
  await tx.update(scheduledPayments).set({ caseId: into }).where(eq(scheduledPayments.caseId, from))
}

async function moveParties({ tx }: Intake, { from, into }: Merge): Promise<void> {
  if (await tx.$count(parties, eq(parties.caseId, into)) > 0) return
  await tx.update(parties).set({ caseId: into }).where(eq(parties.caseId, from))
  await tx.update(nameWords).set({ caseId: into }).where(and(eq(nameWords.caseId, from), gt(nameWords.ordinal, 0)))
}

/** What was said about the one is withdrawn with the other from now on (F8). A run has one content of each kind for a case. */
async function moveContents({ tx }: Intake, { from, into }: Merge): Promise<void> {
  await tx.update(messageContents).set({ variant: sql`${messageContents.variant} || ${` of case ${from}`}` })
    .where(and(eq(messageContents.caseId, from), ne(messageContents.variant, '')))
  await tx.update(messageContents).set({ caseId: into }).where(eq(messageContents.caseId, from))
}

/** What the case that stays does not know of itself it takes from the other; answers that one as it was. */
async function joinFacts({ tx }: Intake, { from, into }: Merge): Promise<typeof cases.$inferSelect> {
  const [gone] = await tx.select().from(cases).where(eq(cases.id, from))
  const [kept] = await tx.select().from(cases).where(eq(cases.id, into))
  if (!gone || !kept) throw new Error('A case that was found is gone.')
  const isNameless = kept.caption === kept.number && gone.caption !== gone.number
  await tx.update(cases).set({
    caption: isNameless ? gone.caption : kept.caption,
    filedOn: kept.filedOn ?? gone.filedOn,
    judge: kept.judge ?? gone.judge,
    lastActivityAt: latest(kept.lastActivityAt, gone.lastActivityAt),
  }).where(eq(cases.id, into))
  if (isNameless) {
    await tx.delete(nameWords).where(and(eq(nameWords.caseId, into), eq(nameWords.ordinal, 0)))
    await tx.update(nameWords).set({ caseId: into }).where(and(eq(nameWords.caseId, from), eq(nameWords.ordinal, 0)))
  }
  return gone
}

const latest = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other > one) ? other : one
