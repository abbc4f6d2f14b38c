import { and, eq, inArray, isNotNull, notExists, notInArray, sql, type SQL } from 'drizzle-orm'
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { bundledNotices, formerSubscriptions, outboxMessages, phones, phoneVerifications, subscriptions, toldEvents, toldPayments } from '../../../db/schema.ts'
import type { TextState } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { notPaused } from '../tracking/pause-tracking.ts'

type Subscription = typeof subscriptions.$inferSelect

/**
 * Moves the subscriptions of one case to another (A9). Where a subscriber has one on each they become one: the other
 * case's, with the livelier of the two states on each channel and what goes with it. Where both get texts, to different
 * phones, it goes on to the phone of the other case, unless that one answered STOP. The links of the one that goes act on
 * the one that stays, by `former_subscriptions`. Answers whose subscriptions these were.
 */
export async function mergeSubscriptions(work: Work, fromCaseId: number, intoCaseId: number): Promise<number[]> {
  const { tx } = work
  const of = (await tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, fromCaseId))).map(({ id }) => id)
  const there = tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, intoCaseId))
  await tx.update(subscriptions).set({ caseId: intoCaseId })
    .where(and(eq(subscriptions.caseId, fromCaseId), notInArray(subscriptions.subscriberId, there)))
  const doubles = await tx.select().from(subscriptions).where(eq(subscriptions.caseId, fromCaseId))
  if (doubles.length === 0) return of
  const like = new Map((await tx.select().from(subscriptions).where(and(
    eq(subscriptions.caseId, intoCaseId),
    inArray(subscriptions.subscriberId, tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, fromCaseId))),
  ))).map((kept) => [kept.subscriberId, kept]))
  const pairs = doubles.map((gone) => {
    const kept = like.get(gone.subscriberId)
    if (!kept) throw new Error('A subscription neither moved nor had its like.')
    return { gone, kept }
  })
  await joinDoubles(work, eq(subscriptions.caseId, fromCaseId), pairs, await listStoppedPhones(work, fromCaseId, intoCaseId))
  return of
}

/** Two subscriptions of one case, which become the second. */
export interface Double {
  readonly gone: Subscription
  readonly kept: Subscription
}

/**
 * Makes one of each of these pairs: the one that stays has the livelier of the two states on each channel and what goes with it,
 * and all that was sent, told and asked for the other, whose links act on it from now on. `areGone` means those that go and no other.
 */
export async function joinDoubles(work: Work, areGone: SQL, pairs: readonly Double[], stopped: ReadonlySet<number>): Promise<void> {
  const { tx } = work
  for (let at = 0; at < pairs.length; at += pairsAtOnce) {
    await tx.insert(formerSubscriptions).values(pairs.slice(at, at + pairsAtOnce).map(({ gone, kept }) => ({ id: gone.id, subscriptionId: kept.id })))
  }
  await repoint(work, areGone)
  await tx.delete(subscriptions).where(areGone)
  const last = await lastChangeId(work)
  for (const { gone, kept } of pairs) {
    await tx.update(subscriptions).set(livelierOf(awake(kept, gone, last), awake(gone, kept, last), stopped)).where(eq(subscriptions.id, kept.id))
  }
}

const pairsAtOnce = 1_000

async function listStoppedPhones({ tx }: Work, ...caseIds: readonly number[]): Promise<Set<number>> {
  const named = tx.select({ id: subscriptions.phoneId }).from(subscriptions).where(inArray(subscriptions.caseId, [...caseIds]))
  return new Set((await tx.select({ id: phones.id }).from(phones).where(and(isNotNull(phones.stoppedAt), inArray(phones.id, named)))).map(({ id }) => id))
}

/** Everything that names those that go names the others: `former_subscriptions` knows them. */
async function repoint({ tx }: Work, areGone: SQL): Promise<void> {
  const gone = tx.select({ id: subscriptions.id }).from(subscriptions).where(areGone)
  const isGone = (column: SQLiteColumn) => inArray(column, gone)
  const kept = (column: SQLiteColumn) => sql<number>`(select f.subscription_id from ${formerSubscriptions} f where f.id = ${column})`
  await tx.update(formerSubscriptions).set({ subscriptionId: kept(formerSubscriptions.subscriptionId) }).where(isGone(formerSubscriptions.subscriptionId))
  await tx.update(phoneVerifications).set({ subscriptionId: kept(phoneVerifications.subscriptionId) }).where(isGone(phoneVerifications.subscriptionId))
  await tx.update(outboxMessages).set({ subscriptionId: kept(outboxMessages.subscriptionId) }).where(isGone(outboxMessages.subscriptionId))
  // One e-mail of several cases that tells of both tells of the one that stays.
  const other = alias(bundledNotices, 'other')
  const tellsOfKept = tx.select({ one: sql`1` }).from(other)
    .where(and(eq(other.messageId, bundledNotices.messageId), eq(other.subscriptionId, kept(bundledNotices.subscriptionId))))
  await tx.update(bundledNotices).set({ subscriptionId: kept(bundledNotices.subscriptionId) })
    .where(and(isGone(bundledNotices.subscriptionId), notExists(tellsOfKept)))
  await tx.insert(toldEvents).select(tx.select({
    subscriptionId: formerSubscriptions.subscriptionId, eventId: toldEvents.eventId, startsAt: toldEvents.startsAt,
    leadDays: toldEvents.leadDays, runId: toldEvents.runId,
  }).from(toldEvents).innerJoin(formerSubscriptions, eq(formerSubscriptions.id, toldEvents.subscriptionId))
    .where(isGone(toldEvents.subscriptionId))).onConflictDoNothing()
  await tx.insert(toldPayments).select(tx.select({
    subscriptionId: formerSubscriptions.subscriptionId, paymentId: toldPayments.paymentId,
    amountDueCents: toldPayments.amountDueCents, pastDueCents: toldPayments.pastDueCents, runId: toldPayments.runId,
  }).from(toldPayments).innerJoin(formerSubscriptions, eq(formerSubscriptions.id, toldPayments.subscriptionId))
    .where(isGone(toldPayments.subscriptionId))).onConflictDoNothing()
}

const emailOrder = ['stopped', 'pending', 'paused', 'active'] as const
const textOrder = ['none', 'stopped', 'pending', 'active'] as const satisfies readonly TextState[]

function livelierOf(kept: Subscription, gone: Subscription, stoppedPhones: ReadonlySet<number>): Partial<Subscription> {
  const both = [kept, gone]
  const emailState = emailOrder[Math.max(...both.map((one) => emailOrder.indexOf(one.emailState)))] ?? kept.emailState
  const textState = textOrder[Math.max(...both.map((one) => textOrder.indexOf(one.textState)))] ?? kept.textState
  const byEmail = both.filter((one) => one.emailState === emailState)
  const alikeByText = both.filter((one) => one.textState === textState)
  // The one that stays first, unless its phone takes no texts and the other does.
  const byText = [...alikeByText.filter(({ phoneId }) => !stoppedPhones.has(phoneId ?? 0)), ...alikeByText.filter(({ phoneId }) => stoppedPhones.has(phoneId ?? 0))]
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
    begunAfter: least(byEmail.map((one) => one.begunAfter)) ?? kept.begunAfter,
    textActiveAfter: least(byText.map((one) => one.textActiveAfter)),
    createdAt: earliest(both.map((one) => one.createdAt)) ?? kept.createdAt,
    emailActiveAt: earliest(byEmail.map((one) => one.emailActiveAt)),
    stoppedAt: emailState === 'stopped' ? kept.stoppedAt ?? gone.stoppedAt : null,
    note: kept.note || gone.note,
    entryChoice: byEmail.some((one) => one.entryChoice === 'all') ? 'all' : byEmail[0]?.entryChoice ?? kept.entryChoice,
    ...pauseOf(emailState, byEmail),
  }
}

/** One that is paused while its like is active goes on with it, and is told what it missed until `last`. */
function awake(one: Subscription, { emailState }: Subscription, last: number): Subscription {
  return one.emailState === 'paused' && emailState === 'active' ? { ...one, emailState, emailActiveAfter: last, missedThrough: last, ...notPaused } : one
}

/** What both missed is told as one; while one of them is paused, what the other missed is told after that pause. */
function pauseOf(emailState: Subscription['emailState'], alike: readonly Subscription[]): Partial<Subscription> {
  const missing = alike.filter((one) => one.missedAfter !== null)
  const missedAfter = least(missing.map((one) => one.missedAfter))
  if (emailState !== 'paused') return { ...notPaused, missedAfter, missedThrough: most(missing.map((one) => one.missedThrough)) }
  const pause = alike.find((one) => one.pausedBecause === 'delivery') ?? alike[0]
  return {
    pausedAt: earliest(alike.map((one) => one.pausedAt)), pausedBecause: pause?.pausedBecause ?? null, pausedUntil: pause?.pausedUntil ?? null,
    missedAfter, missedThrough: null,
  }
}

const firstOf = (rows: readonly Subscription[], column: 'phoneId' | 'pendingPhoneId'): number | null =>
  rows.find((one) => one[column] !== null)?.[column] ?? null

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function earliest(values: readonly (Date | null)[]): Date | null {
  const known = least(values.map((value) => value?.getTime() ?? null))
  return known === null ? null : new Date(known)
}
