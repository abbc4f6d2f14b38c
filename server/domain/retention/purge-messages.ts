import { and, asc, eq, gt, inArray, ne, notExists, sql } from 'drizzle-orm'
import { isOneOf } from '../../../db/columns.ts'
import { bundledNotices, messageContents, outboxMessages as messages } from '../../../db/schema.ts'
import { retentionDays } from '../../contract/retention.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { forgetMessages } from './forget-contents.ts'
import { daysBefore, oldOnes, type Place, type PurgedSlice } from './purge-step.ts'

const atOnce = 500
const settledStates: readonly MessageState[] = ['sent', 'delivered', 'bounced', 'failed', 'cancelled']

/**
 * Deletes settled messages whose time is over, and what they said. What waits, is leaving or is parked stays, however old. Of an
 * e-mail for several cases only the words go while one of them is tracked: its one-click stop still has to know them (E5, N7).
 */
export async function purgeMessages(work: Work, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({ id: messages.id, kind: messages.kind, state: messages.state, contentId: messages.contentId, createdAt: messages.createdAt })
    .from(messages).where(gt(messages.id, Number(after))).orderBy(asc(messages.id)).limit(atOnce)
  const { old, next } = oldOnes(rows, daysBefore(now, retentionDays.messages), atOnce)
  const settled = old.filter(({ state }) => settledStates.includes(state))
  const listing = await withLists(work, settled.filter(({ kind }) => kind === 'digest').map(({ id }) => id))
  const gone = settled.filter(({ id }) => !listing.has(id))
  await forgetMessages(work, gone)
  await silence(work, [...listing])
  return { purged: gone.length, next }
}

/** Those of these e-mails that still list a subscription which is there. */
async function withLists({ tx }: Work, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.selectDistinct({ id: bundledNotices.messageId }).from(bundledNotices).where(inArray(bundledNotices.messageId, [...ids]))
  return new Set(rows.map(({ id }) => id))
}

/** Takes the words of e-mails that stay for their list, where no message that may still leave says the same. */
async function silence({ tx }: Work, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const said = [
    ...await tx.select({ id: messages.contentId }).from(messages).where(inArray(messages.id, [...ids])),
    ...await tx.selectDistinct({ id: bundledNotices.contentId }).from(bundledNotices).where(inArray(bundledNotices.messageId, [...ids])),
  ].map(({ id }) => id)
  const mayLeave = tx.select({ one: sql`1` }).from(messages)
    .where(and(eq(messages.contentId, messageContents.id), isOneOf(messages.state, ['waiting', 'leased', 'parked'])))
  const mayLeaveListed = tx.select({ one: sql`1` }).from(bundledNotices).innerJoin(messages, eq(messages.id, bundledNotices.messageId))
    .where(and(eq(bundledNotices.contentId, messageContents.id), isOneOf(messages.state, ['waiting', 'leased', 'parked'])))
  for (let at = 0; at < said.length; at += atOnce) {
    await tx.update(messageContents).set({ payload: {} }).where(and(
      inArray(messageContents.id, said.slice(at, at + atOnce)), ne(sql`cast(${messageContents.payload} as text)`, '{}'),
      notExists(mayLeave), notExists(mayLeaveListed),
    ))
  }
}
