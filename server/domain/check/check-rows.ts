import { and, count, eq, isNull, lt, lte, max, notExists, sql } from 'drizzle-orm'
import { isOneOf } from '../../../db/columns.ts'
import {
  bundledNotices, cases, digestRuns, docketChanges, docketEntries, messageContents, namePairs, outboxMessages as messages, restorations, subscribers, subscriptions,
} from '../../../db/schema.ts'
import type { MessageState } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { isUntaken } from '../digest/take-changes.ts'

export interface CheckedRows {
  /** What must not be, a sentence each; empty when all is well. */
  readonly faults: readonly string[]
  /** What is well and waits for an operator, a sentence each. */
  readonly notes: readonly string[]
  readonly counts: Readonly<Record<'cases' | 'entries' | 'changes' | 'subscribers' | 'subscriptions' | 'activeSubscriptions' | 'runs', number>>
  readonly messages: Partial<Record<MessageState, number>>
}

const dayMs = 24 * 3_600_000

/** What the rules of the service say of its rows beyond what the database itself sees to. Reads whole tables and changes nothing. */
export async function checkRows(reading: Reading): Promise<CheckedRows> {
  const { tx } = reading
  const states = await tx.select({ state: messages.state, messages: count() }).from(messages).groupBy(messages.state)
  return {
    faults: await listFaults(reading),
    notes: await listNotes(reading),
    counts: {
      cases: await tx.$count(cases), entries: await tx.$count(docketEntries), changes: await tx.$count(docketChanges),
      subscribers: await tx.$count(subscribers), subscriptions: await tx.$count(subscriptions),
      activeSubscriptions: await tx.$count(subscriptions, eq(subscriptions.emailState, 'active')), runs: await tx.$count(digestRuns),
    },
    messages: Object.fromEntries(states.map((one) => [one.state, one.messages])),
  }
}

async function listFaults({ tx, now }: Reading): Promise<string[]> {
  const yesterday = new Date(now.getTime() - dayMs)
  const [last] = await tx.select({ changeId: max(digestRuns.lastChangeId) }).from(digestRuns)
  const isEmpty = sql`cast(${messageContents.payload} as text) = '{}'`
  const [wordless] = await tx.select({ messages: count() }).from(messages).innerJoin(messageContents, eq(messageContents.id, messages.contentId))
    .where(and(isOneOf(messages.state, ['waiting', 'leased']), isNull(messageContents.withdrawnAt), isEmpty))
  const [listless] = await tx.select({ messages: count() }).from(bundledNotices).innerJoin(messages, eq(messages.id, bundledNotices.messageId))
    .innerJoin(messageContents, eq(messageContents.id, bundledNotices.contentId))
    .where(and(isOneOf(messages.state, ['waiting', 'leased']), isNull(messageContents.withdrawnAt), isEmpty))
  return sentencesOf([
    [(wordless?.messages ?? 0) + (listless?.messages ?? 0), (n) => `${n} messages that are still to leave have nothing to say any more.`],
    [await tx.$count(messages, and(eq(messages.state, 'leased'), lt(messages.leasedUntil, yesterday))),
      (n) => `${n} messages have been with a worker for more than a day: no worker has looked since. Is one running?`],
    [await tx.$count(messages, and(eq(messages.state, 'waiting'), lt(messages.dueAt, yesterday))),
      (n) => `${n} messages have been due for more than a day and did not leave. Is a worker running?`],
    [await tx.$count(docketChanges, and(isUntaken, lte(docketChanges.id, last?.changeId ?? 0))),
      (n) => `${n} docket changes were passed over by an evening: nobody was told of them.`],
    [await tx.$count(messages, and(eq(messages.state, 'sent'), isNull(messages.settledAt))), (n) => `${n} messages count as sent and do not say when.`],
    [await tx.$count(namePairs, notExists(tx.select({ one: sql`1` }).from(cases).where(eq(cases.id, namePairs.caseId)))),
      (n) => `${n} pairs of words are left of cases that are gone; no search finds them. They may be deleted: "delete from name_pairs where case_id not in (select id from cases)".`],
  ])
}

async function listNotes({ tx }: Reading): Promise<string[]> {
  return sentencesOf([
    [await tx.$count(restorations, isNull(restorations.clearedAt)),
      () => 'A backup was restored and what left since it was made has not been looked after: what evenings and changes owe is parked until "ttc restored --clear".'],
    [await tx.$count(messages, eq(messages.state, 'parked')), (n) => `${n} messages are parked: "ttc outbox --state parked" lists them.`],
    [await tx.$count(messages, eq(messages.state, 'failed')), (n) => `${n} messages failed: "ttc outbox --state failed" says why.`],
  ])
}

const sentencesOf = (found: readonly (readonly [number, (n: string) => string])[]): string[] =>
  found.flatMap(([n, sentence]) => (n === 0 ? [] : [sentence(n.toLocaleString('en-US'))]))
