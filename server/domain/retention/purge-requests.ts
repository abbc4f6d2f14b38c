import { and, asc, eq, gt, inArray, isNull, lt, notExists, or, sql } from 'drizzle-orm'
import { accountRequests, consents, phoneVerifications, reportRequests, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { retentionDays } from '../../contract/retention.ts'
import type { Work } from '../../work.ts'
import { forgetPhones, forgetSubscribers, forgetSubscriptions, isNeverConfirmed } from './forget-people.ts'
import { daysBefore, oldOnes, type Place, type PurgedSlice } from './purge-step.ts'

const atOnce = 200

/** Requests to track that nobody confirmed, and what is known only through them: subscriptions that never began, phones, addresses. */
export async function purgeRequests(work: Work, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({
    id: trackingRequests.id, subscriberId: trackingRequests.subscriberId, caseId: trackingRequests.caseId, createdAt: trackingRequests.createdAt,
    confirmedAt: trackingRequests.confirmedAt,
  }).from(trackingRequests).where(gt(trackingRequests.id, Number(after))).orderBy(asc(trackingRequests.id)).limit(atOnce)
  const { old, next } = oldOnes(rows, daysBefore(now, retentionDays.unconfirmed), atOnce)
  const gone = old.filter(({ confirmedAt }) => confirmedAt === null)
  if (gone.length === 0) return { purged: 0, next }
  await tx.delete(trackingRequests).where(inArray(trackingRequests.id, gone.map(({ id }) => id)))
  for (const { subscriberId, caseId } of gone) {
    await forgetSubscriptions(work, await tx.select({ id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId })
      .from(subscriptions).where(and(
        eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.caseId, caseId), isNeverConfirmed,
        notExists(tx.select({ one: sql`1` }).from(trackingRequests)
          .where(and(eq(trackingRequests.subscriberId, subscriptions.subscriberId), eq(trackingRequests.caseId, subscriptions.caseId)))),
      )))
  }
  await forgetSubscribers(work, gone.map(({ subscriberId }) => subscriberId))
  return { purged: gone.length, next }
}

/** Phones that were asked to be verified and never were: the subscription waits for them no more. */
export async function purgePhoneRequests(work: Work, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({
    id: phoneVerifications.id, phoneId: phoneVerifications.phoneId, subscriberId: phoneVerifications.subscriberId,
    createdAt: phoneVerifications.createdAt, confirmedAt: phoneVerifications.confirmedAt,
  }).from(phoneVerifications).where(gt(phoneVerifications.id, Number(after))).orderBy(asc(phoneVerifications.id)).limit(atOnce)
  const { old, next } = oldOnes(rows, daysBefore(now, retentionDays.unconfirmed), atOnce)
  const gone = old.filter(({ confirmedAt }) => confirmedAt === null)
  if (gone.length === 0) return { purged: 0, next }
  await tx.delete(phoneVerifications).where(inArray(phoneVerifications.id, gone.map(({ id }) => id)))
  for (const { subscriberId, phoneId } of gone) {
    const isAskedAgain = await tx.select({ id: phoneVerifications.id }).from(phoneVerifications)
      .where(and(eq(phoneVerifications.subscriberId, subscriberId), eq(phoneVerifications.phoneId, phoneId))).limit(1)
    if (isAskedAgain.length > 0) continue
    // Nothing came of it that would have to be proved.
    await tx.delete(consents).where(and(eq(consents.subscriberId, subscriberId), eq(consents.phoneId, phoneId), eq(consents.act, 'askedText')))
    const waits = and(eq(subscriptions.subscriberId, subscriberId), eq(subscriptions.pendingPhoneId, phoneId))
    await tx.update(subscriptions).set({ textState: 'none', pendingPhoneId: null }).where(and(waits, eq(subscriptions.textState, 'pending')))
    await tx.update(subscriptions).set({ pendingPhoneId: null }).where(waits)
  }
  await forgetPhones(work, gone.map(({ phoneId }) => phoneId))
  return { purged: gone.length, next }
}

/** Tracking reports that were asked for: their pages are long closed (E8). */
export const purgeReports = (work: Work, after: Place): Promise<PurgedSlice> => purgeAsked(work, reportRequests, retentionDays.reports, after)

/** Registrations, and links that choose a password or an address. */
export const purgeAccountRequests = (work: Work, after: Place): Promise<PurgedSlice> => purgeAsked(work, accountRequests, retentionDays.accountRequests, after)

async function purgeAsked(work: Work, table: typeof reportRequests | typeof accountRequests, days: number, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({ id: table.id, subscriberId: table.subscriberId, createdAt: table.createdAt })
    .from(table).where(gt(table.id, Number(after))).orderBy(asc(table.id)).limit(atOnce)
  const { old, next } = oldOnes(rows, daysBefore(now, days), atOnce)
  if (old.length > 0) await tx.delete(table).where(inArray(table.id, old.map(({ id }) => id)))
  await forgetSubscribers(work, old.map(({ subscriberId }) => subscriberId))
  return { purged: old.length, next }
}

/** Subscriptions that were stopped so long ago that nobody can ask any more by what right they were written to. */
export async function purgeStopped(work: Work, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({ id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId }).from(subscriptions).where(and(
    gt(subscriptions.id, Number(after)), eq(subscriptions.emailState, 'stopped'), or(eq(subscriptions.textState, 'none'), eq(subscriptions.textState, 'stopped')),
    lt(sql`coalesce(${subscriptions.stoppedAt}, ${subscriptions.createdAt})`, sql.param(daysBefore(now, retentionDays.stopped), subscriptions.stoppedAt)),
    isNull(subscriptions.pausedAt),
  )).orderBy(asc(subscriptions.id)).limit(atOnce)
  await forgetSubscriptions(work, rows)
  return { purged: rows.length, next: rows.length === atOnce ? rows.at(-1)?.id ?? null : null }
}
