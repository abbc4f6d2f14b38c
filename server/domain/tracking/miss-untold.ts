import { and, eq, inArray, isNotNull, isNull, max, notInArray, sql, type SQL } from 'drizzle-orm'
import { bundledNotices, digestRuns, messageContents, outboxMessages, subscriptions, toldEvents, toldPayments } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { lastKnown } from '../digest/read-arrivals.ts'
import { isOpen } from '../outbox/is-open.ts'
import { isWaiting } from '../outbox/lanes.ts'
import { mayHaveLeft } from '../outbox/may-have-left.ts'
import { obstacles } from '../outbox/obstacles.ts'

/** What one message would have told one subscription. */
interface Untold {
  readonly subscriptionId: number | null
  readonly runId: number | null
  /** The first change of those told in full, and the last before those told in short. */
  readonly firstChangeId: number | null
  readonly missedAfter: number | null
}

const atOnce = 500

const told = {
  runId: outboxMessages.runId, firstChangeId: messageContents.firstChangeId, missedAfter: messageContents.missedAfter,
}

/** What is known of a mail that is counted as missed. */
type Fate =
  /** It does not leave: what it said of events and payments is owed again while it lies ahead. */
  | 'unsent'
  /** It may leave or arrive yet. */
  | 'open'
  /** The same, and it went to an address that its reader has left: who was never paused misses it too. */
  | 'astray'

/**
 * What these messages would have told, and did not, is missed by those of their subscriptions that are paused or were since
 * (G4): the next notice counts it, unless it turns out to have been told.
 */
export async function missUntold(work: Work, messageIds: readonly number[], fate: Fate = 'unsent'): Promise<void> {
  const { tx } = work
  for (let at = 0; at < messageIds.length; at += atOnce) {
    const ids = messageIds.slice(at, at + atOnce)
    await miss(work, await tx.select({ subscriptionId: outboxMessages.subscriptionId, ...told }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
      .where(and(inArray(outboxMessages.id, ids), eq(outboxMessages.kind, 'notice'))), fate)
    await miss(work, await listBundled(work, inArray(bundledNotices.messageId, ids)), fate)
  }
}

/** The same for these subscriptions of a mail that tells several cases: it leaves without them. */
export async function missUntoldParts(work: Work, messageId: number, subscriptionIds: readonly number[], fate: Fate = 'unsent'): Promise<void> {
  await miss(work, await listBundled(work, and(eq(bundledNotices.messageId, messageId), inArray(bundledNotices.subscriptionId, [...subscriptionIds]))), fate)
}

/**
 * What waits for these subscriptions, which were just paused, is missed and does not leave. What is under way, or was tried, is counted as missed too:
 * whether it left is asked when it is told again, and where nobody knows, it is better told in short once more than not at all (N1).
 */
export async function missWaiting(work: Work, subscriptionIds: readonly number[]): Promise<void> {
  const { tx } = work
  for (let at = 0; at < subscriptionIds.length; at += atOnce) {
    const ids = subscriptionIds.slice(at, at + atOnce)
    const alone = await tx.select({ id: outboxMessages.id, state: outboxMessages.state, batchId: outboxMessages.batchId }).from(outboxMessages)
      .where(and(inArray(outboxMessages.subscriptionId, ids), eq(outboxMessages.kind, 'notice'), isOpen))
    for (const [fate, some] of Map.groupBy(alone, ({ batchId }): Fate => (batchId === null ? 'unsent' : 'open'))) await missUntold(work, some.map(({ id }) => id), fate)
    await keepBack(work, alone.filter(({ state }) => state === 'waiting').map(({ id }) => id))
    await missParts(work, ids)
  }
}

async function missParts(work: Work, subscriptionIds: readonly number[]): Promise<void> {
  const { tx } = work
  const parts = await tx.select({
    messageId: bundledNotices.messageId, subscriptionId: bundledNotices.subscriptionId, state: outboxMessages.state, batchId: outboxMessages.batchId,
  }).from(bundledNotices)
    .innerJoin(outboxMessages, and(eq(outboxMessages.id, bundledNotices.messageId), isOpen))
    .where(inArray(bundledNotices.subscriptionId, [...subscriptionIds]))
  for (const [messageId, own] of Map.groupBy(parts, (part) => part.messageId)) {
    const isUnderWay = own[0]?.state === 'leased'
    const wasTried = own.some(({ batchId }) => batchId !== null)
    const paused = own.map(({ subscriptionId }) => subscriptionId)
    const others = await tx.$count(bundledNotices, and(eq(bundledNotices.messageId, messageId), notInArray(bundledNotices.subscriptionId, paused)))
    // What goes on without them says nothing of them any more, whatever became of its try.
    await missUntoldParts(work, messageId, paused, wasTried && (isUnderWay || others === 0) ? 'open' : 'unsent')
    if (isUnderWay) continue
    if (others === 0) await keepBack(work, [messageId])
    else await tx.delete(bundledNotices).where(and(eq(bundledNotices.messageId, messageId), inArray(bundledNotices.subscriptionId, paused)))
  }
}

/** What was never tried is cancelled; what was is dropped from its next try, by its reason. */
async function keepBack({ tx, now }: Work, waiting: readonly number[]): Promise<void> {
  await tx.update(outboxMessages).set({ state: 'cancelled', settledAt: now, reason: obstacles.paused }).where(and(inArray(outboxMessages.id, [...waiting]), isWaiting, isNull(outboxMessages.batchId)))
  // Dropped from a try before: that it was without it stays known, whatever keeps it back by now.
  const reason = sql<string>`case when ${outboxMessages.reason} like ${mayHaveLeft('%')} then ${mayHaveLeft(obstacles.paused)} else ${obstacles.paused} end`
  await tx.update(outboxMessages).set({ reason }).where(and(inArray(outboxMessages.id, [...waiting]), isWaiting))
}

const listBundled = ({ tx }: Work, which: SQL | undefined): Promise<Untold[]> =>
  tx.select({ subscriptionId: bundledNotices.subscriptionId, ...told }).from(bundledNotices)
    .innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId))
    .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
    .where(which)

async function miss({ tx }: Work, untold: readonly Untold[], fate: Fate): Promise<void> {
  const { missedAfter, begunAfter, emailActiveAfter, emailState } = subscriptions
  const [taken] = fate === 'astray' ? await tx.select({ id: max(digestRuns.lastChangeId) }).from(digestRuns) : []
  const lastTaken = taken?.id ?? 0
  for (const [known, some] of Map.groupBy(untold, lastKnown)) {
    const after = known ?? (fate === 'astray' ? lastTaken : null)
    if (after === null) continue
    // Nothing of what came before tracking began, be it anew (F4).
    const since = sql<number>`case when ${begunAfter} > ${after} then ${begunAfter} else ${after} end`
    const those = inArray(subscriptions.id, idsOf(some))
    await tx.update(subscriptions).set({ missedAfter: since }).where(and(those, sql`${missedAfter} > ${since}`))
    const isActive = and(those, isNull(missedAfter), eq(emailState, 'active'))
    if (fate === 'astray') await tx.update(subscriptions).set({ missedAfter: since, missedThrough: lastTaken }).where(and(isActive, sql`${since} <= ${lastTaken}`))
    else await tx.update(subscriptions).set({ missedAfter: since, missedThrough: emailActiveAfter }).where(and(isActive, sql`${emailActiveAfter} > ${since}`))
  }
  if (fate !== 'unsent') return
  for (const [runId, some] of Map.groupBy(untold, (one) => one.runId)) {
    if (runId === null) continue
    const ids = tx.select({ id: subscriptions.id }).from(subscriptions).where(and(inArray(subscriptions.id, idsOf(some)), isNotNull(missedAfter)))
    for (const ledger of [toldEvents, toldPayments] as const) {
      await tx.delete(ledger).where(and(inArray(ledger.subscriptionId, ids), eq(ledger.runId, runId)))
    }
  }
}

const idsOf = (untold: readonly Untold[]): number[] => untold.flatMap(({ subscriptionId }) => subscriptionId ?? [])
