import { and, lt, lte, sql, type SQL } from 'drizzle-orm'
import { isOneOf } from '../../../db/columns.ts'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { channels, emailKinds, textKinds, type Channel } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { isSendingTime } from '../hours/sending-hours.ts'

// Written out, since a partial index serves only words that are: each lane has one of its own.
export const isWaiting = sql`${messages.state} = 'waiting'`
export const isLeased = sql`${messages.state} = 'leased'`
/** Mail that a visitor waits for: all of it is taken before any notice is. */
const isAskedWaiting = sql`${isWaiting} and ${messages.kind} in ('verification', 'report', 'account')`
export const isNoticeWaiting = sql`${isWaiting} and ${messages.kind} in ('notice', 'digest', 'candidates')`
const isAskedTextWaiting = sql`${isWaiting} and ${messages.kind} in ('textVerification', 'textAnswer')`
const isTextWaiting = sql`${isWaiting} and ${messages.kind} = 'text'`
const lanes = { asked: isAskedWaiting, notice: isNoticeWaiting, askedText: isAskedTextWaiting, text: isTextWaiting } as const
export type Lane = keyof typeof lanes
export const isInLane = (lane: Lane): SQL => lanes[lane]
/** All that waits, at whatever hour it may be taken. */
export const waitingLanes: readonly SQL[] = Object.values(lanes)

export const isOfChannel = (channel: Channel): SQL => isOneOf(messages.kind, channel === 'email' ? emailKinds : textKinds)

/** What waits and may be taken at this hour, the most urgent first: texts that tell a fact leave within sending hours only (F7). */
export function lanesAt(now: Date, profile: Pick<CourtProfile, 'sendingHours' | 'timeZone'>, channel: Channel): Lane[] {
  if (channel === 'email') return ['asked', 'notice']
  return isSendingTime(now, profile) ? ['askedText', 'text'] : ['askedText']
}

/** What can be taken now, as conditions that no message meets two of: any lane, and leases that ran out. */
export const takeableNow = ({ now }: Pick<Reading, 'now'>, profile: Pick<CourtProfile, 'sendingHours' | 'timeZone'>, of: readonly Channel[] = channels): (SQL | undefined)[] => [
  ...of.flatMap((channel) => lanesAt(now, profile, channel)).map((lane) => and(isInLane(lane), lte(messages.dueAt, now))),
  ...of.map((channel) => and(isLeased, lt(messages.leasedUntil, now), isOfChannel(channel))),
]
