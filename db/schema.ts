import { postgres, sqlite } from './columns.ts'
import { chosenEngine } from './engine.ts'
import { tablesFor } from './schema/tables-for.ts'

/** The tables of the engine of this process. */
export const {
  courts, courtCounties, cases, formerCaseNumbers, parties, nameWords, namePairs, docketEntries, digestRuns, scheduledEvents, docketChanges,
  scheduledPayments, historyImports, takenDeliveries, eveningHolds, restorations,
  subscribers, phones, subscriptions, formerSubscriptions, phoneVerifications, textReplies, toldEvents, toldPayments,
  trackingRequests, reportRequests, usedCaptchas, formerSubscribers, consentWords, consents,
  accounts, accountSessions, accountCredentials, accountRequests, savedSearches, rateLimits, secondFactors,
  messageContents, outboxBatches, outboxMessages, bundledNotices, providerPaces, mailboxMessages, outages,
} = tablesFor(chosenEngine() === 'postgres' ? postgres : sqlite)
