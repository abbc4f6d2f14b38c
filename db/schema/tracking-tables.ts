import { sql } from 'drizzle-orm'
import { emailStates, textStates } from '../../server/contract/vocabulary.ts'
import { isOneOf, type Dialect } from '../columns.ts'
import type { DocketTables } from './docket-tables.ts'

/** Who tracks what, and what was asked and confirmed to get there. */
export function trackingTables(d: Dialect, { cases }: DocketTables) {
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
    /** When a request of this address was first confirmed; null while it has confirmed nothing (H1). */
    confirmedAt: d.instant(),
    /** When mail to it began to be refused; null while it is not suppressed (G4). */
    suppressedAt: d.instant(),
    createdAt: d.instant().notNull(),
  }, (t) => [d.uniqueIndex('subscribers_email_key').on(t.emailKey)])

  const subscriptions = d.table('subscriptions', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    emailState: d.oneOf(emailStates).notNull(),
    textState: d.oneOf(textStates).notNull(),
    phone: d.text(),
    carrier: d.text(),
    ...options(),
    /** The last docket change before e-mail became active: only later ones count (F4). Null until then. */
    emailActiveAfter: d.integer(),
    textActiveAfter: d.integer(),
    /** Raised when tracking begins anew after a stop, so that its mail carries new links (E1). */
    linkVersion: d.integer().notNull(),
    createdAt: d.instant().notNull(),
    emailActiveAt: d.instant(),
    stoppedAt: d.instant(),
  }, (t) => [
    d.uniqueIndex('subscriptions_subscriber_case_key').on(t.subscriberId, t.caseId),
    // All that planning an evening needs of a subscription stands in this index.
    d.index('subscriptions_case_active').on(t.caseId, t.emailActiveAfter, t.id).where(sql`${t.emailState} = 'active'`),
    d.check('subscriptions_email_state_known', isOneOf(t.emailState, emailStates)),
    d.check('subscriptions_text_state_known', isOneOf(t.textState, textStates)),
    d.check('subscriptions_active_after', sql`${t.emailState} <> 'active' or ${t.emailActiveAfter} is not null`),
    d.check('subscriptions_text_active_after', sql`${t.textState} <> 'active' or ${t.textActiveAfter} is not null`),
    d.check('subscriptions_text_has_phone', sql`${t.textState} not in ('pending', 'active') or ${t.phone} is not null`),
  ])

  /** One asking through the form. It carries its own phone and options until its confirm link is used (C3). */
  const trackingRequests = d.table('tracking_requests', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    caseId: d.integer().notNull().references(() => cases.id, { onDelete: 'cascade' }),
    phone: d.text(),
    carrier: d.text(),
    ...options(),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
    confirmedAt: d.instant(),
    withdrawnAt: d.instant(),
  }, (t) => [
    d.index('tracking_requests_pending').on(t.subscriberId, t.id)
      .where(sql`${t.confirmedAt} is null and ${t.withdrawnAt} is null`),
    d.index('tracking_requests_subscriber_case').on(t.subscriberId, t.caseId),
    d.check('tracking_requests_one_end', sql`${t.confirmedAt} is null or ${t.withdrawnAt} is null`),
  ])

  /** A tracking report that was asked for; its page lives until `expiresAt` (E8). */
  const reportRequests = d.table('report_requests', {
    id: d.serial(),
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
  }, (t) => [d.index('report_requests_subscriber').on(t.subscriberId)])

  /** Captcha answers that were used: none is taken twice. */
  const usedCaptchas = d.table('used_captchas', {
    answer: d.key(),
    expiresAt: d.instant().notNull(),
  }, (t) => [d.index('used_captchas_expiry').on(t.expiresAt)])

  return { subscribers, subscriptions, trackingRequests, reportRequests, usedCaptchas }
}
export type TrackingTables = ReturnType<typeof trackingTables>
