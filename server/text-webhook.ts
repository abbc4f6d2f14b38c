import { setTimeout as sleep } from 'node:timers/promises'
import { isSignedByTwilio } from './adapters/twilio-signature.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { takeDeliveryReport, type DeliveryReport } from './domain/texts/take-delivery-report.ts'
import { takeReply } from './domain/texts/take-reply.ts'
import type { Env } from './env.ts'
import type { Workplace } from './work.ts'

/** A call of the text provider as it came. */
export interface TextCall {
  readonly signature: string
  /** Path and query. */
  readonly path: string
  readonly body: string
}

// A report can be quicker than the answer to the request that it is about.
const waitsForOurAnswer = 10
const waitMs = 200

/**
 * Takes in what the text provider tells: what became of a text, or what a phone answered. `closed`: texts leave another way;
 * `forged`: the call does not bear the provider's signature. What says nothing to us is taken and changes nothing.
 */
export async function takeTextCall(
  { env: { texts, appUrl }, site, workplace }: { env: Pick<Env, 'texts' | 'appUrl'>; site: Site; workplace: Workplace }, { signature, path, body }: TextCall,
): Promise<'closed' | 'forged' | 'taken'> {
  if (texts.transport !== 'twilio') return 'closed'
  const form = new URLSearchParams(body)
  if (!isSignedByTwilio(texts.authToken, { signature, url: appUrl + path, form })) return 'forged'
  const value = (name: string): string => form.get(name) ?? ''
  const providerId = value('MessageSid') || value('SmsSid')
  const messageKey = new URL(path, appUrl).searchParams.get('message')
  if (messageKey === null) {
    if (providerId === '') return 'taken'
    const reply = { providerId, from: value('From'), body: value('Body'), isAnswered: value('OptOutType') !== '' }
    await workplace.inOneTransaction((work) => takeReply(work, site, reply))
    return 'taken'
  }
  const fate = fateOf(value('MessageStatus') || value('SmsStatus'))
  if (fate === null) return 'taken'
  const report = { messageKey, to: value('To'), providerId, fate, errorCode: value('ErrorCode') }
  for (let waited = 0; waited <= waitsForOurAnswer; waited++) {
    const taken = await workplace.inOneTransaction((work) => takeDeliveryReport(work, report, waited === waitsForOurAnswer))
    if (taken !== 'underWay') break
    await sleep(waitMs)
  }
  return 'taken'
}

/** Null for what says nothing to us. */
function fateOf(status: string): DeliveryReport['fate'] | null {
  switch (status) {
    case 'delivered':
    case 'read': return 'delivered'
    case 'undelivered':
    case 'failed': return 'undelivered'
    case 'accepted':
    case 'queued':
    case 'sending':
    case 'sent': return 'taken'
    default: return null
  }
}
