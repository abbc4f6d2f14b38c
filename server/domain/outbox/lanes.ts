import { and, lt, lte, sql, type SQL } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'

// Written out, since a partial index serves only words that are: each of these has one of its own.
export const isWaiting = sql`${messages.state} = 'waiting'`
/** Mail that a visitor waits for: all of it is taken before any notice is. */
export const isAskedWaiting = sql`${isWaiting} and ${messages.kind} <> 'notice'`
export const isNoticeWaiting = sql`${isWaiting} and ${messages.kind} = 'notice'`
export const isLeased = sql`${messages.state} = 'leased'`

/** What can be taken now, as conditions that no message meets two of: either lane, and leases that ran out. */
export const takeableNow = ({ now }: Pick<Reading, 'now'>): (SQL | undefined)[] =>
  [and(isAskedWaiting, lte(messages.dueAt, now)), and(isNoticeWaiting, lte(messages.dueAt, now)), and(isLeased, lt(messages.leasedUntil, now))]
