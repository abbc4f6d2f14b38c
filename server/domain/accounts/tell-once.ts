import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { bundledNotices, messageContents, outboxMessages } from '../../../db/schema.ts'
import type { MessageKind } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import type { Double } from '../docket/merge-subscriptions.ts'
import { isWaiting } from '../outbox/lanes.ts'
import type { NoticeContent, ToldFact } from '../outbox/message-content.ts'
import { obstacles } from '../outbox/obstacles.ts'

interface Notice {
  readonly messageId: number
  readonly subscriptionId: number | null
  readonly runId: number | null
  readonly kind: MessageKind
  readonly firstChangeId: number | null
  readonly missedAfter: number | null
  readonly payload: unknown
}

const said = {
  messageId: outboxMessages.id, runId: outboxMessages.runId, kind: outboxMessages.kind,
  firstChangeId: messageContents.firstChangeId, missedAfter: messageContents.missedAfter, payload: messageContents.payload,
}

const pairsAtOnce = 200

/**
 * Two subscriptions of one case by what turned out to be one reader: of two notices that one evening owes and that surely have not
 * left, one does not leave where the other leaves and tells all of it (N2). What went to another address may have come back.
 */
export async function tellOnce(work: Work, pairs: readonly Double[]): Promise<void> {
  for (let at = 0; at < pairs.length; at += pairsAtOnce) {
    const some = pairs.slice(at, at + pairsAtOnce)
    const keptOf = new Map(some.map(({ gone, kept }) => [gone.id, kept.id]))
    const rows = new Map(some.flatMap(({ gone, kept }) => [[gone.id, gone], [kept.id, kept]] as const))
    const notices = await listNotices(work, [...rows.keys()])
    const alike = Map.groupBy(notices, ({ subscriptionId, runId }) => `${keptOf.get(subscriptionId ?? 0) ?? subscriptionId} ${runId}`)
    await leaveOut(work, [...alike.values()].flatMap(([one, other]) => {
      if (!one || !other) return []
      return leaves(one, rows) && tellsAllOf(one, other) ? [other] : leaves(other, rows) && tellsAllOf(other, one) ? [one] : []
    }))
  }
}

/** Whether nothing keeps a notice back once the two are one. */
function leaves({ subscriptionId, firstChangeId }: Notice, rows: ReadonlyMap<number, Double['kept']>): boolean {
  const row = rows.get(subscriptionId ?? 0)
  return row?.emailState === 'active' && (firstChangeId === null || firstChangeId > (row.emailActiveAfter ?? 0))
}

function tellsAllOf({ payload, missedAfter }: Notice, other: Notice): boolean {
  // What a run owes a subscription is the content of a notice.
  const toldBy = (content: unknown): readonly ToldFact[] => (content as NoticeContent).told
  const told = new Set(toldBy(payload).map(nameOf))
  return (other.missedAfter === null || (missedAfter !== null && missedAfter <= other.missedAfter)) && toldBy(other.payload).every((fact) => told.has(nameOf(fact)))
}

const nameOf = (fact: ToldFact): string =>
  'entryId' in fact ? `${fact.mark} ${fact.entryId}` : 'eventId' in fact ? `${fact.mark} ${fact.eventId} ${'words' in fact ? fact.words : ''}` : `${fact.mark} ${fact.paymentId} ${fact.words}`

async function listNotices({ tx }: Work, subscriptionIds: readonly number[]): Promise<Notice[]> {
  const ofThese = inArray(outboxMessages.subscriptionId, [...subscriptionIds])
  const partOfThese = inArray(bundledNotices.subscriptionId, [...subscriptionIds])
  const isUntried = and(isWaiting, isNull(outboxMessages.batchId), isNotNull(outboxMessages.runId))
  return [
    ...await tx.select({ ...said, subscriptionId: outboxMessages.subscriptionId }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
      .where(and(ofThese, eq(outboxMessages.kind, 'notice'), isUntried)),
    ...await tx.select({ ...said, subscriptionId: bundledNotices.subscriptionId }).from(bundledNotices)
      .innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId))
      .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
      .where(and(partOfThese, isUntried)),
  ]
}

async function leaveOut({ tx, now }: Work, doubled: readonly Notice[]): Promise<void> {
  for (const { messageId, subscriptionId, kind } of doubled) {
    if (kind === 'digest') {
      await tx.delete(bundledNotices).where(and(eq(bundledNotices.messageId, messageId), eq(bundledNotices.subscriptionId, subscriptionId ?? 0)))
      continue
    }
    await tx.update(outboxMessages).set({ state: 'cancelled', settledAt: now, reason: obstacles.doubled }).where(eq(outboxMessages.id, messageId))
  }
}
