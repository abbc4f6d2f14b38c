import { asc, eq, inArray, sql } from 'drizzle-orm'
import { bundledNotices, cases, courts, messageContents, subscriptions } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import type { BundledNotice, LeasedMessage } from './leased-batch.ts'
import { noticeObstacle, type Told } from './notice-obstacle.ts'
import { obstacles, type Obstacle } from './obstacles.ts'

interface BundleFacts {
  readonly bundle: readonly BundledNotice[]
  readonly obstacle: string | null
  /** The subscriptions of which nothing may be said any more, while the rest may be. */
  readonly unsayable: readonly number[]
}

/**
 * What mails for several cases tell, each case asked again as a notice of its own would be (rule 6). A mail may leave without some, after
 * a try that nobody answered too: if that one arrived, the provider knows its key, and takes no other words under it.
 */
export async function listBundled(
  { tx }: Reading, profile: Told, messages: readonly Pick<LeasedMessage, 'id' | 'kind'>[],
): Promise<(message: Pick<LeasedMessage, 'id' | 'kind'>) => BundleFacts> {
  const ids = messages.filter(({ kind }) => kind === 'digest').map(({ id }) => id)
  const rows = ids.length === 0 ? [] : await tx.select({
    messageId: bundledNotices.messageId, subscriptionId: bundledNotices.subscriptionId, contentId: bundledNotices.contentId,
    linkVersion: subscriptions.linkVersion, note: subscriptions.note,
    obstacle: sql<Obstacle | null>`case ${noticeObstacle(profile)} end`,
  }).from(bundledNotices)
    .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
    .innerJoin(subscriptions, eq(subscriptions.id, bundledNotices.subscriptionId))
    .innerJoin(cases, eq(cases.id, subscriptions.caseId))
    .innerJoin(courts, eq(courts.code, cases.court))
    .where(inArray(bundledNotices.messageId, ids))
    .orderBy(asc(bundledNotices.messageId), asc(cases.number), asc(bundledNotices.subscriptionId))
  const byMessage = Map.groupBy(rows, ({ messageId }) => messageId)
  return ({ id, kind }) => {
    if (kind !== 'digest') return { bundle: [], obstacle: null, unsayable: [] }
    const own = byMessage.get(id) ?? []
    const sayable = own.filter(({ obstacle }) => obstacle === null)
    const first = own.find(({ obstacle }) => obstacle !== null)?.obstacle
    const mayLeave = sayable.length > 0
    return {
      bundle: sayable.map(({ messageId: _, obstacle: __, ...one }) => one),
      obstacle: mayLeave ? null : obstacles[first ?? 'withdrawn'],
      unsayable: mayLeave ? own.filter(({ obstacle }) => obstacle !== null).map(({ subscriptionId }) => subscriptionId) : [],
    }
  }
}
