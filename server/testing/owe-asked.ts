import { cases, subscribers, subscriptions, trackingRequests } from '../../db/schema.ts'
import { caseNumberKey } from '../contract/case-number.ts'
import type { ReportContent, VerificationContent } from '../domain/outbox/message-content.ts'
import { putMessage } from '../domain/outbox/put-message.ts'
import type { Work } from '../work.ts'
import { aNotice } from './owe-notices.ts'

// Mail that a visitor asked for, put down directly, for tests of the outbox.

export interface OwedAsked {
  readonly messageId: number
  readonly subscriberId: number
  readonly requests: readonly { readonly requestId: number; readonly subscriptionId: number; readonly caseId: number }[]
  readonly email: string
}

let last = 0

/** Owes the verification of some cases to one address. */
export async function oweVerification(work: Work, count = 1): Promise<OwedAsked> {
  const asked = await ask(work, count, 'pending')
  const content: VerificationContent = {
    ...frame('Confirm that you want to track'),
    kind: 'verification',
    emailAddress: asked.email,
    more: 0,
    requests: asked.requests.map(({ requestId, subscriptionId }) => ({
      requestId, subscriptionId, linkVersion: 1, caseNumber: `26BA-ASKED-${requestId}`, caseAddress: `https://track.example.org/cases/26BA-ASKED-${requestId}`,
    })),
  }
  const messageId = await putMessage(work, {
    dedupeKey: `verify/${asked.requests.at(-1)?.requestId}/1`, kind: 'verification', subscriberId: asked.subscriberId, content,
  })
  return { ...asked, messageId }
}

/** Owes the report of some tracked cases to one address. */
export async function oweReport(work: Work, count = 1): Promise<OwedAsked> {
  const asked = await ask(work, count, 'active')
  const content: ReportContent = {
    ...anEmptyReport(asked.email),
    reportRequestId: count === 0 ? null : 1,
    cases: asked.requests.map(({ requestId, subscriptionId }) => ({
      subscriptionId, linkVersion: 1, caseNumber: `26BA-ASKED-${requestId}`, caption: 'Harbor v. Lowell',
      caseAddress: `https://track.example.org/cases/26BA-ASKED-${requestId}`, isClosed: false, remark: null, textState: 'Text notices: off', options: [],
    })),
  }
  const messageId = await putMessage(work, { dedupeKey: `report/${++last}`, kind: 'report', subscriberId: asked.subscriberId, content })
  return { ...asked, messageId }
}

/** What a report says to an address that tracks nothing. */
export const anEmptyReport = (emailAddress: string): ReportContent =>
  ({ ...frame('Your tracking report'), kind: 'report', emailAddress, reportRequestId: null, cases: [], more: 0 })

function frame(subject: string) {
  const { sender, serviceName, origin, helpDesk, notOfficial } = aNotice()
  return { sender, serviceName, origin, helpDesk, notOfficial, subject }
}

async function ask({ tx, now }: Work, count: number, emailState: 'pending' | 'active'): Promise<Omit<OwedAsked, 'messageId'>> {
  const options = { eventTenDays: false, eventTwoDays: false, paymentTwoDays: false }
  const email = `asked-${++last}@mail.example.com`
  const [subscriber] = await tx.insert(subscribers).values({ email, emailKey: email, createdAt: now }).returning({ id: subscribers.id })
  if (!subscriber) throw new Error('The subscriber was not put.')
  const subscriberId = subscriber.id
  const requests: OwedAsked['requests'][number][] = []
  for (let nth = 0; nth < count; nth++) {
    const number = `26BA-ASKED-${++last}`
    const [aCase] = await tx.insert(cases).values({
      number, numberKey: caseNumberKey(number), court: '13-BOONE', caption: 'Harbor v. Lowell', caseType: 'CV', status: 'open',
      security: 'public', recordedAt: now,
    }).returning({ id: cases.id })
    if (!aCase) throw new Error('The case was not put.')
    const caseId = aCase.id
    const [subscription] = await tx.insert(subscriptions).values({
      subscriberId, caseId, emailState, textState: 'none', ...options, emailActiveAfter: emailState === 'active' ? 0 : null, linkVersion: 1, createdAt: now,
    }).returning({ id: subscriptions.id })
    const [request] = await tx.insert(trackingRequests).values({
      subscriberId, caseId, ...options, createdAt: now, expiresAt: new Date(now.getTime() + 7 * 86_400_000),
    }).returning({ id: trackingRequests.id })
    if (!subscription || !request) throw new Error('The request was not put.')
    requests.push({ requestId: request.id, subscriptionId: subscription.id, caseId })
  }
  return { subscriberId, requests, email }
}
