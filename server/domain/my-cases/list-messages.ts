import { and, desc, eq, gte, inArray, isNull, ne, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { as } from '../../../db/columns.ts'
import { bundledNotices, cases, messageContents, outboxMessages as messages, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** For how long what was sent is shown (G3). */
const daysShown = 90
export const shownSince = (now: Date): Date => new Date(now.getTime() - daysShown * 86_400_000)

const columns = {
  id: messages.id,
  kind: messages.kind,
  state: messages.state,
  createdAt: messages.createdAt,
  dueAt: messages.dueAt,
  settledAt: messages.settledAt,
  attempts: messages.attempts,
  reason: messages.reason,
  subscriberId: messages.subscriberId,
  phoneId: messages.phoneId,
  subscriptionId: messages.subscriptionId,
  runId: messages.runId,
  dedupeKey: messages.dedupeKey,
  contentId: messages.contentId,
  firstChangeId: messageContents.firstChangeId,
  withdrawnAt: messageContents.withdrawnAt,
}
type Columns = typeof columns
type Nullable = 'settledAt' | 'reason' | 'subscriberId' | 'phoneId' | 'subscriptionId' | 'runId' | 'firstChangeId' | 'withdrawnAt'
export type MessageRow = { readonly [Name in keyof Columns]: Columns[Name]['_']['data'] | (Name extends Nullable ? null : never) }

/** The last message of the page before. */
export interface Place {
  readonly at: Date
  readonly id: number
}

interface Bounds {
  readonly before?: Place | undefined
  readonly limit: number
}

// Written out for the partial indexes of what has no subscription.
const isAsked = sql`${messages.kind} in ('verification', 'report', 'account')`
const isGathered = sql`${messages.kind} in ('digest', 'candidates')`
const isAnswer = sql`${messages.kind} in ('textVerification', 'textAnswer') and ${messages.kind} = 'textAnswer'`

/**
 * What a subscriber was sent or is owed of the last 90 days, the newest first (G3): of its subscriptions, by itself, and to the phones that it
 * verified. Nothing of a case that is not public (A6), and nothing that was withdrawn and surely never left (F8, A9).
 */
export async function listMessages(reading: Reading, subscriberId: number, bounds: Bounds): Promise<MessageRow[]> {
  const { tx } = reading
  const own = tx.select({ id: subscriptions.id }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(subscriptions.subscriberId, subscriberId))
  const phoneIds = await listPhones(reading, subscriberId)
  return newest(reading, [
    inArray(messages.subscriptionId, own),
    and(isAsked, eq(messages.subscriberId, subscriberId)),
    and(isGathered, eq(messages.subscriberId, subscriberId)),
    ...(phoneIds.length === 0 ? [] : [and(isAnswer, inArray(messages.phoneId, phoneIds))]),
    ...await listShared(reading, subscriberId),
  ], bounds)
}

/** The same of one subscription, whose case is public. */
export async function listMessagesOf(reading: Reading, { id, subscriberId }: { readonly id: number; readonly subscriberId: number }, limit: number): Promise<MessageRow[]> {
  const bundled = reading.tx.select({ id: bundledNotices.messageId }).from(bundledNotices).where(eq(bundledNotices.subscriptionId, id))
  return newest(reading, [eq(messages.subscriptionId, id), inArray(messages.id, bundled), ...await listShared(reading, subscriberId, id)], { limit })
}

/** The one with that id, if it is among the subscriber's. */
export async function findMessage(reading: Reading, subscriberId: number, id: number): Promise<MessageRow | undefined> {
  const [row] = await reading.tx.select({ createdAt: messages.createdAt }).from(messages).where(eq(messages.id, id))
  if (!row) return undefined
  const found = await listMessages(reading, subscriberId, { before: { at: row.createdAt, id: id + 1 }, limit: 1 })
  return found.find((one) => one.id === id)
}

async function newest(reading: Reading, sources: readonly (SQL | undefined)[], { before, limit }: Bounds): Promise<MessageRow[]> {
  const { tx, now } = reading
  const isWithin = and(
    gte(messages.createdAt, shownSince(now)),
    before && sql`(${messages.createdAt}, ${messages.id}) < (${as(messages.createdAt, before.at)}, ${as(messages.id, before.id)})`,
    or(isNull(messageContents.withdrawnAt), notInArray(messages.state, ['waiting', 'cancelled', 'failed'])),
  )
  const found: MessageRow[] = []
  for (const source of sources) {
    found.push(...await tx.select(columns).from(messages).innerJoin(messageContents, eq(messageContents.id, messages.contentId))
      .where(and(source, isWithin)).orderBy(desc(messages.createdAt), desc(messages.id)).limit(limit))
  }
  const each = [...new Map(found.map((row) => [row.id, row])).values()]
  return each.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id).slice(0, limit)
}

async function listPhones({ tx }: Reading, subscriberId: number): Promise<number[]> {
  const rows = await tx.selectDistinct({ phoneId: subscriptions.phoneId }).from(subscriptions)
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.textState, ['active', 'stopped'])))
  return rows.flatMap(({ phoneId }) => phoneId ?? [])
}

/**
 * One phone gets one text a fact, however many addresses named it (F7), so that it may belong to another's subscription: those of
 * the same case and phone, since it takes texts for this one.
 */
async function listShared({ tx }: Reading, subscriberId: number, subscriptionId?: number): Promise<(SQL | undefined)[]> {
  const mine = await tx.select({
    id: subscriptions.id, caseId: subscriptions.caseId, phoneId: subscriptions.phoneId, activeAfter: subscriptions.textActiveAfter, createdAt: subscriptions.createdAt,
  }).from(subscriptions).innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public'))).where(and(
    eq(subscriptions.subscriberId, subscriberId),
    eq(subscriptions.textState, 'active'),
    subscriptionId === undefined ? undefined : eq(subscriptions.id, subscriptionId),
  ))
  const ids: number[] = []
  const since: (SQL | undefined)[] = []
  for (let at = 0; at < mine.length; at += casesAtOnce) {
    const some = mine.slice(at, at + casesAtOnce)
    const others = await tx.select({ id: subscriptions.id, caseId: subscriptions.caseId, phoneId: subscriptions.phoneId }).from(subscriptions).where(and(
      inArray(subscriptions.caseId, some.map(({ caseId }) => caseId)),
      inArray(subscriptions.phoneId, [...new Set(some.flatMap(({ phoneId }) => phoneId ?? []))]),
      sql`${subscriptions.textState} = 'active'`,
      ne(subscriptions.subscriberId, subscriberId),
    ))
    for (const own of some) {
      const same = others.filter((one) => one.caseId === own.caseId && one.phoneId === own.phoneId).map(({ id }) => id)
      if (same.length === 0) continue
      ids.push(...same)
      since.push(and(inArray(messages.subscriptionId, same), eq(messages.phoneId, own.phoneId ?? 0), or(
        sql`${messageContents.firstChangeId} > ${own.activeAfter ?? 0}`,
        and(isNull(messageContents.firstChangeId), gte(messages.createdAt, own.createdAt)),
      )))
    }
  }
  return ids.length === 0 ? [] : [and(inArray(messages.subscriptionId, ids), eq(messages.kind, 'text'), or(...since))]
}

const casesAtOnce = 300
