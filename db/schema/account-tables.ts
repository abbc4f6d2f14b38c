import { sql } from 'drizzle-orm'
import { accountKinds, accountRequestKinds } from '../../server/contract/vocabulary.ts'
import type { CaseSearch } from '../../server/contract/case-search.ts'
import { isOneOf, type Dialect } from '../columns.ts'
import type { TrackingTables } from './tracking-tables.ts'

/** Who has an account, and what only accounts have. The first three are read and written by better-auth too. */
export function accountTables(d: Dialect, { subscribers }: TrackingTables) {
  const accounts = d.table('accounts', {
    id: d.serial(),
    /** `emailKey` of the address: what logs in. How it is spelt stands with the subscriber. */
    email: d.text().notNull(),
    emailVerified: d.boolean().notNull(),
    name: d.text().notNull().default(''),
    image: d.text(),
    kind: d.oneOf(accountKinds).notNull().default('public'),
    isOperator: d.boolean().notNull().default(false),
    /** Of registered accounts (product.md, Words). */
    mailingAddress: d.text(),
    barNumber: d.text(),
    /** The subscriber whose cases are this account's (D6): one and the same address. */
    subscriberId: d.integer().notNull().references(() => subscribers.id),
    /** The newest docket change when My Cases was last looked at: later ones are new (G2). */
    seenChangeId: d.integer().notNull().default(0),
    /** Whether it has a private calendar and a private Atom feed (G5); a revoked address comes back with a higher version. */
    hasCalendar: d.boolean().notNull().default(false),
    calendarVersion: d.integer().notNull().default(0),
    hasAtom: d.boolean().notNull().default(false),
    atomVersion: d.integer().notNull().default(0),
    createdAt: d.instant().notNull(),
    updatedAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('accounts_email_key').on(t.email),
    d.uniqueIndex('accounts_subscriber_key').on(t.subscriberId),
    d.check('accounts_kind_known', isOneOf(t.kind, accountKinds)),
  ])

  const accountSessions = d.table('account_sessions', {
    id: d.serial(),
    userId: d.integer().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    /** Of no use without the signature that only the cookie has. */
    token: d.text().notNull(),
    expiresAt: d.instant().notNull(),
    ipAddress: d.text(),
    userAgent: d.text(),
    /** When the second factor was given in it; null: not yet, or none is asked for (H6). */
    secondFactorAt: d.instant(),
    createdAt: d.instant().notNull(),
    updatedAt: d.instant().notNull(),
  }, (t) => [
    d.uniqueIndex('account_sessions_token_key').on(t.token),
    d.index('account_sessions_user').on(t.userId),
  ])

  const accountCredentials = d.table('account_credentials', {
    id: d.serial(),
    userId: d.integer().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    accountId: d.text().notNull(),
    providerId: d.text().notNull(),
    /** Hashed. */
    password: d.text(),
    createdAt: d.instant().notNull(),
    updatedAt: d.instant().notNull(),
  }, (t) => [d.uniqueIndex('account_credentials_user_provider_key').on(t.userId, t.providerId)])

  /** What an account proves itself with beside its password: a code that changes by the clock (RFC 6238). */
  const secondFactors = d.table('second_factors', {
    accountId: d.integer().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    /** Encrypted: of no use without a key of the environment. */
    secret: d.text().notNull(),
    /** When a code of it was first given: from then on it is asked for. */
    confirmedAt: d.instant(),
    /** The step of the last code that was taken: none is taken twice. */
    lastStep: d.integer().notNull().default(0),
    /** Hashes of the codes that do for it once each. */
    recoveryHashes: d.json<readonly string[]>().notNull(),
    createdAt: d.instant().notNull(),
  }, (t) => [d.primaryKey(t.accountId)])

  /** Something about an account that a link in an e-mail confirms: nothing changes before. */
  const accountRequests = d.table('account_requests', {
    id: d.serial(),
    kind: d.oneOf(accountRequestKinds).notNull(),
    /** The subscriber of the address that confirms: for `changeAddress` the new one. */
    subscriberId: d.integer().notNull().references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Null for `register`: there is no account yet. */
    accountId: d.integer().references(() => accounts.id, { onDelete: 'cascade' }),
    /** For `register`: hashed, taken over by the account when the address is confirmed. */
    passwordHash: d.text(),
    createdAt: d.instant().notNull(),
    expiresAt: d.instant().notNull(),
    usedAt: d.instant(),
    withdrawnAt: d.instant(),
  }, (t) => [
    d.index('account_requests_subscriber').on(t.subscriberId, t.id),
    d.index('account_requests_account').on(t.accountId),
    d.check('account_requests_kind_known', isOneOf(t.kind, accountRequestKinds)),
    d.check('account_requests_one_end', sql`${t.usedAt} is null or ${t.withdrawnAt} is null`),
    d.check('account_requests_account', sql`(${t.kind} = 'register') = (${t.accountId} is null)`),
  ])

  /** Searches that an account keeps, and those that it is told of in the evening (G7). */
  const savedSearches = d.table('saved_searches', {
    id: d.serial(),
    accountId: d.integer().notNull().references(() => accounts.id, { onDelete: 'cascade' }),
    name: d.text().notNull(),
    search: d.json<CaseSearch>().notNull(),
    isWatched: d.boolean().notNull(),
    /** The newest case when it was last looked through: later ones are new. Null while it is not watched. */
    seenCaseId: d.integer(),
    createdAt: d.instant().notNull(),
  }, (t) => [
    d.index('saved_searches_account').on(t.accountId, t.id),
    d.index('saved_searches_watched').on(t.id).where(sql`${t.isWatched}`),
    d.check('saved_searches_seen', sql`not ${t.isWatched} or ${t.seenCaseId} is not null`),
  ])

  /** How often somebody tried something lately, by a key that names nobody (H1). */
  const rateLimits = d.table('rate_limits', {
    key: d.key(),
    points: d.integer().notNull(),
    /** Null: does not end by itself. */
    expiresAt: d.instant(),
  }, (t) => [d.index('rate_limits_expiry').on(t.expiresAt)])

  return { accounts, accountSessions, accountCredentials, accountRequests, savedSearches, rateLimits, secondFactors }
}
export type AccountTables = ReturnType<typeof accountTables>
