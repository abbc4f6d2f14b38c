import { max } from 'drizzle-orm'
import { docketChanges, phones, subscribers, subscriptions } from '../../db/schema.ts'
import type { Work } from '../work.ts'

type Row = typeof subscriptions.$inferInsert

/**
 * A subscription that becomes active now by e-mail, and by text where a phone is named, without anybody being asked; answers
 * its id. An address or phone that was put before is the same one.
 */
export async function putSubscription(
  { tx, now }: Work, caseId: number, { email, phone, ...facts }: Partial<Row> & { email: string; phone?: string },
): Promise<number> {
  const [subscriber] = await tx.insert(subscribers).values({ email, emailKey: email, confirmedAt: now, createdAt: now })
    .onConflictDoUpdate({ target: subscribers.emailKey, set: { email } }).returning({ id: subscribers.id })
  const [number] = phone === undefined ? [] : await tx.insert(phones).values({ number: phone, createdAt: now })
    .onConflictDoUpdate({ target: phones.number, set: { number: phone } }).returning({ id: phones.id })
  const [last] = await tx.select({ id: max(docketChanges.id) }).from(docketChanges)
  const after = last?.id ?? 0
  const [made] = await tx.insert(subscriptions).values({
    subscriberId: subscriber?.id ?? 0, caseId, emailState: 'active', textState: number ? 'active' : 'none', phoneId: number?.id ?? null,
    eventTenDays: false, eventTwoDays: false, paymentTwoDays: false, emailActiveAfter: after, begunAfter: after,
    textActiveAfter: number ? after : null, linkVersion: 1, createdAt: now, emailActiveAt: now,
    ...(facts.emailState === 'paused' && { pausedAt: now, pausedBecause: 'delivery', missedAfter: after }), ...facts,
  }).returning({ id: subscriptions.id })
  if (!made) throw new Error('The subscription was not put.')
  return made.id
}
