import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import { accounts, cases, docketEntries, phones, scheduledEvents, subscribers, subscriptions } from '../../../db/schema.ts'
import { piecesOf } from '../../contract/pieces-of.ts'
import type { SuppressionReason } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { deleteAccount } from '../accounts/delete-account.ts'
import { eraseCase } from '../docket/erase-case.ts'
import { stopSubscriptions } from '../tracking/stop-tracking.ts'

/** What the old database knew and a backup may not undo; see `readOld`. */
export interface Kept {
  readonly stops: readonly { readonly id: number; readonly subscriberId: number; readonly caseId: number; readonly isTextOnly: boolean }[]
  readonly phonesStopped: readonly { readonly id: number; readonly at: Date }[]
  readonly suppressed: readonly { readonly id: number; readonly at: Date; readonly because: string }[]
  readonly hidden: { readonly cases: readonly number[]; readonly entries: readonly number[]; readonly events: readonly number[] }
  readonly there: { readonly cases: ReadonlySet<number>; readonly subscribers: ReadonlySet<number> }
}

export interface CarriedOver {
  readonly stopped: number
  readonly phones: number
  readonly suppressed: number
  readonly hidden: number
  readonly deletedCases: number
  readonly deletedSubscribers: number
}

/**
 * N7, A6, A9: carries into a restored database what nobody may be made to say twice: who stopped since the backup was made, whose
 * phone answered STOP, which address takes no mail, what the court made confidential or expunged, and who had all of theirs deleted.
 */
export async function carryOver(work: Work, kept: Kept): Promise<CarriedOver> {
  const { tx } = work
  const stopped = await carryStops(work, kept.stops)
  let [phonesDone, suppressed] = [0, 0]
  for (const { id, at } of kept.phonesStopped) {
    phonesDone += (await tx.update(phones).set({ stoppedAt: at }).where(and(eq(phones.id, id), isNull(phones.stoppedAt))).returning({ id: phones.id })).length
  }
  for (const { id, at, because } of kept.suppressed) {
    suppressed += (await tx.update(subscribers).set({ suppressedAt: at, suppressedBecause: reasonOf(because) })
      .where(and(eq(subscribers.id, id), isNull(subscribers.suppressedAt))).returning({ id: subscribers.id })).length
  }
  return {
    stopped, phones: phonesDone, suppressed,
    hidden: await hide(work, kept.hidden),
    deletedCases: await deleteCases(work, kept.there.cases),
    deletedSubscribers: await deleteSubscribers(work, kept.there.subscribers),
  }
}

const reasonOf = (because: string): SuppressionReason => (because === 'complained' ? 'complained' : 'bounced')

/** Kept as proof in place of what the person was shown, which went with the old database (H6). */
const carriedWords = 'Stopped in the database that a restored backup replaced'

async function carryStops(work: Work, stops: Kept['stops']): Promise<number> {
  let carried = 0
  for (const some of piecesOf(stops, atOnce)) {
    const here = await work.tx.select({
      id: subscriptions.id, subscriberId: subscriptions.subscriberId, caseId: subscriptions.caseId, emailState: subscriptions.emailState, textState: subscriptions.textState,
    }).from(subscriptions).where(inArray(subscriptions.id, some.map(({ id }) => id)))
    const byId = new Map(here.map((one) => [one.id, one]))
    const open = some.filter(({ id, subscriberId, caseId, isTextOnly }) => {
      const one = byId.get(id)
      return one?.subscriberId === subscriberId && one.caseId === caseId
        && (isTextOnly ? one.textState === 'active' || one.textState === 'pending' : one.emailState !== 'stopped')
    })
    for (const [isTextOnly, group] of Map.groupBy(open, (one) => one.isTextOnly)) {
      await stopSubscriptions(work, inArray(subscriptions.id, group.map(({ id }) => id)), isTextOnly ? 'textOnly' : 'emailAndText', { words: carriedWords })
    }
    carried += open.length
  }
  return carried
}

async function hide({ tx }: Work, hidden: Kept['hidden']): Promise<number> {
  let count = 0
  const notPublic = { security: 'confidential' } as const
  for (const ids of piecesOf(hidden.cases, atOnce)) count += (await tx.update(cases).set(notPublic).where(and(inArray(cases.id, ids), ne(cases.security, 'confidential'))).returning({ id: cases.id })).length
  for (const ids of piecesOf(hidden.entries, atOnce)) count += (await tx.update(docketEntries).set(notPublic).where(and(inArray(docketEntries.id, ids), ne(docketEntries.security, 'confidential'))).returning({ id: docketEntries.id })).length
  for (const ids of piecesOf(hidden.events, atOnce)) count += (await tx.update(scheduledEvents).set(notPublic).where(and(inArray(scheduledEvents.id, ids), ne(scheduledEvents.security, 'confidential'))).returning({ id: scheduledEvents.id })).length
  return count
}

async function deleteCases(work: Work, there: ReadonlySet<number>): Promise<number> {
  const gone = (await work.tx.select({ id: cases.id }).from(cases)).filter(({ id }) => !there.has(id))
  for (const { id } of gone) await eraseCase(work, id)
  return gone.length
}

async function deleteSubscribers(work: Work, there: ReadonlySet<number>): Promise<number> {
  const gone = (await work.tx.select({ id: subscribers.id, accountId: accounts.id }).from(subscribers).leftJoin(accounts, eq(accounts.subscriberId, subscribers.id)))
    .filter(({ id }) => !there.has(id))
  for (const { id, accountId } of gone) await deleteAccount(work, { id: accountId ?? 0, subscriberId: id })
  return gone.length
}

const atOnce = 500
