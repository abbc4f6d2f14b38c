import { sql } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'

/** When a message may leave; null once it is settled, since the row does not keep it (P6). */
export const dueWhileOpen = sql<Date | null>`case when ${messages.state} in ('waiting', 'leased', 'parked') then ${messages.dueAt} end`.mapWith(messages.dueAt)
