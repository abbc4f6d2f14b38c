import { and, eq, inArray, or } from 'drizzle-orm'
import { isOneOf } from '../../../db/columns.ts'
import { bundledNotices, digestRuns, messageContents, outboxMessages, subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isOpen } from '../outbox/is-open.ts'
import { wasDropped } from '../outbox/obstacles.ts'
import { readToldSubjects } from './told-subjects.ts'

/** What became of the notices that these subscriptions were sent. */
export interface Arrivals {
  /** Those that tell of changes and have left or are to leave yet, the newest first. */
  readonly of: (subscriptionId: number) => readonly SentNotice[]
  /** Whether what this run owed the subscription of an event or a payment came back, or is kept back; of two who became one, for both. */
  readonly cameBack: (subscriptionId: number, runId: number, subject: string) => boolean
}

/** What it tells lies among the changes after the one and up to the other. */
export interface SentNotice {
  readonly after: number
  readonly through: number
  readonly contentId: number
  readonly isBack: boolean
}

const sent = {
  runId: digestRuns.id, through: digestRuns.lastChangeId, contentId: messageContents.id, state: outboxMessages.state, reason: outboxMessages.reason,
  firstChangeId: messageContents.firstChangeId, missedAfter: messageContents.missedAfter, activeAfter: subscriptions.emailActiveAfter,
}
const hasLeft = isOneOf(outboxMessages.state, ['sent', 'delivered', 'bounced'])

/** Read where something is to be told again (G4): what a provider says of a mail may come late, and be taken back. */
export async function readArrivals(work: Work, subscriptionIds: readonly number[]): Promise<Arrivals> {
  const { tx } = work
  const ids = [...subscriptionIds]
  const rows = ids.length === 0 ? [] : [
    ...await tx.select({ subscriptionId: outboxMessages.subscriptionId, ...sent }).from(outboxMessages)
      .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
      .innerJoin(digestRuns, eq(digestRuns.id, outboxMessages.runId))
      .innerJoin(subscriptions, eq(subscriptions.id, outboxMessages.subscriptionId))
      .where(and(inArray(outboxMessages.subscriptionId, ids), eq(outboxMessages.kind, 'notice'), or(hasLeft, isOpen))),
    ...await tx.select({ subscriptionId: bundledNotices.subscriptionId, ...sent }).from(bundledNotices)
      .innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId))
      .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
      .innerJoin(digestRuns, eq(digestRuns.id, outboxMessages.runId))
      .innerJoin(subscriptions, eq(subscriptions.id, bundledNotices.subscriptionId))
      .where(and(inArray(bundledNotices.subscriptionId, ids), or(hasLeft, isOpen))),
  ]
  const keyOf = (subscriptionId: number | null, runId: number): string => `${subscriptionId} ${runId}`
  // What was dropped from its next try, or is told from before its reader was away, leaves no more, whatever is told of its last try later.
  // All else that waits leaves, or is missed when it does not.
  const isKeptBack = ({ state, reason, firstChangeId, activeAfter }: (typeof rows)[number]): boolean => (state === 'waiting' || state === 'leased')
    && ((reason !== null && wasDropped(reason)) || (firstChangeId !== null && activeAfter !== null && firstChangeId <= activeAfter))
  const isThere = (row: (typeof rows)[number]): boolean => row.state !== 'bounced' && !isKeptBack(row)
  const back = new Set(rows.filter((row) => !isThere(row)).map((row) => keyOf(row.subscriptionId, row.runId)))
  const others = Map.groupBy(rows.filter((row) => isThere(row) && back.has(keyOf(row.subscriptionId, row.runId))), (row) => keyOf(row.subscriptionId, row.runId))
  const tells = await readToldSubjects(work, [...others.values()].flat().map(({ contentId }) => contentId))
  const telling = rows.flatMap((row) => {
    const after = lastKnown(row)
    return after === null || isKeptBack(row) ? [] : [{ ...row, after, isBack: row.state === 'bounced' }]
  }).sort((a, b) => b.runId - a.runId || b.contentId - a.contentId)
  const bySubscription = Map.groupBy(telling, ({ subscriptionId }) => subscriptionId)
  return {
    of: (subscriptionId) => bySubscription.get(subscriptionId) ?? [],
    cameBack: (subscriptionId, runId, subject) => {
      const key = keyOf(subscriptionId, runId)
      return back.has(key) && !(others.get(key) ?? []).some(({ contentId }) => tells(contentId, subject))
    },
  }
}

/** The last change that was told before what a content tells; null where it tells of none. */
export function lastKnown({ firstChangeId, missedAfter }: Pick<typeof messageContents.$inferSelect, 'firstChangeId' | 'missedAfter'>): number | null {
  const known = [firstChangeId === null ? null : firstChangeId - 1, missedAfter].filter((id) => id !== null)
  return known.length === 0 ? null : Math.min(...known)
}
