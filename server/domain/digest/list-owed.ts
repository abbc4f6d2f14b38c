import { and, asc, eq, gte, sql } from 'drizzle-orm'
import { bundledNotices, cases, messageContents, outboxMessages, phones, subscribers } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

/** Who is owed an e-mail or a text, and of which case. */
export type Owed =
  | { readonly email: string; readonly caseNumber: string }
  | { readonly phone: string; readonly caseNumber: string }

/** What a run that was just planned owes, e-mails first: all of it still waits. */
export async function listOwed({ tx }: Reading, runId: number): Promise<Owed[]> {
  // Any moment at all: it says which index is meant.
  const ofRun = and(eq(outboxMessages.runId, runId), gte(outboxMessages.dueAt, new Date(0)), sql`${outboxMessages.state} = 'waiting'`)
  const emails = await tx.select({ email: subscribers.email, caseNumber: cases.number }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .innerJoin(cases, eq(cases.id, messageContents.caseId))
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .where(and(ofRun, sql`${outboxMessages.kind} = 'notice'`)).orderBy(asc(outboxMessages.id))
  const bundled = await tx.select({ email: subscribers.email, caseNumber: cases.number }).from(outboxMessages)
    .innerJoin(bundledNotices, eq(bundledNotices.messageId, outboxMessages.id))
    .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
    .innerJoin(cases, eq(cases.id, messageContents.caseId))
    .innerJoin(subscribers, eq(subscribers.id, outboxMessages.subscriberId))
    .where(and(ofRun, sql`${outboxMessages.kind} = 'digest'`)).orderBy(asc(outboxMessages.id), asc(cases.number))
  const texts = await tx.select({ phone: phones.number, caseNumber: cases.number }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .innerJoin(cases, eq(cases.id, messageContents.caseId))
    .innerJoin(phones, eq(phones.id, outboxMessages.phoneId))
    .where(and(ofRun, sql`${outboxMessages.kind} = 'text'`)).orderBy(asc(outboxMessages.id))
  return [...emails, ...bundled, ...texts]
}
