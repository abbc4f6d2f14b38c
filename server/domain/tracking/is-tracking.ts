import { sql } from 'drizzle-orm'
import { subscriptions } from '../../../db/schema.ts'

/** Whether a subscription counts as tracking: one that was only asked for or was stopped does not, one that is paused does. */
export const isTracking = sql`(${subscriptions.emailState} in ('active', 'paused') or ${subscriptions.textState} = 'active')`
