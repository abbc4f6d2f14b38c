import { and, eq } from 'drizzle-orm'
import { cases, phones, phoneVerifications, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { ConfirmableView, LinkView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { findAddressChange } from '../accounts/change-address.ts'
import { findRegistration } from '../accounts/confirm-account.ts'
import { findReset } from '../accounts/reset-password.ts'
import type { Site } from '../outbox/message-frame.ts'
import { isConfirmablePhone } from '../texts/confirm-phone.ts'
import { findConfirmable, listConfirmable, type ConfirmableRequest } from '../tracking/confirmable-requests.ts'
import { findLinkedSubscription } from '../tracking/find-linked-subscription.ts'
import { openLink, type LinkKeys } from './link-token.ts'

const invalid: LinkView = { kind: 'invalid' }

type TextsPolicy = Pick<Site, 'profile'>

/**
 * What the page behind a confirm link shows (C2, C3, C4): a request, all of one address up to the one its e-mail listed last,
 * or a phone. What cannot be confirmed is `invalid`, without a word why, unless it is for A5's reason. Changes nothing.
 */
export async function describeConfirmLink(reading: Reading, site: TextsPolicy, keys: LinkKeys, token: string): Promise<LinkView> {
  const one = openLink(keys, 'confirm', token)
  if (one) {
    const found = await findConfirmable(reading, site, one.id)
    return describeRequests(site, found ? [found] : [])
  }
  const all = openLink(keys, 'confirmAll', token)
  if (all) return describeRequests(site, await listConfirmable(reading, site, all.id, all.version))
  const account = openLink(keys, 'register', token)
  if (account) {
    const registration = await findRegistration(reading, account.id)
    return registration ? { kind: 'register', emailAddress: registration.subscriber.email, isConfirmed: registration.isDone } : invalid
  }
  const change = openLink(keys, 'changeAddress', token)
  if (change) {
    const found = await findAddressChange(reading, change.id)
    return found ? { kind: 'changeAddress', emailAddress: found.wanted.email, isConfirmed: found.isDone } : invalid
  }
  const phone = openLink(keys, 'confirmText', token)
  return phone ? describePhone(reading, site, phone.id) : invalid
}

function describeRequests({ profile }: TextsPolicy, found: readonly ConfirmableRequest[]): LinkView {
  const trackable = found.filter(({ why }) => why === null)
  const [first] = trackable
  if (!first) return found[0]?.why ? { kind: 'untrackable', sentence: found[0].why.sentence } : invalid
  return {
    kind: 'confirm',
    emailAddress: first.email,
    requests: trackable.map(({ number, request }): ConfirmableView => ({
      caseNumber: displayText(number),
      isChange: request.isChange,
      options: { eventTenDays: request.eventTenDays, eventTwoDays: request.eventTwoDays, paymentTwoDays: request.paymentTwoDays },
      phoneEnding: request.phone === null || profile.policy.texts === 'off' ? null : endingOf(request.phone),
    })),
    isConfirmed: trackable.every(({ isDone }) => isDone),
  }
}

async function describePhone({ tx, now }: Reading, { profile }: TextsPolicy, verificationId: number): Promise<LinkView> {
  const [found] = await tx.select({ number: cases.number, phone: phones.number, stoppedAt: phones.stoppedAt, verification: phoneVerifications, subscription: subscriptions })
    .from(phoneVerifications)
    .innerJoin(phones, eq(phones.id, phoneVerifications.phoneId))
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(phoneVerifications.id, verificationId))
  if (!found || !isConfirmablePhone(found, now) || profile.policy.texts === 'off') return invalid
  return {
    kind: 'confirmText',
    caseNumber: displayText(found.number),
    phoneEnding: endingOf(found.phone),
    isConfirmed: found.verification.confirmedAt !== null,
    isStopped: found.stoppedAt !== null,
  }
}

const endingOf = (phone: string): string => phone.slice(-4)

/**
 * What the page behind a stop link shows (E1, E5, E6). A case that is no longer public, and one whose subscription is gone,
 * is named by no number. Changes nothing.
 */
export async function describeStopLink(reading: Reading, keys: LinkKeys, token: string): Promise<LinkView> {
  const target = openLink(keys, 'stop', token) ?? openLink(keys, 'stopText', token)
  if (target) return stopView(reading, (await findLinkedSubscription(reading, target.id))?.caseId)
  // Names no case, so that one that is no longer public is not named either.
  if (openLink(keys, 'stopListed', token)) return { kind: 'stopListed' }
  const refused = openLink(keys, 'refuseText', token)
  if (!refused) return invalid
  const [asked] = await reading.tx.select({ caseId: subscriptions.caseId }).from(phoneVerifications)
    .innerJoin(subscriptions, eq(subscriptions.id, phoneVerifications.subscriptionId))
    .where(eq(phoneVerifications.id, refused.id))
  return stopView(reading, asked?.caseId)
}

async function stopView({ tx }: Reading, caseId: number | undefined): Promise<LinkView> {
  if (caseId === undefined) return { kind: 'stop', caseNumber: null }
  const [found] = await tx.select({ number: cases.number }).from(cases).where(and(eq(cases.id, caseId), eq(cases.security, 'public')))
  return { kind: 'stop', caseNumber: displayText(found?.number ?? null) }
}

/** Whether a link still lets a new password be chosen (G1). */
export async function describeResetLink(reading: Reading, keys: LinkKeys, token: string): Promise<LinkView> {
  const target = openLink(keys, 'resetPassword', token)
  return target && await findReset(reading, target.id) ? { kind: 'resetPassword' } : invalid
}

/** The same for a link that stops all (E2). */
export const describeStopAllLink = (keys: LinkKeys, token: string): LinkView =>
  openLink(keys, 'stopAll', token) ? { kind: 'stopAll' } : invalid
