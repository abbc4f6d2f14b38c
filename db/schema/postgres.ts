import { postgres } from '../columns.ts'
import { tablesFor } from './tables-for.ts'

// For drizzle-kit, which wants each table as an export of its own.
export const {
  courts, courtCounties, cases, parties, nameWords, docketEntries, digestRuns, docketChanges, scheduledEvents, scheduledPayments,
  subscribers, subscriptions, trackingRequests, reportRequests, usedCaptchas,
  messageContents, outboxBatches, outboxMessages, providerPaces, mailboxMessages,
} = tablesFor(postgres)
