import { and, asc, eq, gt, gte, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import { accounts, cases, courts, docketChanges, docketEntries, scheduledEvents, subscriptions } from '../../../db/schema.ts'
import { soonDays } from '../../contract/my-cases-view.ts'
import { caseTypeName } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'

/** Whose cases are listed. */
export interface CasesOwner {
  readonly id: number
  readonly subscriberId: number
}

export interface MyCaseRow {
  readonly subscription: Pick<typeof subscriptions.$inferSelect, 'id' | 'caseId' | 'emailState' | 'note'>
  readonly case: Pick<typeof cases.$inferSelect, 'number' | 'caption' | 'caseType' | 'status' | 'lastActivityAt'>
  readonly court: Pick<typeof courts.$inferSelect, 'code' | 'name' | 'shortName' | 'timeZone' | 'isTakingPart'>
  readonly typeName: string
  readonly nextEvent: { readonly startsAt: Date; readonly kind: string } | null
  readonly hearingsSoon: number
  readonly isNew: boolean
}

interface MyCasesRead {
  readonly rows: readonly MyCaseRow[]
  readonly since: number
  readonly seenThrough: number
}

/**
 * What an account tracks or stopped, with what is new in it since it last looked, or since `before`
 * where that is earlier. Cases that are not public are in none of it (A6), nor is what is sealed (A9). The number of looks at the database is the same
 * however many cases there are.
 */
export async function readMyCases(
  reading: Reading, profile: CourtProfile, { id, subscriberId }: CasesOwner, before: number | null, only?: SQL,
): Promise<MyCasesRead> {
  const { tx, now } = reading
  const seenThrough = await lastChangeId(reading)
  const [account] = await tx.select({ seen: accounts.seenChangeId }).from(accounts).where(eq(accounts.id, id))
  const since = Math.min(before ?? Number.MAX_SAFE_INTEGER, account?.seen ?? seenThrough)
  // No more of each than what sorts, filters and counts ask: of a thousand, fifty are shown.
  const found = await tx.select({
    subscription: { id: subscriptions.id, caseId: subscriptions.caseId, emailState: subscriptions.emailState, note: subscriptions.note },
    case: { number: cases.number, caption: cases.caption, caseType: cases.caseType, status: cases.status, lastActivityAt: cases.lastActivityAt },
    courtCode: cases.court,
  }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(and(eq(subscriptions.subscriberId, subscriberId), only))
  const courtOf = new Map((await tx.select({
    code: courts.code, name: courts.name, shortName: courts.shortName, timeZone: courts.timeZone, isTakingPart: courts.isTakingPart,
  }).from(courts)).map((court) => [court.code, court]))
  const changed = await changedSince(reading, subscriberId, since, only)
  const coming = Map.groupBy(await comingEvents(reading, subscriberId, only), ({ caseId }) => caseId)
  const soon = new Date(now.getTime() + soonDays * 86_400_000)
  const rows = found.flatMap(({ courtCode, ...row }) => {
    const events = coming.get(row.subscription.caseId) ?? []
    const court = courtOf.get(courtCode)
    return court === undefined ? [] : [{
      ...row,
      court,
      typeName: caseTypeName(profile, row.case.caseType),
      nextEvent: events[0] ?? null,
      hearingsSoon: events.filter(({ startsAt }) => startsAt <= soon).length,
      isNew: changed.has(row.subscription.id),
    }]
  })
  return { rows, since, seenThrough }
}

/** Of which of its subscriptions something is to be seen that came later than this change and after it was tracked. */
async function changedSince({ tx }: Reading, subscriberId: number, since: number, only: SQL | undefined): Promise<Set<number>> {
  // What a pause missed is new all the same.
  const begun = sql`coalesce(${subscriptions.missedAfter}, ${subscriptions.emailActiveAfter})`
  const rows = await tx.selectDistinct({ id: subscriptions.id }).from(subscriptions)
    .innerJoin(docketChanges, and(eq(docketChanges.caseId, subscriptions.caseId), gt(docketChanges.id, since), eq(docketChanges.isQuiet, false)))
    .leftJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .leftJoin(scheduledEvents, eq(scheduledEvents.id, docketChanges.eventId))
    .where(and(
      eq(subscriptions.subscriberId, subscriberId), ne(subscriptions.emailState, 'stopped'), only,
      or(gt(docketChanges.id, begun), and(isNull(begun), gte(docketChanges.recordedAt, subscriptions.createdAt))),
      or(isNull(docketChanges.entryId), eq(docketEntries.security, 'public')),
      or(isNull(docketChanges.eventId), eq(scheduledEvents.security, 'public')),
    ))
  return new Set(rows.map((row) => row.id))
}

const comingEvents = ({ tx, now }: Reading, subscriberId: number, only: SQL | undefined) =>
  tx.select({ caseId: scheduledEvents.caseId, startsAt: scheduledEvents.startsAt, kind: scheduledEvents.kind }).from(subscriptions)
    .innerJoin(scheduledEvents, eq(scheduledEvents.caseId, subscriptions.caseId))
    .where(and(
      eq(subscriptions.subscriberId, subscriberId), only, gte(scheduledEvents.startsAt, now),
      eq(scheduledEvents.status, 'scheduled'), eq(scheduledEvents.security, 'public'),
    ))
    .orderBy(asc(scheduledEvents.startsAt), asc(scheduledEvents.id))
