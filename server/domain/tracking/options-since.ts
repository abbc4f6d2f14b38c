import { sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { as } from '../../../db/columns.ts'
import { subscriptions } from '../../../db/schema.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'

/** The options of a subscription that begins now, and since when each counts (F5). */
export const optionsBegun = ({ eventTenDays, eventTwoDays, paymentTwoDays }: NoticeOptions, now: Date) => ({
  eventTenDays, eventTwoDays, paymentTwoDays,
  eventTenDaysAt: eventTenDays ? now : null, eventTwoDaysAt: eventTwoDays ? now : null, paymentTwoDaysAt: paymentTwoDays ? now : null,
})

/** The options that one which was verified has from now on. What was chosen before counts from when it was: only what is new begins now (F5). */
export function optionsChanged({ eventTenDays, eventTwoDays, paymentTwoDays }: NoticeOptions, now: Date) {
  const { eventTenDaysAt, eventTwoDaysAt, paymentTwoDaysAt } = subscriptions
  // The three columns are of one type.
  const moment = as(eventTenDaysAt, now)
  const since = (isChosen: boolean, column: SQLWrapper): SQL | null => (isChosen ? sql`coalesce(${column}, ${moment})` : null)
  return {
    eventTenDays, eventTwoDays, paymentTwoDays, eventTenDaysAt: since(eventTenDays, eventTenDaysAt),
    eventTwoDaysAt: since(eventTwoDays, eventTwoDaysAt), paymentTwoDaysAt: since(paymentTwoDays, paymentTwoDaysAt),
  }
}
