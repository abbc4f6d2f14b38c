import { and, asc, eq, exists, inArray, isNull, lte, max, sql, type SQL } from 'drizzle-orm'
import { digestRuns, subscribers, subscriptions } from '../../../db/schema.ts'
import type { PauseReason } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { lastChangeId } from './last-change-id.ts'
import { missWaiting } from './miss-untold.ts'

export interface Pause {
  readonly because: PauseReason
  /** The day of whose evening notices come again by themselves; null: not before they are asked for. */
  readonly until: string | null
}

/** What a subscription has that is not paused. */
export const notPaused = { pausedAt: null, pausedBecause: null, pausedUntil: null } as const

/** What a subscription has that is owed no word of a pause. */
export const nothingMissed = { missedAfter: null, missedThrough: null } as const

const atOnce = 500

/**
 * Pauses the e-mail of those of these subscriptions that get any. What comes meanwhile is missed and told in short afterwards
 * (G4), and so is what came before and will not be told any more: no evening took it yet, or its notice still waits, which is cancelled.
 */
export async function pauseTracking(work: Work, ids: readonly number[], { because, until }: Pause): Promise<void> {
  const { tx, now } = work
  for (let at = 0; at < ids.length; at += atOnce) {
    const active = await tx.select({ id: subscriptions.id, activeAfter: subscriptions.emailActiveAfter, begunAfter: subscriptions.begunAfter, missedAfter: subscriptions.missedAfter }).from(subscriptions)
      .where(and(inArray(subscriptions.id, ids.slice(at, at + atOnce)), eq(subscriptions.emailState, 'active')))
    if (active.length === 0) continue
    const [taken] = await tx.select({ id: max(digestRuns.lastChangeId) }).from(digestRuns)
    // What an earlier pause missed and no notice has told yet is missed still.
    const after = (one: (typeof active)[number]): number => one.missedAfter ?? Math.max(one.activeAfter ?? 0, one.begunAfter, taken?.id ?? 0)
    for (const [missedAfter, some] of Map.groupBy(active, after)) {
      await tx.update(subscriptions)
        .set({ emailState: 'paused', pausedAt: now, pausedBecause: because, pausedUntil: until, missedAfter, missedThrough: null })
        .where(inArray(subscriptions.id, some.map(({ id }) => id)))
    }
    await missWaiting(work, active.map(({ id }) => id))
  }
}

/**
 * Ends the pause of those of these subscriptions that are paused: the next change counts (C5), and the next evening tells what
 * was missed. While mail to their address is suppressed they stay paused.
 */
export async function resumeTracking(work: Work, ids: readonly number[]): Promise<void> {
  const { tx, now } = work
  const last = await lastChangeId(work)
  const takesMail = exists(tx.select({ one: sql`1` }).from(subscribers).where(and(eq(subscribers.id, subscriptions.subscriberId), isNull(subscribers.suppressedAt))))
  for (let at = 0; at < ids.length; at += atOnce) {
    await tx.update(subscriptions).set({ emailState: 'active', emailActiveAfter: last, emailActiveAt: now, ...notPaused, missedThrough: last })
      .where(and(inArray(subscriptions.id, ids.slice(at, at + atOnce)), eq(subscriptions.emailState, 'paused'), takesMail))
  }
}

/** Ends the pauses that are to end with the evening of this day (G4). */
export async function wakeSubscriptions(work: Work, day: string): Promise<void> {
  // The index of what is paused serves the words as they stand, and in its own order: by number all subscriptions would be walked.
  const isPaused = sql`${subscriptions.emailState} = 'paused'`
  const { id, pausedUntil } = subscriptions
  let after: SQL | undefined
  for (;;) {
    const due = await work.tx.select({ id, pausedUntil }).from(subscriptions)
      .where(and(isPaused, lte(pausedUntil, day), after)).orderBy(asc(pausedUntil), asc(id)).limit(atOnce)
    const last = due.at(-1)
    if (!last) return
    await resumeTracking(work, due.map((one) => one.id))
    after = sql`(${pausedUntil}, ${id}) > (${last.pausedUntil}, ${last.id})`
  }
}
