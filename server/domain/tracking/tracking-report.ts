import { and, asc, eq, inArray } from 'drizzle-orm'
import { cases, courts, reportRequests, subscribers, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { ReportView } from '../../contract/views.ts'
import { courtTakesNoPart } from '../../contract/wording.ts'
import type { Reading, Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { isMailAllowed } from '../limits/is-mail-allowed.ts'
import { openLink, signLink, type LinkKeys } from '../links/link-token.ts'
import type { TrackedCaseContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { putSubscriber } from './put-subscriber.ts'

const reportLivesHours = 24

/**
 * B4: owes an address the e-mail that lists what it tracks, or says that nothing is tracked, within the limits of H1.
 * Says nothing of what was known.
 */
export async function requestReport(work: Work, site: Site, email: string): Promise<void> {
  const { tx, now } = work
  const subscriber = await putSubscriber(work, email)
  const [request] = await tx.insert(reportRequests).values({
    subscriberId: subscriber.id, createdAt: now, expiresAt: new Date(now.getTime() + reportLivesHours * 3_600_000),
  }).returning({ id: reportRequests.id })
  if (!request || !await isMailAllowed(work, subscriber, site.profile.limits)) return
  const tracked = await listTrackedCases(work, subscriber.id)
  const pathOf = await addressesOfCases(work, tracked)
  await putMessage(work, {
    dedupeKey: `report/${request.id}`,
    kind: 'report',
    subscriberId: subscriber.id,
    content: {
      ...messageFrame(site, 'Your tracking report'),
      kind: 'report',
      emailAddress: subscriber.email,
      reportRequestId: tracked.length > 0 ? request.id : null,
      cases: tracked.slice(0, maxInMail).map((one) => contentOf(one, site.origin + pathOf(one))),
      more: Math.max(0, tracked.length - maxInMail),
    },
  })
}

// So that the e-mail stays below 100 KB (F12); its page lists all.
const maxInMail = 50

/** The report as a page, as things stand now; `invalid` when the token is not one of ours or older than 24 hours (E8). */
export async function describeReport(reading: Reading, keys: LinkKeys, token: string): Promise<ReportView> {
  const target = openLink(keys, 'report', token)
  if (!target) return { kind: 'invalid' }
  const [request] = await reading.tx.select({ subscriberId: subscribers.id, email: subscribers.email, expiresAt: reportRequests.expiresAt })
    .from(reportRequests).innerJoin(subscribers, eq(subscribers.id, reportRequests.subscriberId))
    .where(eq(reportRequests.id, target.id))
  if (!request || request.expiresAt <= reading.now) return { kind: 'invalid' }
  const tracked = await listTrackedCases(reading, request.subscriberId)
  const pathOf = await addressesOfCases(reading, tracked)
  const stopAll = `/stop-all/${signLink(keys, 'stopAll', { id: request.subscriberId, version: 1 })}`
  return {
    kind: 'report',
    emailAddress: request.email,
    cases: tracked.map((one) => {
      const stop = `/stop/${signLink(keys, 'stop', { id: one.id, version: one.linkVersion })}`
      return {
        caseNumber: displayText(one.number),
        caseAddress: pathOf(one),
        caption: displayText(one.caption),
        isClosed: one.status === 'closed',
        textState: one.textState,
        options: { eventTenDays: one.eventTenDays, eventTwoDays: one.eventTwoDays, paymentTwoDays: one.paymentTwoDays },
        isTold: one.isTakingPart,
        stopAddress: `${stop}?choice=emailAndText`,
        stopTextAddress: `${stop}?choice=textOnly`,
      }
    }),
    stopAllAddress: `${stopAll}?choice=emailAndText`,
    stopAllTextAddress: `${stopAll}?choice=textOnly`,
  }
}

type TrackedCase = Awaited<ReturnType<typeof listTrackedCases>>[number]

/** The verified subscriptions of a subscriber in ascending order of case number (E8); none of a case that is not public (A6). */
async function listTrackedCases({ tx }: Reading, subscriberId: number) {
  return tx.select({
    id: subscriptions.id,
    linkVersion: subscriptions.linkVersion,
    textState: subscriptions.textState,
    eventTenDays: subscriptions.eventTenDays,
    eventTwoDays: subscriptions.eventTwoDays,
    paymentTwoDays: subscriptions.paymentTwoDays,
    number: cases.number,
    caption: cases.caption,
    status: cases.status,
    court: cases.court,
    courtName: courts.name,
    isTakingPart: courts.isTakingPart,
  }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.emailState, ['active', 'paused'])))
    .orderBy(asc(cases.number), asc(cases.court))
}

function contentOf(tracked: TrackedCase, caseAddress: string): TrackedCaseContent {
  const options = [
    ...(tracked.eventTenDays ? ['10 days before a scheduled event'] : []),
    ...(tracked.eventTwoDays ? ['2 days before a scheduled event'] : []),
    ...(tracked.paymentTwoDays ? ['2 days before a scheduled payment'] : []),
  ]
  return {
    subscriptionId: tracked.id,
    linkVersion: tracked.linkVersion,
    caseNumber: tracked.number,
    caption: tracked.caption,
    caseAddress,
    isClosed: tracked.status === 'closed',
    remark: tracked.isTakingPart ? null : `${courtTakesNoPart(tracked.courtName)} Nothing will come for it.`,
    textState: `Text notices: ${tracked.textState === 'active' ? 'on' : tracked.textState === 'pending' ? 'waiting to be verified' : 'off'}`,
    options,
  }
}
