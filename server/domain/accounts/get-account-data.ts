import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import {
  accountRequests, accounts, cases, outboxMessages, phones, phoneVerifications, reportRequests, savedSearches, subscribers, subscriptions, trackingRequests,
} from '../../../db/schema.ts'
import type { Reading } from '../../work.ts'
import { listOwnConsents } from '../consent/list-consents.ts'
import { listSessions } from './account-sessions.ts'
import type { Account } from './find-account.ts'
import { dueWhileOpen } from '../outbox/due-while-open.ts'

/**
 * G1: all that we hold of an account and its address. Of a case that is not public there is nothing, as if it had never been tracked
 * (A6). Of messages what became of them and when, not what they said.
 */
export async function getAccountData(reading: Reading, account: Account) {
  const { tx, now } = reading
  const [row] = await tx.select({ account: accounts, subscriber: subscribers }).from(accounts)
    .innerJoin(subscribers, eq(subscribers.id, accounts.subscriberId)).where(eq(accounts.id, account.id))
  if (!row) throw new Error('An account that is logged in to is gone.')
  const { subscriber } = row
  return {
    exportedAt: now,
    account: {
      emailAddress: subscriber.email, isAddressVerified: row.account.emailVerified, kind: row.account.kind, isOperator: row.account.isOperator,
      name: row.account.name, mailingAddress: row.account.mailingAddress, barNumber: row.account.barNumber, createdAt: row.account.createdAt,
      addressConfirmedAt: subscriber.confirmedAt, addressTakesNoMailSince: subscriber.suppressedAt, addressTakesNoMailBecause: subscriber.suppressedBecause,
      hasOneEmailForAllCases: subscriber.isBundled, hasPrivateNotices: subscriber.isPrivate, hasCalendar: row.account.hasCalendar, hasAtomFeed: row.account.hasAtom,
    },
    sessions: (await listSessions(reading, account.id)).map(({ userAgent, since }) => ({ browser: userAgent, since })),
    subscriptions: await listSubscriptions(reading, subscriber.id),
    requests: await listRequests(reading, subscriber.id),
    reportRequests: await tx.select({ askedAt: reportRequests.createdAt }).from(reportRequests)
      .where(eq(reportRequests.subscriberId, subscriber.id)).orderBy(asc(reportRequests.id)),
    accountRequests: await tx.select({
      kind: accountRequests.kind, askedAt: accountRequests.createdAt, usedAt: accountRequests.usedAt, withdrawnAt: accountRequests.withdrawnAt,
    }).from(accountRequests).where(or(
      eq(accountRequests.accountId, account.id), and(isNull(accountRequests.accountId), eq(accountRequests.subscriberId, subscriber.id)),
    )).orderBy(asc(accountRequests.id)),
    consents: (await listOwnConsents(reading, subscriber.id)).map(({ fromHash, ...consent }) => ({ ...consent, from: fromHash })),
    phones: await listPhones(reading, subscriber.id),
    savedSearches: await tx.select({ name: savedSearches.name, search: savedSearches.search, isWatched: savedSearches.isWatched, createdAt: savedSearches.createdAt })
      .from(savedSearches).where(eq(savedSearches.accountId, account.id)).orderBy(asc(savedSearches.id)),
    messages: await listMessages(reading, subscriber.id),
  }
}

const ofCase = { caseNumber: cases.number, court: cases.court }
const isPublic = eq(cases.security, 'public')

function listSubscriptions({ tx }: Reading, subscriberId: number) {
  const pending = alias(phones, 'pending')
  return tx.select({
    ...ofCase, email: subscriptions.emailState, texts: subscriptions.textState, phone: phones.number, phoneToVerify: pending.number,
    eventTenDays: subscriptions.eventTenDays, eventTwoDays: subscriptions.eventTwoDays, paymentTwoDays: subscriptions.paymentTwoDays,
    entries: subscriptions.entryChoice, note: subscriptions.note, createdAt: subscriptions.createdAt, trackedSince: subscriptions.emailActiveAt,
    stoppedAt: subscriptions.stoppedAt, pausedAt: subscriptions.pausedAt, pausedBecause: subscriptions.pausedBecause, pausedUntil: subscriptions.pausedUntil,
  }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), isPublic))
    .leftJoin(phones, eq(phones.id, subscriptions.phoneId))
    .leftJoin(pending, eq(pending.id, subscriptions.pendingPhoneId))
    .where(eq(subscriptions.subscriberId, subscriberId)).orderBy(asc(cases.number), asc(cases.court))
}

function listRequests({ tx }: Reading, subscriberId: number) {
  return tx.select({
    ...ofCase, phone: trackingRequests.phone, carrier: trackingRequests.carrier, eventTenDays: trackingRequests.eventTenDays,
    eventTwoDays: trackingRequests.eventTwoDays, paymentTwoDays: trackingRequests.paymentTwoDays, isChange: trackingRequests.isChange,
    askedAt: trackingRequests.createdAt, confirmedAt: trackingRequests.confirmedAt, withdrawnAt: trackingRequests.withdrawnAt,
  }).from(trackingRequests).innerJoin(cases, and(eq(cases.id, trackingRequests.caseId), isPublic))
    .where(eq(trackingRequests.subscriberId, subscriberId)).orderBy(asc(trackingRequests.id))
}

function listPhones({ tx }: Reading, subscriberId: number) {
  const isOwn = eq(subscriptions.subscriberId, subscriberId)
  return tx.select({ number: phones.number, carrier: phones.carrier, answeredStopAt: phones.stoppedAt }).from(phones).where(or(
    inArray(phones.id, tx.select({ id: subscriptions.phoneId }).from(subscriptions).where(isOwn)),
    inArray(phones.id, tx.select({ id: subscriptions.pendingPhoneId }).from(subscriptions).where(isOwn)),
    inArray(phones.id, tx.select({ id: phoneVerifications.phoneId }).from(phoneVerifications).where(eq(phoneVerifications.subscriberId, subscriberId))),
  )).orderBy(asc(phones.number))
}

const ofMessage = {
  id: outboxMessages.id, kind: outboxMessages.kind, fate: outboxMessages.state, createdAt: outboxMessages.createdAt, dueAt: dueWhileOpen,
  settledAt: outboxMessages.settledAt,
}

async function listMessages({ tx }: Reading, subscriberId: number) {
  const aboutOneCase = await tx.select({ ...ofMessage, ...ofCase }).from(subscriptions)
    .innerJoin(outboxMessages, eq(outboxMessages.subscriptionId, subscriptions.id))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), isPublic))
    .where(eq(subscriptions.subscriberId, subscriberId))
  const of = eq(outboxMessages.subscriberId, subscriberId)
  // Each as its index has it.
  const asked = await tx.select(ofMessage).from(outboxMessages).where(and(of, sql`${outboxMessages.kind} in ('verification', 'report', 'account')`))
  const gathered = await tx.select(ofMessage).from(outboxMessages).where(and(of, sql`${outboxMessages.kind} in ('digest', 'candidates')`))
  return [...aboutOneCase, ...[...asked, ...gathered].map((one) => ({ ...one, caseNumber: null, court: null }))]
    .sort((a, b) => a.id - b.id).map(({ id: _, ...message }) => message)
}
