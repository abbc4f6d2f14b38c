import { and, eq, exists, gte, inArray, isNotNull, isNull, like, or, sql } from 'drizzle-orm'
import { bundledNotices, digestRuns, docketChanges, messageContents, outboxMessages as messages, subscriptions } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import { sumUp } from '../digest/sum-up.ts'
import type { NoticeContent, ToldFact } from '../outbox/message-content.ts'

/** What was said about a case may no longer be said (F8), in e-mail or text: its messages that have not left will not. Safe to repeat. */
export async function withdrawContents({ tx, now }: Work, caseId: number): Promise<void> {
  await tx.update(messageContents).set({ withdrawnAt: now })
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt)))
}

/**
 * The same for what was said about one entry (A9): each content that tells it is withdrawn, and written anew without it
 * for those of its messages that are not known to have left. They still tell the rest. Texts tell nothing else.
 */
export async function withdrawEntryContents(work: Work, caseId: number, entryId: number): Promise<void> {
  const { tx, now } = work
  const ofEntry = tx.select({ id: docketChanges.id }).from(docketChanges).where(eq(docketChanges.entryId, entryId))
  await tx.update(messageContents).set({ withdrawnAt: now }).where(and(
    eq(messageContents.caseId, caseId), isNull(messageContents.runId), isNull(messageContents.withdrawnAt), inArray(messageContents.firstChangeId, ofEntry),
  ))
  const toldIn = tx.select({ id: docketChanges.id }).from(docketChanges).where(and(
    eq(docketChanges.entryId, entryId),
    eq(docketChanges.runId, messageContents.runId),
    gte(docketChanges.id, messageContents.firstChangeId),
  ))
  const telling = await tx.select({ content: messageContents, day: digestRuns.day }).from(messageContents)
    .innerJoin(digestRuns, eq(digestRuns.id, messageContents.runId))
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt), or(exists(toldIn), like(messageContents.variant, '%missed:%'))))
  for (const { content, day } of telling) await tellWithout(work, content, day, (fact) => 'entryId' in fact && fact.entryId === entryId)
}

/** The same for what was said about one scheduled event (A9): the texts that tell it, and the notices without it. */
export async function withdrawEventContents(work: Work, caseId: number, eventId: number): Promise<void> {
  const { tx, now } = work
  const telling = (await tx.select({ content: messageContents, day: digestRuns.day }).from(messageContents)
    .innerJoin(digestRuns, eq(digestRuns.id, messageContents.runId))
    .where(and(eq(messageContents.caseId, caseId), isNull(messageContents.withdrawnAt), isNotNull(messageContents.runId))))
    // As the evening names what a content tells; numbers do not run into each other.
    .filter(({ content }) => content.variant.split(' ').some((token) => token.startsWith(`event:${eventId}/`)))
  for (const { content, day } of telling) {
    if (isNotice(content.payload)) await tellWithout(work, content, day, (fact) => 'eventId' in fact && fact.eventId === eventId)
    else await tx.update(messageContents).set({ withdrawnAt: now }).where(eq(messageContents.id, content.id))
  }
}

// What may have left in a try that nobody answered, too: if it arrived, the provider takes no other words under its key.
const mayLeaveStill = inArray(messages.state, ['waiting', 'leased', 'failed', 'parked'])

async function tellWithout(
  { tx, now }: Work, content: typeof messageContents.$inferSelect, day: string, isSealed: (fact: ToldFact) => boolean,
): Promise<void> {
  // Changed and changed back: it was not told after all.
  if (isNotice(content.payload) && !content.payload.told.some(isSealed)) return
  const rest = isNotice(content.payload) ? withoutFacts(content.payload, day, isSealed) : undefined
  const isUntold = and(
    eq(messages.contentId, content.id),
    // To who stopped meanwhile nothing leaves in any case.
    inArray(messages.subscriptionId, tx.select({ id: subscriptions.id }).from(subscriptions)
      .where(and(eq(subscriptions.caseId, content.caseId ?? 0), sql`${subscriptions.emailState} = 'active'`))),
    mayLeaveStill,
  )
  // The same of mails for several cases that tell it among others.
  const isUntoldBundle = and(eq(bundledNotices.contentId, content.id), inArray(bundledNotices.messageId, tx.select({ id: messages.id }).from(messages)
    .where(and(eq(messages.kind, 'digest'), mayLeaveStill))))
  const isRestOwed = rest !== undefined && await tx.$count(messages, isUntold) + await tx.$count(bundledNotices, isUntoldBundle) > 0
  // A run has one content for each first change and variant: the new one takes the place of the old.
  await tx.update(messageContents).set({ withdrawnAt: now, ...(isRestOwed && { runId: null }) }).where(eq(messageContents.id, content.id))
  if (!isRestOwed) return
  const { id: _, ...row } = content
  const [anew] = await tx.insert(messageContents).values({ ...row, payload: rest, createdAt: now }).returning({ id: messageContents.id })
  if (!anew) throw new Error('A content was not written anew.')
  await tx.update(messages).set({ contentId: anew.id }).where(isUntold)
  await tx.update(bundledNotices).set({ contentId: anew.id }).where(isUntoldBundle)
}

/** Undefined when nothing is left to tell. */
function withoutFacts(content: NoticeContent, day: string, isSealed: (fact: ToldFact) => boolean): NoticeContent | undefined {
  const told = content.told.filter((fact) => !isSealed(fact))
  if (told.every((fact) => fact.mark === 'NextHearing')) return undefined
  const isKept = (mark: (fact: ToldFact) => boolean): boolean => told.some(mark)
  const entries = content.entries.filter((entry) => isKept((fact) => 'entryId' in fact && fact.entryId === entry.entryId))
  const isNeutral = content.isNeutral === true
  return {
    ...content,
    ...sumUp(content.caseNumber, day, told, isNeutral),
    told,
    ...(content.hearings && { hearings: content.hearings.filter(({ eventId }) => isKept((fact) => fact.mark === 'Hearing' && fact.eventId === eventId)) }),
    entries,
    more: isNeutral ? 0 : told.filter((fact) => 'entryId' in fact && fact.entryId !== null && fact.mark !== 'Missed').length - entries.length,
  }
}

/** What the evening wrote, or nothing that could be told without one of its facts. */
export const isNotice = (payload: unknown): payload is NoticeContent =>
  typeof payload === 'object' && payload !== null && 'told' in payload && Array.isArray(payload.told)
