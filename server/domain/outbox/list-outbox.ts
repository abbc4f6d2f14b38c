import { and, desc, eq, lt } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { MessageKind, MessageState } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { dueWhileOpen } from './due-while-open.ts'

/** A message as an operator sees it: no address, nothing of what it says. */
export interface OutboxLine {
  readonly id: number
  readonly kind: MessageKind
  readonly state: MessageState
  readonly dedupeKey: string
  readonly runId: number | null
  readonly createdAt: Date
  readonly dueAt: Date
  readonly settledAt: Date | null
  readonly attempts: number
  readonly reason: string | null
}

export interface OutboxFilter {
  readonly state?: MessageState
  /** Only those with a smaller id: the next page. */
  readonly before?: number
  readonly limit: number
}

/** The newest messages first (I5). */
export async function listOutbox({ tx }: Reading, { state, before, limit }: OutboxFilter): Promise<OutboxLine[]> {
  return tx.select({
    id: messages.id,
    kind: messages.kind,
    state: messages.state,
    dedupeKey: messages.dedupeKey,
    runId: messages.runId,
    createdAt: messages.createdAt,
    dueAt: dueWhileOpen,
    settledAt: messages.settledAt,
    attempts: messages.attempts,
    reason: messages.reason,
  }).from(messages)
    .where(and(state && eq(messages.state, state), before === undefined ? undefined : lt(messages.id, before)))
    .orderBy(desc(messages.id))
    .limit(limit)
}
