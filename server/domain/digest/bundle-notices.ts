import { and, asc, eq, gt, gte, inArray, sql } from 'drizzle-orm'
import { bundledNotices, messageContents, outboxMessages, subscribers } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { isNoticeWaiting } from '../outbox/lanes.ts'
import type { DigestContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import type { DigestRun } from './take-changes.ts'

const subscribersAtOnce = 200

/**
 * F2: the notices that a run owes a subscriber who wants one e-mail for all become one message, which points to what is said of
 * each case. One that is owed a single notice gets that. How many messages fewer there are. Safe to repeat.
 */
export async function bundleNotices(work: Work, site: Site, run: Pick<DigestRun, 'id'>): Promise<number> {
  const { tx } = work
  let fewer = 0
  for (let after = 0; ;) {
    // As the index has it.
    const some = await tx.select({ id: subscribers.id }).from(subscribers).where(and(sql`${subscribers.isBundled}`, gt(subscribers.id, after)))
      .orderBy(asc(subscribers.id)).limit(subscribersAtOnce)
    const last = some.at(-1)
    if (!last) return fewer
    const notices = await tx.select({
      id: outboxMessages.id, subscriberId: outboxMessages.subscriberId, subscriptionId: outboxMessages.subscriptionId, contentId: outboxMessages.contentId,
    }).from(outboxMessages).where(and(
      isNoticeWaiting, gte(outboxMessages.dueAt, new Date(0)), eq(outboxMessages.runId, run.id), eq(outboxMessages.kind, 'notice'),
      inArray(outboxMessages.subscriberId, some.map(({ id }) => id)),
    ))
    for (const [subscriberId, own] of Map.groupBy(notices, (notice) => notice.subscriberId)) {
      if (subscriberId === null || own.length < 2) continue
      await bundle(work, site, run, subscriberId, own.flatMap(({ subscriptionId, contentId }) => (subscriptionId === null ? [] : [{ subscriptionId, contentId }])))
      await tx.delete(outboxMessages).where(inArray(outboxMessages.id, own.map(({ id }) => id)))
      fewer += own.length - 1
    }
    after = last.id
  }
}

async function bundle(
  { tx, now }: Work, site: Site, run: Pick<DigestRun, 'id'>, subscriberId: number, notices: readonly { readonly subscriptionId: number; readonly contentId: number }[],
): Promise<void> {
  const payload: DigestContent = { ...messageFrame(site, 'Updates in your cases'), kind: 'digest' }
  const [content] = await tx.insert(messageContents).values({ runId: run.id, payload, createdAt: now }).returning({ id: messageContents.id })
  if (!content) throw new Error('What an e-mail says was not written.')
  const [message] = await tx.insert(outboxMessages).values({
    dedupeKey: `digest/${subscriberId}/${run.id}`, kind: 'digest', state: 'waiting', subscriberId, contentId: content.id, runId: run.id,
    createdAt: now, dueAt: now, attempts: 0,
  }).onConflictDoNothing({ target: outboxMessages.dedupeKey }).returning({ id: outboxMessages.id })
  if (!message) return
  for (let at = 0; at < notices.length; at += 500) {
    await tx.insert(bundledNotices).values(notices.slice(at, at + 500).map((notice) => ({ ...notice, messageId: message.id })))
  }
}
