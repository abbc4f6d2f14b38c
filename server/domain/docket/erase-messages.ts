import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { holdsText } from '../../../db/columns.ts'
import {
  bundledNotices, cases, formerCaseNumbers, formerSubscriptions, mailboxMessages, messageContents, outboxMessages, subscriptions, takenDeliveries, trackingRequests,
} from '../../../db/schema.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { candidatesWithout } from '../outbox/candidates-without.ts'
import type { CandidatesContent, ReportContent, VerificationContent } from '../outbox/message-content.ts'
import { verificationSubject } from '../outbox/verification-subject.ts'

/**
 * Erases what any message says or said of a case, the local mailbox's copies included (A9). What speaks of this case only
 * goes; a verification e-mail or report that lists others too keeps those, and may still leave where surely nothing of it has.
 */
export async function eraseMessages(work: Work, caseId: number): Promise<void> {
  const numbers = await numbersOf(work, caseId)
  await eraseItsOwn(work, caseId)
  await eraseFromLists(work, caseId, numbers)
  await eraseFromCandidates(work, caseId, numbers)
  await eraseFromAnswers(work, numbers)
}

async function numbersOf({ tx }: Work, caseId: number): Promise<string[]> {
  const now = await tx.select({ number: cases.number }).from(cases).where(eq(cases.id, caseId))
  const before = await tx.select({ number: formerCaseNumbers.number }).from(formerCaseNumbers).where(eq(formerCaseNumbers.caseId, caseId))
  return [...now, ...before].map(({ number }) => number)
}

async function eraseItsOwn(work: Work, caseId: number): Promise<void> {
  const { tx, now } = work
  const trackings = tx.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.caseId, caseId))
  const itsContents = tx.select({ id: messageContents.id }).from(messageContents).where(eq(messageContents.caseId, caseId))
  const messages = await tx.select({ id: outboxMessages.id, contentId: outboxMessages.contentId }).from(outboxMessages)
    .where(or(inArray(outboxMessages.contentId, itsContents), inArray(outboxMessages.subscriptionId, trackings)))
  await eraseCopies(work, messages)
  const bundles = await tx.selectDistinct({ id: outboxMessages.id, state: outboxMessages.state, batchId: outboxMessages.batchId, contentId: outboxMessages.contentId })
    .from(bundledNotices).innerJoin(outboxMessages, eq(outboxMessages.id, bundledNotices.messageId))
    .where(or(inArray(bundledNotices.contentId, itsContents), inArray(bundledNotices.subscriptionId, trackings)))
  await eraseCopies(work, bundles)
  // What may be at the provider's just now is not tried again without it.
  await inPieces(bundles.filter(({ state, batchId }) => isUnknown(state, batchId)).map(({ contentId }) => contentId),
    (ids) => tx.update(messageContents).set({ withdrawnAt: now }).where(inArray(messageContents.id, ids)))
  // With them go the messages; what a text of verification says is of no case, but names one.
  await tx.delete(messageContents).where(eq(messageContents.caseId, caseId))
  await inPieces(messages.map(({ contentId }) => contentId), (ids) => tx.delete(messageContents).where(inArray(messageContents.id, ids)))
}

/** Verification e-mails and reports name cases without being one's own: they are found by those whom they went to. */
async function eraseFromLists(work: Work, caseId: number, numbers: readonly string[]): Promise<void> {
  const { tx, now } = work
  const ofCase = await tx.select({ id: subscriptions.id, former: formerSubscriptions.id }).from(subscriptions)
    .leftJoin(formerSubscriptions, eq(formerSubscriptions.subscriptionId, subscriptions.id)).where(eq(subscriptions.caseId, caseId))
  const erased = new Set(ofCase.flatMap(({ id, former }) => (former === null ? [id] : [id, former])))
  const tracking = tx.select({ id: subscriptions.subscriberId }).from(subscriptions).where(eq(subscriptions.caseId, caseId))
  const asking = tx.select({ id: trackingRequests.subscriberId }).from(trackingRequests).where(eq(trackingRequests.caseId, caseId))
  const listing = await tx.select({ id: outboxMessages.id, state: outboxMessages.state, batchId: outboxMessages.batchId, content: messageContents })
    .from(outboxMessages).innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .where(and(
      // Written out for the index of what was asked for.
      sql`${outboxMessages.kind} in ('verification', 'report', 'account')`,
      or(inArray(outboxMessages.subscriberId, tracking), inArray(outboxMessages.subscriberId, asking)),
      or(...numbers.map((number) => holdsText(sql`cast(${messageContents.payload} as text)`, JSON.stringify(number)))),
    ))
  const named: { readonly id: number }[] = []
  for (const { id, state, batchId, content } of listing) {
    const rest = isList(content.payload) ? without(content.payload, erased) : undefined
    if (rest === content.payload) continue
    named.push({ id })
    const mayKeep = rest !== undefined && !isUnknown(state, batchId)
    await tx.update(messageContents).set(mayKeep ? { payload: rest } : { payload: {}, withdrawnAt: content.withdrawnAt ?? now })
      .where(eq(messageContents.id, content.id))
  }
  await eraseCopies(work, named)
}

/** Mail of new cases names them without being theirs, and who got it need not track them (G7): it is looked through. */
async function eraseFromCandidates(work: Work, caseId: number, numbers: readonly string[]): Promise<void> {
  const { tx, now } = work
  const payload = sql`cast(${messageContents.payload} as text)`
  const naming = await tx.select({ id: outboxMessages.id, state: outboxMessages.state, batchId: outboxMessages.batchId, content: messageContents })
    .from(outboxMessages).innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .where(and(
      // Written out for the index of what tells of several cases.
      sql`${outboxMessages.kind} in ('digest', 'candidates')`,
      or(holdsText(payload, `"caseId":${caseId},`), ...numbers.map((number) => holdsText(payload, JSON.stringify(number)))),
    ))
  const named = naming.filter(({ content }) => isCandidates(content.payload))
  for (const { state, batchId, content } of named) {
    const rest = isCandidates(content.payload)
      ? candidatesWithout(content.payload, (one) => one.caseId === caseId || numbers.includes(one.caseNumber)) : undefined
    const mayKeep = rest !== undefined && rest.searches.length > 0 && !isUnknown(state, batchId)
    await tx.update(messageContents).set(mayKeep ? { payload: rest } : { payload: {}, withdrawnAt: content.withdrawnAt ?? now })
      .where(eq(messageContents.id, content.id))
  }
  await eraseCopies(work, named)
}

const isCandidates = (payload: unknown): payload is CandidatesContent =>
  typeof payload === 'object' && payload !== null && 'kind' in payload && payload.kind === 'candidates'

/** Whether a message may be at the provider's just now: then it may not be tried again with other words. */
const isUnknown = (state: MessageState, batchId: number | null): boolean =>
  state === 'leased' || state === 'parked' || (state === 'waiting' && batchId !== null)

// What was asked for lists its cases by subscription; what another version of us wrote may not.
const isList = (payload: unknown): payload is VerificationContent | ReportContent =>
  typeof payload === 'object' && payload !== null && 'kind' in payload && (payload.kind === 'verification' || payload.kind === 'report')

/** The same where it does not name the case, undefined where nothing is left to say. */
function without(content: VerificationContent | ReportContent, erased: ReadonlySet<number>): VerificationContent | ReportContent | undefined {
  if (content.kind === 'report') {
    const left = content.cases.filter((one) => !erased.has(one.subscriptionId))
    if (left.length === content.cases.length) return content
    return { ...content, cases: left, ...(left.length + content.more === 0 && { reportRequestId: null }) }
  }
  const left = content.requests.filter((one) => !erased.has(one.subscriptionId))
  if (left.length === content.requests.length) return content
  return left.length === 0 ? undefined : { ...content, requests: left, subject: verificationSubject(left, content.more) }
}

async function eraseCopies({ tx }: Work, messages: readonly { readonly id: number }[]): Promise<void> {
  await inPieces(messages.map(({ id }) => `m${id}`), (keys) => tx.delete(mailboxMessages).where(inArray(mailboxMessages.messageKey, keys)))
}

/** The reasons for what a delivery brought and was not taken may name the case; it is answered again without them. */
async function eraseFromAnswers({ tx }: Work, numbers: readonly string[]): Promise<void> {
  const naming = await tx.select().from(takenDeliveries)
    .where(or(...numbers.map((number) => holdsText(sql`cast(${takenDeliveries.report} as text)`, JSON.stringify(number).slice(1, -1)))))
  for (const { key, report } of naming) {
    const rejected = report.rejected.filter(({ reason }) => !numbers.some((number) => reason.includes(number)))
    await tx.update(takenDeliveries).set({ report: { ...report, rejected } }).where(eq(takenDeliveries.key, key))
  }
}

const atOnce = 1_000

async function inPieces<T>(all: readonly T[], erase: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += atOnce) await erase(all.slice(at, at + atOnce))
}
