import { and, count, desc, eq, gt, lte, sql } from 'drizzle-orm'
import { outboxMessages, phoneVerifications } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * Whether one more verification text may go to this phone now (H1, N6): 2 an hour and 4 a day whoever asks, for one address as
 * many an hour as e-mails, and for all phones together so many a day (S7).
 */
export async function isTextAllowed(
  reading: Reading, { phoneId, subscriberId }: { readonly phoneId: number; readonly subscriberId: number }, limits: CourtProfile['limits'],
): Promise<boolean> {
  const { tx, now } = reading
  const toPhone = async (withinMs: number): Promise<number> => {
    const [row] = await tx.select({ messages: count() }).from(outboxMessages).where(and(
      eq(outboxMessages.phoneId, phoneId),
      // As the index has it.
      sql`${outboxMessages.kind} in ('textVerification', 'textAnswer')`,
      eq(outboxMessages.kind, 'textVerification'),
      gt(outboxMessages.createdAt, new Date(now.getTime() - withinMs)),
    ))
    return row?.messages ?? 0
  }
  if (await toPhone(hourMs) >= limits.phonePerHour || await toPhone(dayMs) >= limits.phonePerDay) return false
  const [ofAddress] = await tx.select({ verifications: count() }).from(phoneVerifications).where(and(
    eq(phoneVerifications.subscriberId, subscriberId), gt(phoneVerifications.createdAt, new Date(now.getTime() - hourMs)),
  ))
  if ((ofAddress?.verifications ?? 0) >= limits.confirmedPerHour) return false
  return await countVerificationTexts(reading) < limits.verificationTextsPerDay
}

/** How many verification texts were owed in the last 24 hours, whoever asked (S7). */
export async function countVerificationTexts({ tx, now }: Reading): Promise<number> {
  // They are numbered as they come, each with its text: those of that time are the ones after the newest older one.
  const before = tx.select({ id: phoneVerifications.id }).from(phoneVerifications)
    .where(lte(phoneVerifications.createdAt, new Date(now.getTime() - dayMs))).orderBy(desc(phoneVerifications.id)).limit(1)
  const [row] = await tx.select({ texts: count() }).from(phoneVerifications).where(gt(phoneVerifications.id, sql`coalesce((${before}), 0)`))
  return row?.texts ?? 0
}
