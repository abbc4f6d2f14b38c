import { sql, type SQL } from 'drizzle-orm'
import { cases, courts, messageContents, subscriptions } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { isTracked } from '../digest/is-tracked.ts'

/** What decides which cases are told of. */
export type Told = Pick<CourtProfile, 'caseTypes'>

/** Whether the case of a row, joined with its court, is told of at all (A5). */
export const isTold = (profile: Told): SQL => {
  const ofType = isTracked(profile)
  return ofType ? sql`${courts.isTakingPart} and ${ofType}` : sql`${courts.isTakingPart}`
}

/**
 * The branches of a `case` by which what an evening owes a subscription may not leave any more (rule 6), of a row that is joined
 * with its content, subscription, case and court. Stopped and begun anew since: what came before the new beginning is not told (F4).
 */
export const noticeObstacle = (profile: Told): SQL => sql`
  when ${messageContents.withdrawnAt} is not null then 'withdrawn'
  when coalesce(${subscriptions.emailState}, '') <> 'active' then 'stopped'
  when coalesce(${subscriptions.emailActiveAfter} >= ${messageContents.firstChangeId}, false) then 'stopped'
  when coalesce(${messageContents.missedAfter} < ${subscriptions.begunAfter}, false) then 'stopped'
  when coalesce(${cases.security}, '') <> 'public' then 'notPublic'
  when not (${isTold(profile)}) then 'notTold'`
