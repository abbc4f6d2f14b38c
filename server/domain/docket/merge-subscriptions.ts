import { and, eq, notInArray } from 'drizzle-orm'
import { as } from '../../../db/columns.ts'
import { formerSubscriptions, outboxMessages, phoneVerifications, subscriptions, toldEvents, toldPayments } from '../../../db/schema.ts'
import type { TextState } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'

type Subscription = typeof subscriptions.$inferSelect

/**
 * Moves the subscriptions of one case to another (A9). Where a subscriber has one on each they become one: the other
 * case's, with the livelier of the two states on each channel and what goes with it. The links of the one that goes act on
 * the one that stays, by `former_subscriptions`.
 */
export async function mergeSubscriptions(work: Work, fromCaseId: number, intoCaseId: number): Promise<void> {
  const { tx } = work
  const there = tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, intoCaseId))
  await tx.update(subscriptions).set({ caseId: intoCaseId })
    .where(and(eq(subscriptions.caseId, fromCaseId), notInArray(subscriptions.subscriberId, there)))
  for (const gone of await tx.select().from(subscriptions).where(eq(subscriptions.caseId, fromCaseId))) {
    const [kept] = await tx.select().from(subscriptions)
      .where(and(eq(subscriptions.caseId, intoCaseId), eq(subscriptions.subscriberId, gone.subscriberId)))
    if (!kept) throw new Error('A subscription neither moved nor had its like.')
    await repoint(work, gone.id, kept.id)
    await tx.delete(subscriptions).where(eq(subscriptions.id, gone.id))
    await tx.update(subscriptions).set(livelierOf(kept, gone)).where(eq(subscriptions.id, kept.id))
    await tx.insert(formerSubscriptions).values({ id: gone.id, subscriptionId: kept.id })
  }
}

/** Everything that names the one subscription names the other. */
async function repoint({ tx }: Work, gone: number, kept: number): Promise<void> {
  await tx.update(formerSubscriptions).set({ subscriptionId: kept }).where(eq(formerSubscriptions.subscriptionId, gone))
  await tx.update(phoneVerifications).set({ subscriptionId: kept }).where(eq(phoneVerifications.subscriptionId, gone))
  await tx.update(outboxMessages).set({ subscriptionId: kept }).where(eq(outboxMessages.subscriptionId, gone))
  await tx.insert(toldEvents).select(tx.select({
    subscriptionId: as(toldEvents.subscriptionId, kept).as('subscription_id'), eventId: toldEvents.eventId, startsAt: toldEvents.startsAt,
    leadDays: toldEvents.leadDays, runId: toldEvents.runId,
  }).from(toldEvents).where(eq(toldEvents.subscriptionId, gone))).onConflictDoNothing()
  await tx.insert(toldPayments).select(tx.select({
    subscriptionId: as(toldPayments.subscriptionId, kept).as('subscription_id'), paymentId: toldPayments.paymentId,
    amountDueCents: toldPayments.amountDueCents, pastDueCents: toldPayments.pastDueCents, runId: toldPayments.runId,
  }).from(toldPayments).where(eq(toldPayments.subscriptionId, gone))).onConflictDoNothing()
}

const emailOrder = ['stopped', 'pending', 'paused', 'active'] as const
const textOrder = ['none', 'stopped', 'pending', 'active'] as const satisfies readonly TextState[]

function livelierOf(kept: Subscription, gone: Subscription): Partial<Subscription> {
  const both = [kept, gone]
  const emailState = emailOrder[Math.max(...both.map((one) => emailOrder.indexOf(one.emailState)))] ?? kept.emailState
  const textState = textOrder[Math.max(...both.map((one) => textOrder.indexOf(one.textState)))] ?? kept.textState
  const byEmail = both.filter((one) => one.emailState === emailState)
  const byText = both.filter((one) => one.textState === textState)
  return {
    emailState,
    textState,
    phoneId: firstOf(byText, 'phoneId') ?? firstOf(both, 'phoneId'),
    pendingPhoneId: firstOf(byText, 'pendingPhoneId') ?? firstOf(both, 'pendingPhoneId'),
    eventTenDays: byEmail.some((one) => one.eventTenDays),
    eventTwoDays: byEmail.some((one) => one.eventTwoDays),
    paymentTwoDays: byEmail.some((one) => one.paymentTwoDays),
    eventTenDaysAt: earliest(byEmail.map((one) => one.eventTenDaysAt)),
    eventTwoDaysAt: earliest(byEmail.map((one) => one.eventTwoDaysAt)),
    paymentTwoDaysAt: earliest(byEmail.map((one) => one.paymentTwoDaysAt)),
    // The earlier, so that nothing is lost: what a run has taken is told to nobody again.
    emailActiveAfter: least(byEmail.map((one) => one.emailActiveAfter)),
    textActiveAfter: least(byText.map((one) => one.textActiveAfter)),
    createdAt: earliest(both.map((one) => one.createdAt)) ?? kept.createdAt,
    emailActiveAt: earliest(byEmail.map((one) => one.emailActiveAt)),
    stoppedAt: emailState === 'stopped' ? kept.stoppedAt ?? gone.stoppedAt : null,
  }
}

const firstOf = (rows: readonly Subscription[], column: 'phoneId' | 'pendingPhoneId'): number | null =>
  rows.find((one) => one[column] !== null)?.[column] ?? null

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function earliest(values: readonly (Date | null)[]): Date | null {
  const known = least(values.map((value) => value?.getTime() ?? null))
  return known === null ? null : new Date(known)
}
