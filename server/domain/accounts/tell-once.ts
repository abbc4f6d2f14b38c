import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { bundledNotices, messageContents, outboxMessages } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { Double } from '../docket/merge-subscriptions.ts'
import { obstacles } from '../outbox/obstacles.ts'

interface Notice {
  readonly messageId: number
  readonly subscriptionId: number | null
  readonly runId: number | null
  readonly kind: string
  readonly state: string
  readonly batchId: number | null
  readonly firstChangeId: number | null
  readonly missedAfter: number | null
  readonly variant: string
}

const said = {
  messageId: outboxMessages.id, runId: outboxMessages.runId, kind: outboxMessages.kind, state: outboxMessages.state, batchId: outboxMessages.batchId,
  firstChangeId: messageContents.firstChangeId, missedAfter: messageContents.missedAfter, variant: messageContents.variant,
}

const pairsAtOnce = 200

/**
 * Two subscriptions of one case by what turned out to be one reader: of what one evening owes to both, what tells less and surely has
 * not left does not leave (N2).
 */
export async function tellOnce(work: Work, pairs: readonly Double[]): Promise<void> {
  for (let at = 0; at < pairs.length; at += pairsAtOnce) {
    const some = pairs.slice(at, at + pairsAtOnce)
    const keptOf = new Map(some.map(({ gone, kept }) => [gone.id, kept.id]))
    const notices = await listNotices(work, some.flatMap(({ gone, kept }) => [gone.id, kept.id]))
    const alike = Map.groupBy(notices, ({ subscriptionId, runId }) => `${keptOf.get(subscriptionId ?? 0) ?? subscriptionId} ${runId}`)
    const doubled = [...alike.values()].flatMap((own) => own.slice().sort(mostTellingFirst).slice(1).filter(isUntried))
    await leaveOut(work, doubled)
  }
}

async function listNotices({ tx }: Work, subscriptionIds: readonly number[]): Promise<Notice[]> {
  // Of evenings that still have something to send; of those, what left already too.
  const isOpen = and(eq(outboxMessages.state, 'waiting'), isNotNull(outboxMessages.runId))
  const ofThese = inArray(outboxMessages.subscriptionId, [...subscriptionIds])
  const partOfThese = inArray(bundledNotices.subscriptionId, [...subscriptionIds])
  const runs = new Set([
    ...await tx.selectDistinct({ runId: outboxMessages.runId }).from(outboxMessages).where(and(ofThese, isOpen)),
    ...await tx.selectDistinct({ runId: outboxMessages.runId }).from(bundledNotices)
      .innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId)).where(and(partOfThese, isOpen)),
  ].flatMap(({ runId }) => runId ?? []))
  if (runs.size === 0) return []
  const mayArrive = and(inArray(outboxMessages.runId, [...runs]), inArray(outboxMessages.state, ['waiting', 'leased', 'sent', 'delivered']))
  return [
    ...await tx.select({ ...said, subscriptionId: outboxMessages.subscriptionId }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
      .where(and(ofThese, eq(outboxMessages.kind, 'notice'), mayArrive)),
    ...await tx.select({ ...said, subscriptionId: bundledNotices.subscriptionId }).from(bundledNotices)
      .innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId))
      .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
      .where(and(partOfThese, mayArrive)),
  ]
}

const isUntried = ({ state, batchId }: Notice): boolean => state === 'waiting' && batchId === null

/** What has left or may have comes first; then what tells from the earliest change on, and of most else. */
function mostTellingFirst(a: Notice, b: Notice): number {
  const from = ({ firstChangeId, missedAfter }: Notice): number => Math.min(firstChangeId ?? Number.POSITIVE_INFINITY, missedAfter ?? Number.POSITIVE_INFINITY)
  const order = Number(isUntried(a)) - Number(isUntried(b))
  if (order !== 0) return order
  return from(a) === from(b) ? b.variant.split(' ').length - a.variant.split(' ').length || a.messageId - b.messageId : from(a) < from(b) ? -1 : 1
}

async function leaveOut({ tx, now }: Work, doubled: readonly Notice[]): Promise<void> {
  for (const { messageId, subscriptionId, kind } of doubled) {
    if (kind === 'digest') {
      await tx.delete(bundledNotices).where(and(eq(bundledNotices.messageId, messageId), eq(bundledNotices.subscriptionId, subscriptionId ?? 0)))
      continue
    }
    await tx.update(outboxMessages).set({ state: 'cancelled', settledAt: now, reason: obstacles.doubled })
      .where(and(eq(outboxMessages.id, messageId), eq(outboxMessages.state, 'waiting'), isNull(outboxMessages.batchId)))
  }
}
