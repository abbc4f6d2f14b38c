import { and, asc, desc, eq, gte, isNotNull, isNull, lt, sum } from 'drizzle-orm'
import { accounts, digestRuns, eveningHolds, subscribers } from '../../../db/schema.ts'
import { addDays, formatDay } from '../../contract/court-time.ts'
import { Refusal } from '../../contract/refusals.ts'
import { eveningWaitsWords } from '../../contract/evening-wording.ts'
import type { WaitingEvening } from '../../contract/operator-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading, Work } from '../../work.ts'
import { eveningWaitsKey } from '../outbox/evening-waits-key.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'

const lookBackDays = 28
const eveningsThatTell = 7

/** An evening that owes far more than is usual: nothing of it is planned before an operator's yes (I7). */
export interface Flood {
  readonly day: string
  readonly notices: number
  readonly usual: number
}

/** The evening that waits for a yes; undefined when none does. What an evening held since has taken waits no more. */
export async function findWaitingEvening({ tx }: Reading, day?: string): Promise<WaitingEvening | undefined> {
  const [last] = await tx.select({ startedAt: digestRuns.startedAt }).from(digestRuns).orderBy(desc(digestRuns.id)).limit(1)
  const [hold] = await tx.select().from(eveningHolds).where(and(
    isNull(eveningHolds.releasedAt), day === undefined ? undefined : eq(eveningHolds.day, day), last ? gte(eveningHolds.heldAt, last.startedAt) : undefined,
  )).orderBy(desc(eveningHolds.id)).limit(1)
  return hold && { id: hold.id, day: hold.day, heldAt: hold.heldAt, notices: hold.notices, usual: hold.usual }
}

/**
 * Whether so many notices are a flood: some times the usual of the evenings of the last four weeks, where at least a week of
 * them tell what is usual, and more than the least that a profile lets pass (`brakes`). One that an operator said yes to is none.
 */
export async function findFlood({ tx }: Reading, { brakes }: Pick<CourtProfile, 'brakes'>, { day, notices }: Omit<Flood, 'usual'>): Promise<Flood | undefined> {
  if (notices <= brakes.runNotices) return undefined
  const [released] = await tx.select({ id: eveningHolds.id }).from(eveningHolds).where(and(eq(eveningHolds.day, day), isNotNull(eveningHolds.releasedAt)))
  if (released) return undefined
  const evenings = await tx.select({ notices: sum(digestRuns.notices).mapWith(Number) }).from(digestRuns)
    .where(and(gte(digestRuns.day, addDays(day, -lookBackDays)), lt(digestRuns.day, day))).groupBy(digestRuns.day)
  if (evenings.length < eveningsThatTell) return undefined
  const usual = medianOf(evenings.map((evening) => evening.notices))
  return notices >= usual * brakes.runTimesUsual ? { day, notices, usual } : undefined
}

function medianOf(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return Math.round(sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2)
}

/** Lets an evening wait for a yes, and tells every operator at once. */
export async function putHold(work: Work, site: Site, flood: Flood): Promise<void> {
  const { tx, now } = work
  const [hold] = await tx.insert(eveningHolds).values({ ...flood, heldAt: now })
    // It waited before and a run of another evening took what it owed then.
    .onConflictDoUpdate({ target: eveningHolds.day, set: { ...flood, heldAt: now } }).returning({ id: eveningHolds.id })
  if (!hold) throw new Error('A hold was not written.')
  const operators = await tx.select({ id: subscribers.id, email: subscribers.email }).from(accounts)
    .innerJoin(subscribers, eq(subscribers.id, accounts.subscriberId))
    .where(and(eq(accounts.isOperator, true), eq(accounts.emailVerified, true), isNull(subscribers.suppressedAt))).orderBy(asc(subscribers.id))
  for (const { id, email } of operators) {
    // No visitor causes it, so no limit of theirs cuts it (H1).
    await putMessage(work, {
      dedupeKey: `${eveningWaitsKey}${hold.id}/${now.getTime()}/${id}`,
      kind: 'account',
      subscriberId: id,
      content: {
        ...messageFrame(site, `The evening of ${formatDay(flood.day)} waits for your yes`),
        kind: 'account', what: 'eveningWaits', emailAddress: email, requestId: hold.id, newAddress: null, told: eveningWaitsWords(flood),
      },
    })
  }
}

/** An operator's yes: the evening that waits may be held, whatever it owes by then. Its day. Refuses `notFound` where none waits, or another. */
export async function releaseEvening(work: Work, by: 'page' | 'command', which: { readonly id?: number; readonly day?: string | undefined }): Promise<string> {
  const waiting = await findWaitingEvening(work, which.day)
  if (!waiting || (which.id !== undefined && waiting.id !== which.id)) throw new Refusal('notFound', 'No such evening waits for a yes.')
  await work.tx.update(eveningHolds).set({ releasedAt: work.now, releasedBy: by }).where(eq(eveningHolds.id, waiting.id))
  return waiting.day
}
