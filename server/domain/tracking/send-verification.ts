import { chosenOptions } from '../../contract/wording.ts'
import type { Reading, Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { takeVisitorMail } from '../limits/take-visitor-mail.ts'
import type { PendingRequestContent } from '../outbox/message-content.ts'
import { messageFrame, type Site } from '../outbox/message-frame.ts'
import { putMessage } from '../outbox/put-message.ts'
import { verificationSubject } from '../outbox/verification-subject.ts'
import { listWaiting } from './confirmable-requests.ts'
import type { Subscriber } from './put-subscriber.ts'

/**
 * Owes the address one e-mail that lists every request of it that waits to be confirmed (C1), those to track a case and those
 * for other options (B8), each with its own link. Over the address's limit
 * nothing is owed: the requests are kept, and the next such e-mail lists them (H1).
 */
export async function sendVerification(work: Work, site: Site, subscriber: Subscriber, requestId: number): Promise<void> {
  if (!await takeVisitorMail(work, subscriber, site.profile)) return
  const pending = await listPendingRequests(work, site, subscriber.id)
  const requests = pending.slice(-maxListed)
  if (requests.length === 0) return
  const more = pending.length - requests.length
  await putMessage(work, {
    dedupeKey: `verify/${requestId}/1`,
    kind: 'verification',
    subscriberId: subscriber.id,
    content: {
      ...messageFrame(site, verificationSubject(requests, more)), kind: 'verification', emailAddress: subscriber.email, requests, more,
    },
  })
}

async function listPendingRequests(reading: Reading, site: Site, subscriberId: number): Promise<PendingRequestContent[]> {
  const waiting = await listWaiting(reading, site, subscriberId)
  const pathOf = await addressesOfCases(reading, waiting)
  return waiting.map(({ request, subscription, number, court }) => ({
    requestId: request.id,
    subscriptionId: subscription.id,
    linkVersion: subscription.linkVersion,
    caseNumber: number,
    caseAddress: site.origin + pathOf({ number, court }),
    ...(request.isChange ? { newOptions: chosenOptions(request) } : {}),
  }))
}

// So that the e-mail stays below 100 KB (F12), whatever a stranger asks for. The newest are listed.
const maxListed = 25
