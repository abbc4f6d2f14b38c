import type { Dialect } from '../columns.ts'
import { accountTables } from './account-tables.ts'
import { docketTables } from './docket-tables.ts'
import { outboxTables } from './outbox-tables.ts'
import { trackingTables } from './tracking-tables.ts'

/** Every table of the service, in an order in which each comes after those that it refers to. */
export function tablesFor(dialect: Dialect) {
  const docket = docketTables(dialect)
  const tracking = trackingTables(dialect, docket)
  return { ...docket, ...tracking, ...accountTables(dialect, tracking), ...outboxTables(dialect, docket, tracking) }
}
