import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { phones, phoneVerifications, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { stopWords } from '../../contract/consent-wording.ts'
import type { StopChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import type { LinkTarget } from '../links/link-token.ts'
import { putConsents, type Manner } from '../consent/put-consents.ts'
import { findLinkedSubscription } from './find-linked-subscription.ts'
import { stopSubscriptions } from './stop-tracking.ts'
import { trustedFor } from './trusted-for.ts'

interface PhoneOfCase {
  readonly caseId: number
  readonly phoneId: number
}

/**
 * E6: the link of a text stops the texts of its case to that phone, however many addresses named it. With e-mail it stops
 * also the e-mail of those that vouched for the phone and get texts there now; of others texts only. To stop again, or a
 * subscription that no longer exists, changes nothing. What it came to.
 */
export async function stopTexts(work: Work, { id, version: phoneId }: LinkTarget, choice: StopChoice, manner: Manner = {}): Promise<StopChoice> {
  const subscription = await findLinkedSubscription(work, id)
  return subscription ? stopPhone(work, { caseId: subscription.caseId, phoneId }, choice, manner) : choice
}

/**
 * The same for the link of a text that asked a phone to be verified. Until it was, its holder may be anybody whom a visitor
 * named: then only the asking ends, and the phone that gets texts now goes on getting them.
 */
export async function refuseTexts(work: Work, { id }: Pick<LinkTarget, 'id'>, choice: StopChoice, manner: Manner = {}): Promise<StopChoice> {
  const [asked] = await work.tx.select({ caseId: subscriptions.caseId, phoneId: phoneVerifications.phoneId }).from(phoneVerifications)
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .where(eq(phoneVerifications.id, id))
  return asked ? stopPhone(work, asked, choice, manner) : 'textOnly'
}

async function stopPhone(work: Work, phone: PhoneOfCase, choice: StopChoice, manner: Manner): Promise<StopChoice> {
  const { tx } = work
  const said = { words: stopWords.case(choice), ...manner }
  const named = await tx.select({ id: subscriptions.id, emailState: subscriptions.emailState, textState: subscriptions.textState }).from(subscriptions)
    .where(and(eq(subscriptions.caseId, phone.caseId), eq(subscriptions.phoneId, phone.phoneId)))
  const trusted = await trustedFor(work, phone.phoneId, named.map((one) => one.id))
  const own = named.filter((one) => one.textState === 'active' && trusted.has(one.id))
  if (own.length > 0) await stopSubscriptions(work, inArray(subscriptions.id, own.map((one) => one.id)), choice, said)
  await forgetPhone(work, phone, said)
  const isEmailStopped = own.length > 0 || named.some((one) => one.emailState === 'stopped' && trusted.has(one.id))
  return choice === 'emailAndText' && isEmailStopped ? choice : 'textOnly'
}

/** Ends what the phone gets or is asked of the case; another phone goes on waiting. */
async function forgetPhone(work: Work, { caseId, phoneId }: PhoneOfCase, said: Manner & { readonly words: string }): Promise<void> {
  const { tx, now } = work
  const isOfCase = eq(subscriptions.caseId, caseId)
  const names = or(eq(subscriptions.pendingPhoneId, phoneId), and(eq(subscriptions.phoneId, phoneId), eq(subscriptions.textState, 'active')))
  const naming = await tx.select({ subscriberId: subscriptions.subscriberId }).from(subscriptions).where(and(isOfCase, names))
  await putConsents(work, naming.map(({ subscriberId }) => ({ act: 'stoppedText', subscriberId, caseId, phoneId })), said)
  const waits = and(isOfCase, eq(subscriptions.pendingPhoneId, phoneId))
  await tx.update(subscriptions).set({ textState: 'stopped', pendingPhoneId: null }).where(and(waits, eq(subscriptions.textState, 'pending')))
  await tx.update(subscriptions).set({ pendingPhoneId: null }).where(waits)
  const gets = and(isOfCase, eq(subscriptions.phoneId, phoneId), eq(subscriptions.textState, 'active'))
  await tx.update(subscriptions).set({ textState: 'stopped' }).where(and(gets, isNull(subscriptions.pendingPhoneId)))
  await tx.update(subscriptions).set({ textState: 'pending' }).where(gets)
  const ofCase = tx.select({ id: subscriptions.id }).from(subscriptions).where(isOfCase)
  await tx.update(phoneVerifications).set({ withdrawnAt: now }).where(and(
    eq(phoneVerifications.phoneId, phoneId), inArray(phoneVerifications.subscriptionId, ofCase),
    isNull(phoneVerifications.confirmedAt), isNull(phoneVerifications.withdrawnAt),
  ))
  const number = tx.select({ number: phones.number }).from(phones).where(eq(phones.id, phoneId))
  await tx.update(trackingRequests).set({ phone: null, carrier: null }).where(and(
    eq(trackingRequests.caseId, caseId), inArray(trackingRequests.phone, number),
    isNull(trackingRequests.confirmedAt), isNull(trackingRequests.withdrawnAt),
  ))
}
