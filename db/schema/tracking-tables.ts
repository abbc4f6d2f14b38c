import { sql } from 'drizzle-orm'
import { consentActs, emailStates, entryChoices, pauseReasons, replyWords, suppressionReasons, textStates } from '../../server/contract/vocabulary.ts'
import { isOneOf, type Dialect } from '../columns.ts'
import type { DocketTables } from './docket-tables.ts'

/** Who tracks what, and what was asked and confirmed to get there. */
export function trackingTables(d: Dialect, { cases, digestRuns, scheduledEvents, scheduledPayments }: DocketTables) {
  const options = () => ({
    eventTenDays: d.boolean().notNull(),
    eventTwoDays: d.boolean().notNull(),
    paymentTwoDays: d.boolean().notNull(),
  })

  const subscribers = d.table('subscribers', {
    id: d.serial(),
    /** As typed; where mail goes. */
    email: d.text().notNull(),
    /** `emailKey(email)`: one subscriber an address, whatever its case. */
    emailKey: d.text().notNull(),
    /** `mailboxKey(email)`: one for all the spellings that reach one mailbox, by which limits count (H1). */
    mailboxKey: d.text().notNull().default(''),
    /** When a request of this address was first confirmed; null while it has confirmed nothing (H1). */
    confirmedAt: d.instant(),
    /** When mail to it began to be refused; null while it is not suppressed (G4). */
    suppressedAt: d.instant(),
    suppressedBecause: d.oneOf(suppressionReasons),
    /** How many mails to it came back for the time being, one after the other, and when the last did. */
    softBounces: d.integer().notNull().default(0),
    softBouncedAt: d.instant(),
    /** One e-mail an evening for all its cases (F2). */
    isBundled: d.boolean().notNull().default(false),
    /** Its mail names a case and says nothing of it (F11). */
    isPrivate: d.boolean().notNull().default(false),
    createdAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('subscribers_email_key').on(t.emailKey),
    d.index('subscribers_mailbox').on(t.mailboxKey),
    d.index('subscribers_bundled').on(t.id).where(sql`${t.isBundled}`),
    d.index('subscribers_suppressed').on(t.suppressedAt).where(sql`${t.suppressedAt} is not null`),
    d.check('subscribers_suppressed_why', sql`(${t.suppressedAt} is null) = (${t.suppressedBecause} is null)`),
  ])

  /** A subscriber that became one with another, when an account took its address (G1): its links act on that one. */
  const formerSubscribers = d.table('former_subscribers', {
    id: d.integer().notNull(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
  }, (t) => [d.primaryKey(t.id), d.index('former_subscribers_subscriber').on(t.subscriberId)])

  /** A phone that texts may go to, whoever named it. */
  const phones = d.table('phones', {
    id: d.serial(),
    /** `+1…`. */
    number: d.text().notNull(),
    /** The carrier that was named when it was last verified; null while it never was, or where none was asked for. */
    carrier: d.text(),
    /** When it answered STOP; null while it takes texts (E6). */
    stoppedAt: d.instant(),
    createdAt: d.instant().notNull(),
  }, (t) => [d.uniqueIndex('phones_number_key').on(t.number)])

  const subscriptions = d.table('subscriptions', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    emailState: d.oneOf(emailStates).notNull(),
    textState: d.oneOf(textStates).notNull(),
    /** The verified phone; kept after a stop. */
    phoneId: d.integer().references(() => phones.id),
    /** The phone that waits to be verified, beside or in place of the verified one (B8). */
    pendingPhoneId: d.integer().references(() => phones.id),
    ...options(),
    /** Since when each option is chosen: what fell due before is not owed (F5). Null where it is not, or e-mail is not active yet. */
    eventTenDaysAt: d.instant(),
    eventTwoDaysAt: d.instant(),
    paymentTwoDaysAt: d.instant(),
    /** The last docket change before e-mail became active: only later ones count (F4). Null until then. */
    emailActiveAfter: d.integer(),
    textActiveAfter: d.integer(),
    /** The last docket change before tracking began, anew after a stop too and not after a pause: of what came until then nothing is told (F4). */
    begunAfter: d.integer().notNull().default(0),
    /** Raised when tracking begins anew after a stop, so that its mail carries new links (E1). */
    linkVersion: d.integer().notNull(),
    createdAt: d.instant().notNull(),
    emailActiveAt: d.instant(),
    stoppedAt: d.instant(),
    /** The reader's own words for the case, which its notices bear (G2). */
    note: d.text().notNull().default(''),
    /** Of which docket entries it is told. */
    entryChoice: d.oneOf(entryChoices).notNull().default('all'),
    /** E-mail is paused since then; null while it is not. */
    pausedAt: d.instant(),
    pausedBecause: d.oneOf(pauseReasons),
    /** The first day of whose evening it is active again by itself; null: by hand only. */
    pausedUntil: d.day(),
    /** The last docket change before the pause; kept until a notice has told what was missed. */
    missedAfter: d.integer(),
    /** The last one of the pause; null while it lasts. */
    missedThrough: d.integer(),
  }, (t) => [
    d.uniqueIndex('subscriptions_subscriber_case_key').on(t.subscriberId, t.caseId),
    d.index('subscriptions_case').on(t.caseId),
    d.index('subscriptions_phone').on(t.phoneId).where(sql`${t.phoneId} is not null`),
    d.index('subscriptions_pending_phone').on(t.pendingPhoneId).where(sql`${t.pendingPhoneId} is not null`),
    // All that planning an evening needs of a subscription stands in this index.
    d.index('subscriptions_case_active').on(t.caseId, t.emailActiveAfter, t.id).where(sql`${t.emailState} = 'active'`),
    // The few that an evening looks at one by one: with a choice of entries, with something missed, or to be woken.
    d.index('subscriptions_choosing').on(t.caseId).where(sql`${t.entryChoice} <> 'all'`),
    d.index('subscriptions_missed').on(t.caseId).where(sql`${t.missedThrough} is not null`),
    d.index('subscriptions_paused').on(t.pausedUntil, t.id).where(sql`${t.emailState} = 'paused'`),
    d.check('subscriptions_pause', sql`(${t.emailState} = 'paused') = (${t.pausedAt} is not null) and (${t.pausedAt} is null) = (${t.pausedBecause} is null)`),
    d.check('subscriptions_missed', sql`${t.missedAfter} is not null or (${t.pausedAt} is null and ${t.missedThrough} is null)`),
    d.check('subscriptions_entry_choice_known', isOneOf(t.entryChoice, entryChoices)),
    d.check('subscriptions_email_state_known', isOneOf(t.emailState, emailStates)),
    d.check('subscriptions_text_state_known', isOneOf(t.textState, textStates)),
    d.check('subscriptions_active_after', sql`${t.emailState} <> 'active' or ${t.emailActiveAfter} is not null`),
    d.check('subscriptions_text_active_after', sql`${t.textState} <> 'active' or ${t.textActiveAfter} is not null`),
    // By phone within a case: one phone gets one text a fact, however many addresses named it (F7).
    d.index('subscriptions_case_texted').on(t.caseId, t.phoneId, t.textActiveAfter).where(sql`${t.textState} = 'active'`),
    d.check('subscriptions_text_has_phone', sql`${t.textState} <> 'active' or ${t.phoneId} is not null`),
    d.check('subscriptions_text_awaits_phone', sql`${t.textState} <> 'pending' or ${t.pendingPhoneId} is not null`),
  ])

  /** A subscription that became one with another, when two cases turned out to be one (A9): its links act on that one. */
  const formerSubscriptions = d.table('former_subscriptions', {
    id: d.integer().notNull(),
    subscriptionId: d.integer().notNull().references(() => subscriptions.id, { onDelete: 'cascade' }),
  }, (t) => [d.primaryKey(t.id), d.index('former_subscriptions_now').on(t.subscriptionId)])

  /** One verifying of a phone by an address, with the link in its text (C4). */
  const phoneVerifications = d.table('phone_verifications', {
    id: d.serial(),
    /** The subscription that it was asked for; confirming it counts for all of the address that wait for the phone. */
    subscriptionId: d.integer().notNull().references(() => subscriptions.id, { onDelete: 'cascade' }),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    phoneId: d.integer().notNull().references(() => phones.id),
    carrier: d.text(),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
    confirmedAt: d.instant(),
    withdrawnAt: d.instant(),
  }, (t) => [
    d.index('phone_verifications_subscriber').on(t.subscriberId, t.phoneId, t.id),
    d.index('phone_verifications_subscription').on(t.subscriptionId),
    d.check('phone_verifications_one_end', sql`${t.confirmedAt} is null or ${t.withdrawnAt} is null`),
  ])

  /** Replies of phones that were taken in, by the provider's own id: none counts twice (E6). */
  const textReplies = d.table('text_replies', {
    providerId: d.key(),
    phoneId: d.integer().notNull().references(() => phones.id),
    word: d.oneOf(replyWords).notNull(),
    repliedAt: d.instant().notNull(),
  }, (t) => [d.check('text_replies_word_known', isOneOf(t.word, replyWords))])

  /** What one subscription was told of an event's start, by whichever channel: each lead once (F5). */
  const toldEvents = d.table('told_events', {
    subscriptionId: d.integer().notNull().references(() => subscriptions.id, { onDelete: 'cascade' }),
    eventId: d.integer().notNull().references(() => scheduledEvents.id, { onDelete: 'cascade' }),
    startsAt: d.instant().notNull(),
    /** Days before, as the option says it. */
    leadDays: d.integer().notNull(),
    runId: d.integer().notNull().references(() => digestRuns.id),
  }, (t) => [
    d.primaryKey(t.eventId, t.startsAt, t.leadDays, t.subscriptionId),
    d.index('told_events_subscription').on(t.subscriptionId),
  ])

  /** What one subscription was told of an instalment, as it stood then (F6). */
  const toldPayments = d.table('told_payments', {
    subscriptionId: d.integer().notNull().references(() => subscriptions.id, { onDelete: 'cascade' }),
    paymentId: d.integer().notNull().references(() => scheduledPayments.id, { onDelete: 'cascade' }),
    amountDueCents: d.money().notNull(),
    pastDueCents: d.money().notNull(),
    runId: d.integer().notNull().references(() => digestRuns.id),
  }, (t) => [
    d.primaryKey(t.paymentId, t.subscriptionId),
    d.index('told_payments_subscription').on(t.subscriptionId),
  ])

  /** One asking through the form. It carries its own phone and options until its confirm link is used (C3). */
  const trackingRequests = d.table('tracking_requests', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    /** `+1…`; null where no texts were asked for. */
    phone: d.text(),
    carrier: d.text(),
    ...options(),
    /** The address tracks the case already and asks for other options (B8). */
    isChange: d.boolean().notNull().default(false),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
    confirmedAt: d.instant(),
    withdrawnAt: d.instant(),
  }, (t) => [
    d.index('tracking_requests_pending').on(t.subscriberId, t.id)
      .where(sql`${t.confirmedAt} is null and ${t.withdrawnAt} is null`),
    d.index('tracking_requests_subscriber_case').on(t.subscriberId, t.caseId),
    d.index('tracking_requests_case').on(t.caseId, t.createdAt),
    d.check('tracking_requests_one_end', sql`${t.confirmedAt} is null or ${t.withdrawnAt} is null`),
  ])

  /** A tracking report that was asked for; its page lives until `expiresAt` (E8). */
  const reportRequests = d.table('report_requests', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
  }, (t) => [d.index('report_requests_subscriber').on(t.subscriberId)])

  /** The words that people agreed to, each once, by their hash (H6). */
  const consentWords = d.table('consent_words', {
    hash: d.key(),
    words: d.text().notNull(),
    firstUsedAt: d.instant().notNull(),
  })

  /** When, from where and in which words an address or a phone asked, confirmed and stopped (H6). */
  const consents = d.table('consents', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Null for what is about no one case. */
    caseId: d.integer().references(() => cases.id, { onDelete: 'cascade' }),
    phoneId: d.integer().references(() => phones.id),
    /** The address that did it, as a subscriber's `emailKey`, where that of its subscriber is another by now. */
    formerEmailKey: d.text(),
    act: d.oneOf(consentActs).notNull(),
    /** Of what was said beside the button. */
    wordsHash: d.text().notNull().references(() => consentWords.hash),
    /** The client address, hashed with a secret; null where it came by command or in a reply. */
    fromHash: d.text(),
    at: d.instant().notNull(),
  }, (t) => [
    d.index('consents_subscriber').on(t.subscriberId, t.id),
    d.index('consents_case').on(t.caseId).where(sql`${t.caseId} is not null`),
    d.index('consents_phone').on(t.phoneId).where(sql`${t.phoneId} is not null`),
    d.index('consents_former_address').on(t.formerEmailKey).where(sql`${t.formerEmailKey} is not null`),
    d.check('consents_act_known', isOneOf(t.act, consentActs)),
  ])

  /** Captcha answers that were used: none is taken twice. */
  const usedCaptchas = d.table('used_captchas', {
    answer: d.key(),
    expiresAt: d.instant().notNull(),
  }, (t) => [d.index('used_captchas_expiry').on(t.expiresAt)])

  return {
    subscribers, phones, subscriptions, formerSubscriptions, phoneVerifications, textReplies, toldEvents, toldPayments,
    trackingRequests, reportRequests, usedCaptchas, formerSubscribers, consentWords, consents,
  }
}
export type TrackingTables = ReturnType<typeof trackingTables>
