import { and, asc, gt, inArray, isNotNull, lt, notLike } from 'drizzle-orm'
import { accountSessions, mailboxMessages, rateLimits, takenDeliveries, textReplies, usedCaptchas } from '../../../db/schema.ts'
import { retentionDays } from '../../contract/retention.ts'
import { purgeMessages } from './purge-messages.ts'
import { purgeAccountRequests, purgePhoneRequests, purgeReports, purgeRequests, purgeStopped } from './purge-requests.ts'
import { purgeWords } from './purge-words.ts'
import { daysBefore, oldOnes, type PurgeStep } from './purge-step.ts'

const atOnce = 1_000

/** All that is purged, in this order: what is said before whom it was said to. */
export const purgeSteps: readonly PurgeStep[] = [
  { what: 'messages', begin: 0, purge: purgeMessages },
  { what: 'requests', begin: 0, purge: purgeRequests },
  { what: 'phone requests', begin: 0, purge: purgePhoneRequests },
  { what: 'reports', begin: 0, purge: purgeReports },
  { what: 'account requests', begin: 0, purge: purgeAccountRequests },
  { what: 'stopped subscriptions', begin: 0, purge: purgeStopped },
  { what: 'words', begin: 0, purge: purgeWords },
  {
    what: 'mailbox', begin: 0,
    async purge({ tx, now }, after) {
      const rows = await tx.select({ id: mailboxMessages.id, createdAt: mailboxMessages.arrivedAt }).from(mailboxMessages)
        .where(gt(mailboxMessages.id, Number(after))).orderBy(asc(mailboxMessages.id)).limit(atOnce)
      const { old, next } = oldOnes(rows, daysBefore(now, retentionDays.mailbox), atOnce)
      if (old.length > 0) await tx.delete(mailboxMessages).where(inArray(mailboxMessages.id, old.map(({ id }) => id)))
      return { purged: old.length, next }
    },
  },
  {
    what: 'text replies', begin: '',
    async purge({ tx, now }, after) {
      const rows = await tx.select({ id: textReplies.providerId, at: textReplies.repliedAt }).from(textReplies)
        .where(gt(textReplies.providerId, String(after))).orderBy(asc(textReplies.providerId)).limit(atOnce)
      const old = rows.filter(({ at }) => at < daysBefore(now, retentionDays.replies)).map(({ id }) => id)
      if (old.length > 0) await tx.delete(textReplies).where(inArray(textReplies.providerId, old))
      return { purged: old.length, next: rows.length === atOnce ? rows.at(-1)?.id ?? null : null }
    },
  },
  {
    // The newest version of an entry stands among them and goes with its case.
    what: 'webhook answers', begin: '',
    async purge({ tx, now }, after) {
      const rows = await tx.select({ key: takenDeliveries.key, at: takenDeliveries.takenAt }).from(takenDeliveries)
        .where(and(gt(takenDeliveries.key, String(after)), notLike(takenDeliveries.key, 'entry/%'))).orderBy(asc(takenDeliveries.key)).limit(atOnce)
      const old = rows.filter(({ at }) => at < daysBefore(now, retentionDays.replies)).map(({ key }) => key)
      if (old.length > 0) await tx.delete(takenDeliveries).where(inArray(takenDeliveries.key, old))
      return { purged: old.length, next: rows.length === atOnce ? rows.at(-1)?.key ?? null : null }
    },
  },
  {
    what: 'log-ins', begin: 0,
    async purge({ tx, now }) {
      const gone = await tx.delete(accountSessions).where(lt(accountSessions.expiresAt, daysBefore(now, retentionDays.spent))).returning({ id: accountSessions.id })
      return { purged: gone.length, next: null }
    },
  },
  {
    what: 'tries', begin: 0,
    async purge({ tx, now }) {
      const spent = daysBefore(now, retentionDays.spent)
      const tries = await tx.delete(rateLimits).where(and(isNotNull(rateLimits.expiresAt), lt(rateLimits.expiresAt, spent))).returning({ key: rateLimits.key })
      const answers = await tx.delete(usedCaptchas).where(lt(usedCaptchas.expiresAt, spent)).returning({ answer: usedCaptchas.answer })
      return { purged: tries.length + answers.length, next: null }
    },
  },
]
