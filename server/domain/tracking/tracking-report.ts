import { and, asc, eq, inArray } from 'drizzle-orm'
import { cases, courts, reportRequests, subscribers, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { ReportView } from '../../contract/views.ts'
import { chosenOptions, textNoticesSaid } from '../../contract/wording.ts'
import type { Reading, Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import { publicCasesNamed, type CaseName } from '../cases/public-cases-named.ts'
import { isCaseAllowed } from '../limits/is-case-allowed.ts'
import { takeVisitorMail } from '../limits/take-visitor-mail.ts'
import { openLink, signLink, type LinkKeys } from '../links/link-token.ts'
import type { TrackedCaseContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { verifiedStates } from './email-verified.ts'
import { putSubscriber, type Subscriber } from './put-subscriber.ts'
import { textNoticesAmong } from './text-notices.ts'

const reportLivesHours = 24

/**
 * B4: owes an address the e-mail that lists what it tracks, or says that nothing is tracked, within the limits of H1, those
 * of the case on whose form it was asked for included. Says nothing of what was known.
 */
export async function requestReport(work: Work, site: Site, email: string, askedOn?: CaseName): Promise<void> {
  const { limits } = site.profile
  const [of] = askedOn === undefined ? [] : (await publicCasesNamed(work, askedOn)).found
  const subscriber = await putSubscriber(work, email)
  if (of === undefined || await isCaseAllowed(work, of.case.id, limits)) await oweReport(work, site, subscriber, 'Your tracking report')
}

/** The same for a subscriber, under this subject. */
export async function oweReport(work: Work, site: Site, subscriber: Subscriber, subject: string): Promise<void> {
  const { tx, now } = work
  if (!await takeVisitorMail(work, subscriber, site.profile)) return
  const [request] = await tx.insert(reportRequests).values({
    subscriberId: subscriber.id, createdAt: now, expiresAt: new Date(now.getTime() + reportLivesHours * 3_600_000),
  }).returning({ id: reportRequests.id })
  if (!request) throw new Error('A report was not kept.')
  const tracked = await listTrackedCases(work, site, subscriber.id)
  const pathOf = await addressesOfCases(work, tracked)
  await putMessage(work, {
    dedupeKey: `report/${request.id}`,
    kind: 'report',
    subscriberId: subscriber.id,
    content: {
      ...messageFrame(site, subject),
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
export async function describeReport(reading: Reading, site: Pick<Site, 'profile'>, keys: LinkKeys, token: string): Promise<ReportView> {
  const target = openLink(keys, 'report', token)
  if (!target) return { kind: 'invalid' }
  const [request] = await reading.tx.select({ subscriberId: subscribers.id, email: subscribers.email, expiresAt: reportRequests.expiresAt })
    .from(reportRequests).innerJoin(subscribers, eq(subscribers.id, reportRequests.subscriberId))
    .where(eq(reportRequests.id, target.id))
  if (!request || request.expiresAt <= reading.now) return { kind: 'invalid' }
  const tracked = await listTrackedCases(reading, site, request.subscriberId)
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
        texts: one.texts,
        phoneEnding: one.phoneEnding,
        options: { eventTenDays: one.eventTenDays, eventTwoDays: one.eventTwoDays, paymentTwoDays: one.paymentTwoDays },
        untold: one.untold,
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
async function listTrackedCases(reading: Reading, { profile }: Pick<Site, 'profile'>, subscriberId: number) {
  const rows = await reading.tx.select({
    id: subscriptions.id,
    linkVersion: subscriptions.linkVersion,
    textState: subscriptions.textState,
    phoneId: subscriptions.phoneId,
    pendingPhoneId: subscriptions.pendingPhoneId,
    eventTenDays: subscriptions.eventTenDays,
    eventTwoDays: subscriptions.eventTwoDays,
    paymentTwoDays: subscriptions.paymentTwoDays,
    number: cases.number,
    caption: cases.caption,
    status: cases.status,
    court: cases.court,
    caseType: cases.caseType,
    ofCourt: { name: courts.name, isTakingPart: courts.isTakingPart },
  }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, eq(courts.code, cases.court))
    .where(and(eq(subscriptions.subscriberId, subscriberId), inArray(subscriptions.emailState, verifiedStates)))
    .orderBy(asc(cases.number), asc(cases.court))
  const textsOf = await textNoticesAmong(reading, rows)
  return rows.map(({ textState, phoneId, pendingPhoneId, ofCourt, ...row }) => ({
    ...row,
    ...(profile.policy.texts === 'off' ? { texts: null, phoneEnding: null } : textsOf({ textState, phoneId, pendingPhoneId })),
    /** Why nothing comes for it any more (A5); null where notices come. */
    untold: whyUntrackable(profile, ofCourt, row.caseType)?.sentence ?? null,
  }))
}

function contentOf(tracked: TrackedCase, caseAddress: string): TrackedCaseContent {
  return {
    subscriptionId: tracked.id,
    linkVersion: tracked.linkVersion,
    caseNumber: tracked.number,
    caption: tracked.caption,
    caseAddress,
    isClosed: tracked.status === 'closed',
    remark: tracked.untold === null ? null : `${tracked.untold} Nothing comes for it any more.`,
    textState: tracked.texts === null ? null : `Text notices: ${textNoticesSaid(tracked.texts, tracked.phoneEnding)}`,
    options: chosenOptions(tracked),
  }
}
