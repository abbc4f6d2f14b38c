import { and, eq, inArray, sql } from 'drizzle-orm'
import { subscriptions } from '../../../db/schema.ts'
import type { PauseReason } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { lastChangeId } from './last-change-id.ts'

export interface Pause {
  readonly because: PauseReason
  /** The day of whose evening notices come again by themselves; null: not before they are asked for. */
  readonly until: string | null
}

/** What a subscription has that is not paused. */
export const notPaused = { pausedAt: null, pausedBecause: null, pausedUntil: null } as const

/** What a subscription has that is owed no word of a pause. */
export const nothingMissed = { missedAfter: null, missedThrough: null } as const

/** Pauses the e-mail of those of these subscriptions that get any. What comes meanwhile is missed and told in short afterwards (G4). */
export async function pauseTracking(work: Work, ids: readonly number[], { because, until }: Pause): Promise<void> {
  if (ids.length === 0) return
  await work.tx.update(subscriptions).set({
    emailState: 'paused', pausedAt: work.now, pausedBecause: because, pausedUntil: until,
    // What an earlier pause missed and no notice has told yet is missed still.
    missedAfter: sql`coalesce(${subscriptions.missedAfter}, ${await lastChangeId(work)})`, missedThrough: null,
  }).where(and(inArray(subscriptions.id, [...ids]), eq(subscriptions.emailState, 'active')))
}

/** Ends the pause of those of these subscriptions that are paused: the next change counts (C5), and the next evening tells what was missed. */
export async function resumeTracking(work: Work, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const last = await lastChangeId(work)
  await work.tx.update(subscriptions).set({ emailState: 'active', emailActiveAfter: last, emailActiveAt: work.now, ...notPaused, missedThrough: last })
    .where(and(inArray(subscriptions.id, [...ids]), eq(subscriptions.emailState, 'paused')))
}
