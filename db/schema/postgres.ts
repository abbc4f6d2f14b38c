import { postgres } from '../columns.ts'
import { tablesFor } from './tables-for.ts'

// For drizzle-kit, which wants each table as an export of its own.
export const {
  courts, courtCounties, cases, formerCaseNumbers, parties, nameWords, namePairs, docketEntries, digestRuns, scheduledEvents, docketChanges,
  scheduledPayments, historyImports, takenDeliveries, eveningHolds, restorations,
  subscribers, phones, subscriptions, formerSubscriptions, phoneVerifications, textReplies, toldEvents, toldPayments,
  trackingRequests, reportRequests, usedCaptchas, formerSubscribers, consentWords, consents,
  accounts, accountSessions, accountCredentials, accountRequests, savedSearches, rateLimits, secondFactors,
  messageContents, outboxBatches, outboxMessages, bundledNotices, providerPaces, mailboxMessages, outages,
} = tablesFor(postgres)
