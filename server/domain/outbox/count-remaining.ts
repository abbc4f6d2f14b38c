import { and, gte, sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import { channels, type Channel } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { isInLane, isLeased, isNoticeWaiting, lanesAt, takeableNow } from './lanes.ts'

type Hours = Pick<CourtProfile, 'sendingHours' | 'timeZone'>

/** How many messages still have to leave: all that are neither settled nor parked nor held for sending hours. */
export async function countRemaining({ tx, now }: Reading, profile: Hours): Promise<number> {
  let remaining = 0
  // Any moment at all: it says that the index by due time is meant, and not the one that holds all that was ever asked for.
  const isEver = gte(messages.dueAt, new Date(0))
  const lanes = channels.flatMap((channel) => lanesAt(now, profile, channel))
  for (const part of [...lanes.map((lane) => and(isInLane(lane), isEver)), isLeased]) remaining += await tx.$count(messages, part)
  return remaining
}

/** Whether there is anything of the channel to lease now. Costs a few look-ups, however much waits. */
export async function hasDueMessages(reading: Reading, profile: Hours, of: readonly Channel[] = channels): Promise<boolean> {
  for (const part of takeableNow(reading, profile, of)) {
    if ((await reading.tx.select({ id: messages.id }).from(messages).where(part).limit(1)).length > 0) return true
  }
  return false
}

/** Whether notices or texts of these runs still have to leave; texts that are held for sending hours do not count. */
export async function hasUnsettledMessages({ tx, now }: Reading, profile: Hours, runIds: readonly number[]): Promise<boolean> {
  for (const runId of runIds) {
    for (const part of [isNoticeWaiting, ...lanesAt(now, profile, 'text').map(isInLane), isLeased]) {
      const [one] = await tx.select({ id: messages.id }).from(messages).where(and(part, sql`${messages.runId} = ${runId}`)).limit(1)
      if (one) return true
    }
  }
  return false
}
