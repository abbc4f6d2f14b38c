import { sqlite } from './columns.ts'
import { docketTables } from './schema/docket-tables.ts'
import { outboxTables } from './schema/outbox-tables.ts'
import { trackingTables } from './schema/tracking-tables.ts'

const docket = docketTables(sqlite)
const tracking = trackingTables(sqlite, docket)
const outbox = outboxTables(sqlite, docket, tracking)

export const {
  courts, courtCounties, cases, parties, nameWords, docketEntries, digestRuns, eveningClaims, docketChanges, scheduledEvents, scheduledPayments,
} = docket
export const { subscribers, subscriptions, trackingRequests, reportRequests, usedCaptchas } = tracking
export const { messageContents, outboxBatches, outboxMessages, mailboxMessages } = outbox
