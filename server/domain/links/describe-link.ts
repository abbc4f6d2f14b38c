import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import { cases, subscribers, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { LinkView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { openLink, type LinkKeys, type LinkTarget } from './link-token.ts'

const invalid: LinkView = { kind: 'invalid' }

/**
 * What the page behind a confirm link shows (C2, C3): a request, or all of one address up to the one its e-mail listed
 * last. Everything that cannot be confirmed is `invalid`, without a word why. Changes nothing.
 */
export async function describeConfirmLink(reading: Reading, keys: LinkKeys, token: string): Promise<LinkView> {
  const one = openLink(keys, 'confirm', token)
  if (one) return describeRequest(reading, one)
  const all = openLink(keys, 'confirmAll', token)
  return all ? describeRequests(reading, all) : invalid
}

const confirmable = (reading: Reading) => and(
  isNull(trackingRequests.withdrawnAt),
  eq(cases.security, 'public'),
  or(
    and(isNull(trackingRequests.confirmedAt), gt(trackingRequests.expiresAt, reading.now)),
    eq(subscriptions.emailState, 'active'),
  ),
)

const requestsOf = ({ tx }: Reading) => tx.select({
  number: cases.number,
  email: subscribers.email,
  phone: trackingRequests.phone,
  confirmedAt: trackingRequests.confirmedAt,
}).from(trackingRequests)
  .innerJoin(subscribers, eq(subscribers.id, trackingRequests.subscriberId))
  .innerJoin(cases, eq(cases.id, trackingRequests.caseId))
  .innerJoin(subscriptions, and(
    eq(subscriptions.subscriberId, trackingRequests.subscriberId),
    eq(subscriptions.caseId, trackingRequests.caseId),
  ))

async function describeRequest(reading: Reading, { id }: LinkTarget): Promise<LinkView> {
  const [found] = await requestsOf(reading).where(and(eq(trackingRequests.id, id), confirmable(reading)))
  return found
    ? {
      kind: 'confirm', caseNumber: displayText(found.number), emailAddress: found.email, isConfirmed: found.confirmedAt !== null,
      isWithText: found.phone !== null,
    }
    : invalid
}

async function describeRequests(reading: Reading, { id, version }: LinkTarget): Promise<LinkView> {
  const found = await requestsOf(reading)
    .where(and(eq(trackingRequests.subscriberId, id), lte(trackingRequests.id, version), confirmable(reading)))
    .orderBy(asc(trackingRequests.id))
  const [first] = found
  if (!first) return invalid
  return {
    kind: 'confirmAll',
    emailAddress: first.email,
    cases: [...new Set(found.map((one) => displayText(one.number)))],
    isConfirmed: found.every((one) => one.confirmedAt !== null),
  }
}

/**
 * What the page behind a stop link shows (E1, E5). A case that is no longer public, and one whose subscription is gone,
 * is named by no number. Changes nothing.
 */
export async function describeStopLink(reading: Reading, keys: LinkKeys, token: string): Promise<LinkView> {
  const target = openLink(keys, 'stop', token)
  if (!target) return invalid
  const [found] = await reading.tx.select({ number: cases.number }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(subscriptions.id, target.id))
  return { kind: 'stop', caseNumber: displayText(found?.number ?? null) }
}

/** The same for a link that stops all (E2). */
export const describeStopAllLink = (keys: LinkKeys, token: string): LinkView =>
  openLink(keys, 'stopAll', token) ? { kind: 'stopAll' } : invalid
