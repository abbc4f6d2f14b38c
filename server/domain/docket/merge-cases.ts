import { and, asc, eq, exists, gt, inArray, lt, ne, not, sql, type SQL } from 'drizzle-orm'
import {
  cases, consents, docketChanges, formerCaseNumbers, messageContents, outboxMessages, parties, subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import type { Security } from '../../contract/vocabulary.ts'
import { isUntaken } from '../digest/take-changes.ts'
import { putFormerNumber } from './former-number.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { mergeRecords, type Merge } from './merge-records.ts'
import { mergeSubscriptions } from './merge-subscriptions.ts'
import { dropNameWords, moveNameWords } from './name-words.ts'
import { renameInContents } from './rename-in-contents.ts'
import { silenceCase } from './silence-changes.ts'
import { withdrawContents } from './withdraw-contents.ts'

/**
 * Two cases turn out to be one (A9): what the one has and the other has not moves to the other, subscriptions with their
 * requests, messages and what they were told included; then the one is gone and its numbers lead to the other. It is as
 * confidential as the stricter of the two, unless the record says otherwise; so is each entry and event that both have.
 */
export async function mergeCases(intake: Intake, from: CaseFacts, into: CaseFacts, said: Security | undefined): Promise<CaseFacts> {
  const { tx } = intake
  const merge: Merge = { from, into, isFromTracked: await isTracked(intake, from), isTracked: await isTracked(intake, into) }
  const { same, known, seal } = await mergeRecords(intake, merge)
  await moveParties(intake, merge)
  await renameInContents(intake, from.id, same)
  await moveContents(intake, merge)
  await tellOnce(intake, into.id, known, await mergeSubscriptions(intake, from.id, into.id))
  await seal()
  await tx.update(trackingRequests).set({ caseId: into.id }).where(eq(trackingRequests.caseId, from.id))
  await tx.update(consents).set({ caseId: into.id }).where(eq(consents.caseId, from.id))
  await tx.update(formerCaseNumbers).set({ caseId: into.id }).where(eq(formerCaseNumbers.caseId, from.id))
  const gone = await joinFacts(intake, merge)
  await dropNameWords(intake, from.id, 'all')
  await tx.delete(cases).where(eq(cases.id, from.id))
  intake.touched.delete(from.id)
  await putFormerNumber(intake, into, gone.number)

  const security = said ?? (from.security === 'confidential' ? 'confidential' : into.security)
  if (security === 'confidential') {
    await tx.update(cases).set({ security }).where(eq(cases.id, into.id))
    await silenceCase(intake, into.id)
    await withdrawContents(intake, into.id)
    return { ...into, security }
  }
  return into
}

const isTracked = async ({ tx }: Intake, { id }: CaseFacts): Promise<boolean> => await tx.$count(subscriptions, eq(subscriptions.caseId, id)) > 0

/**
 * Those who tracked the case that is gone are not told again what came under both numbers (F4): their beginning moves
 * behind it. Only where that loses nothing: nothing else lies before it that is still to be told, and nothing of theirs
 * waits to leave.
 */
async function tellOnce({ tx }: Intake, caseId: number, known: ReadonlySet<number>, subscriberIds: readonly number[]): Promise<void> {
  if (known.size === 0 || subscriberIds.length === 0) return
  const untaken = await tx.select({ id: docketChanges.id }).from(docketChanges)
    .where(and(eq(docketChanges.caseId, caseId), gt(docketChanges.id, 0), isUntaken)).orderBy(asc(docketChanges.id))
  const firstOther = untaken.findIndex(({ id }) => !known.has(id))
  const last = untaken.slice(0, firstOther === -1 ? untaken.length : firstOther).at(-1)
  if (!last) return
  const waits = (kind: SQL) => exists(tx.select({ one: sql`1` }).from(outboxMessages).where(and(
    eq(outboxMessages.subscriptionId, subscriptions.id), kind, sql`${outboxMessages.state} in ('waiting', 'leased', 'failed', 'parked')`,
  )))
  for (let at = 0; at < subscriberIds.length; at += subscribersAtOnce) {
    const theirs = and(eq(subscriptions.caseId, caseId), inArray(subscriptions.subscriberId, subscriberIds.slice(at, at + subscribersAtOnce)))
    await tx.update(subscriptions).set({ emailActiveAfter: last.id })
      .where(and(theirs, sql`${subscriptions.emailState} = 'active'`, lt(subscriptions.emailActiveAfter, last.id), not(waits(sql`${outboxMessages.kind} = 'notice'`))))
    await tx.update(subscriptions).set({ textActiveAfter: last.id })
      .where(and(theirs, sql`${subscriptions.textState} = 'active'`, lt(subscriptions.textActiveAfter, last.id), not(waits(sql`${outboxMessages.kind} = 'text'`))))
  }
}

const subscribersAtOnce = 1_000

async function moveParties(intake: Intake, { from, into }: Merge): Promise<void> {
  const { tx } = intake
  if (await tx.$count(parties, eq(parties.caseId, into.id)) > 0) return
  await tx.update(parties).set({ caseId: into.id }).where(eq(parties.caseId, from.id))
  await moveNameWords(intake, 'parties', { from: from.id, into: into.id })
}

/** What was said about the one is withdrawn with the other from now on (F8). A run has one content of each kind for a case. */
async function moveContents({ tx }: Intake, { from, into }: Merge): Promise<void> {
  await tx.update(messageContents).set({ variant: sql`${messageContents.variant} || ${` of case ${from.id}`}` })
    .where(and(eq(messageContents.caseId, from.id), ne(messageContents.variant, '')))
  await tx.update(messageContents).set({ caseId: into.id }).where(eq(messageContents.caseId, from.id))
}

/** What the case that stays does not know of itself it takes from the other; answers that one as it was. */
async function joinFacts(intake: Intake, { from, into }: Merge): Promise<typeof cases.$inferSelect> {
  const { tx } = intake
  const [gone] = await tx.select().from(cases).where(eq(cases.id, from.id))
  const [kept] = await tx.select().from(cases).where(eq(cases.id, into.id))
  if (!gone || !kept) throw new Error('A case that was found is gone.')
  const isNameless = kept.caption === kept.number && gone.caption !== gone.number
  await tx.update(cases).set({
    caption: isNameless ? gone.caption : kept.caption,
    filedOn: kept.filedOn ?? gone.filedOn,
    judge: kept.judge ?? gone.judge,
    lastActivityAt: latest(kept.lastActivityAt, gone.lastActivityAt),
  }).where(eq(cases.id, into.id))
  if (isNameless) await moveNameWords(intake, 'caption', { from: from.id, into: into.id })
  return gone
}

const latest = (one: Date | null, other: Date | null): Date | null =>
  one === null || (other !== null && other > one) ? other : one
