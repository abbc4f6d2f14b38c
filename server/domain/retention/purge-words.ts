import { asc, gt } from 'drizzle-orm'
import { messageContents } from '../../../db/schema.ts'
import { retentionDays } from '../../contract/retention.ts'
import type { Work } from '../../work.ts'
import { forgetContents } from './forget-contents.ts'
import { daysBefore, oldOnes, type Place, type PurgedSlice } from './purge-step.ts'

const atOnce = 500

/** What messages said that went with a subscription or an account: nobody says it any more. */
export async function purgeWords(work: Work, after: Place): Promise<PurgedSlice> {
  const { tx, now } = work
  const rows = await tx.select({ id: messageContents.id, createdAt: messageContents.createdAt }).from(messageContents)
    .where(gt(messageContents.id, Number(after))).orderBy(asc(messageContents.id)).limit(atOnce)
  const { old, next } = oldOnes(rows, daysBefore(now, retentionDays.messages), atOnce)
  return { purged: await forgetContents(work, old.map(({ id }) => id)), next }
}
