import { desc, eq } from 'drizzle-orm'
import { outboxMessages as messages, phones, subscribers } from '../../../db/schema.ts'
import { maskedEmail, maskedPhone } from '../../contract/masked.ts'
import { troubleStates, type FailureView } from '../../contract/operator-view.ts'
import type { Reading } from '../../work.ts'
import { isInTrouble } from './is-in-trouble.ts'

/** The newest messages that failed, were parked or came back, newest first, and why (I5): whom for is masked, what they say is left out. */
export async function listFailures({ tx }: Reading, limit: number): Promise<FailureView[]> {
  const found: FailureView[] = []
  for (const state of troubleStates) {
    const rows = await tx.select({
      id: messages.id, kind: messages.kind, email: subscribers.email, phone: phones.number, createdAt: messages.createdAt,
      settledAt: messages.settledAt, attempts: messages.attempts, reason: messages.reason,
    }).from(messages).leftJoin(subscribers, eq(subscribers.id, messages.subscriberId)).leftJoin(phones, eq(phones.id, messages.phoneId))
      .where(isInTrouble(state)).orderBy(desc(messages.id)).limit(limit)
    found.push(...rows.map(({ email, phone, ...row }) =>
      ({ ...row, state, recipient: email !== null ? maskedEmail(email) : phone !== null ? maskedPhone(phone) : '' })))
  }
  return found.toSorted((a, b) => b.id - a.id).slice(0, limit)
}
