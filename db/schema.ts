import { postgres, sqlite } from './columns.ts'
import { chosenEngine } from './engine.ts'
import { tablesFor } from './schema/tables-for.ts'

/** The tables of the engine of this process. */
export const {
  courts, courtCounties, cases, parties, nameWords, docketEntries, digestRuns, docketChanges, scheduledEvents, scheduledPayments,
  subscribers, subscriptions, trackingRequests, reportRequests, usedCaptchas,
  messageContents, outboxBatches, outboxMessages, providerPaces, mailboxMessages,
} = tablesFor(chosenEngine() === 'postgres' ? postgres : sqlite)
